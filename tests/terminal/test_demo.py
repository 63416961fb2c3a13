"""The demo, as a newcomer uses it: a real browser at the real program.

``pytest tests/terminal/test_demo.py --screenshots docs`` keeps the pictures of the README.
"""

import re
import shutil
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from bot.answering.testigo import Testigo
from tests.wire.process import running

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

# The first answer waits for what is read late, beside other tests for longer than the usual 5 s.
expect.set_options(timeout=20_000)

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here (apt install chromium)"),
]


@pytest.fixture
def screenshots(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return the folder that keeps the pictures."""
    return Path(request.config.getoption("--screenshots") or tmp_path)


@asynccontextmanager
async def demo(cache: Path, *options: str) -> AsyncGenerator[Page, None]:
    """Start the demo and open it in the browser."""
    command = [sys.executable, "-m", "bot", "demo", "--no-browser", *options]
    async with running(command, {"TESTIGO_CACHE": str(cache)}) as process, async_playwright() as playwright:
        url = (await process.line("http://")).removeprefix("Open ")
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 1000, "height": 1000}, device_scale_factor=1.5)
        requested: list[str] = []
        page.on("request", lambda request: requested.append(request.url))
        await page.goto(url)
        yield page
        await browser.close()
        assert not [url for url in requested if not re.match(r"(http|ws)://127\.0\.0\.1[:/]|data:|blob:", url)]


async def use_command(page: Page, name: str, question: str = "") -> None:
    await page.get_by_role("textbox", name="Message", exact=True).click()
    await page.keyboard.type(f"/{name}")
    await page.get_by_role("option", name=f"/{name}").click()
    if question:
        await page.keyboard.type(question)
        await page.get_by_role("option", name=question, exact=True).click()
    await page.get_by_role("button", name="Send").click()


def said(page: Page) -> Locator:
    """Return the conversation."""
    return page.get_by_role("log")


async def keep(page: Page, picture: Path) -> None:
    """Keep the conversation's messages, without the frame and the empty space around them."""
    await page.evaluate("document.activeElement.blur()")
    await page.mouse.move(0, 0)
    conversation = await said(page).bounding_box()
    last = await said(page).get_by_role("article").last.bounding_box()
    assert conversation is not None
    assert last is not None
    height = last["y"] + last["height"] - conversation["y"] + 12
    drawn = await page.screenshot(path=picture, clip={**conversation, "height": height})
    assert len(drawn) > 10_000


async def test_a_question_is_asked_and_explained_in_the_browser(
    testigo: Testigo,  # noqa: ARG001 - its index is then cached
    cache: Path,
    screenshots: Path,
) -> None:
    async with demo(cache) as page:
        await use_command(page, "ask", "How many of the victims were women?")
        await expect(said(page).get_by_role("heading", name="How many of the victims were women?")).to_be_visible()
        await expect(said(page).get_by_text("13 of the 72 people killed were women.")).to_be_visible()
        await page.get_by_role("button", name="Why this answer").click()
        await expect(said(page).get_by_text("Matched phrasing: How many of the victims were women?")).to_be_visible()
        await keep(page, screenshots / "server.png")


async def test_a_follow_up_is_typed_into_the_form(
    testigo: Testigo,  # noqa: ARG001 - its index is then cached
    cache: Path,
) -> None:
    async with demo(cache) as page:
        await use_command(page, "ask", "How many of the victims were women?")
        await page.get_by_role("button", name="Ask a follow-up").click()
        await page.get_by_role("dialog").get_by_role("textbox").fill("and from Honduras?")
        await page.get_by_role("dialog").get_by_role("button", name="Submit").click()
        await expect(
            said(page).get_by_role("heading", name="How many of the victims were from Honduras?")
        ).to_be_visible()


async def test_the_figures_are_shown_as_a_picture_and_in_words(
    testigo: Testigo,  # noqa: ARG001 - its index is then cached
    cache: Path,
) -> None:
    async with demo(cache) as page:
        await use_command(page, "figures")
        await expect(said(page).get_by_text("Honduras: 24")).to_be_visible(timeout=20_000)
        picture = said(page).get_by_role("img", name=re.compile("72.*Honduras", re.DOTALL))
        await expect(picture).to_be_visible(timeout=20_000)


async def test_a_direct_message_is_answered_in_its_language(
    testigo: Testigo,  # noqa: ARG001 - its index is then cached
    cache: Path,
    screenshots: Path,
) -> None:
    async with demo(cache, "--direct") as page:
        await page.get_by_role("textbox", name="Message", exact=True).click()
        await page.keyboard.type("¿A quién culparon de la masacre?")
        await page.keyboard.press("Enter")
        await expect(said(page).get_by_text("Soy Testigo, un bot automático")).to_be_visible()
        await expect(said(page).get_by_text("Se culpó de inmediato a Los Zetas")).to_be_visible()
        await keep(page, screenshots / "direct.png")
