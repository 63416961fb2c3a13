"""The real process and its store: what is kept, what is told when it is gone, and what ends the start."""

import asyncio
import datetime
import shutil
import signal
import time
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.answering.feedback import Reason
from bot.answering.reply import Outcome
from bot.answering.testigo import Testigo
from bot.storage.address import read_address
from bot.storage.database import open_database
from bot.storage.reviews import Kept
from bot.storage.statistics import Statistics
from bot.storage.store import Store, open_store
from tests.conftest import LIGHTHOUSE
from tests.storage.faults import locked_file, locked_tables, silent_server
from tests.storage.servers import PostgresServer
from tests.wire.databases import KINDS, PASSWORD, Cable, File, new_address, new_database
from tests.wire.description import IS_PRESENT, problems
from tests.wire.payloads import Payload, User
from tests.wire.process import Process
from tests.wire.reading import button, labels, parts, said
from tests.wire.service import HASTY, RUN, new_cache, serving, started
from tests.wire.simulator import SimulatedDiscord

pytestmark = pytest.mark.asyncio(loop_scope="module")

SECRET = "a secret of the wire tests"
CANARY = "Quetzalzumpango"
KNOWN, ANSWERED = "How many keepers escaped?", "4 keepers escaped"
WITHDRAWN = "When did the lighthouse burn?"
LATE = "Were there warnings?"
GONE = "cannot be read or saved"
LATEST = 2.5
"""Seconds to the first response; Discord gives three."""
PATIENCE = 20.0
"""Seconds for what waits for the store: twice as long as a write that waits for another, each at most 5 s."""
RELOADED = 60.0
"""Seconds until changed data is in use: 10 on a machine that does nothing else, where here other bots start."""


async def ask(discord: SimulatedDiscord, question: str = KNOWN, **situation: Any) -> str:
    """Return what the bot answers, which must not take long."""
    asked = await discord.slash("ask", {"question": question}, **situation)
    answer = said(await asked.answer())
    assert asked.callback is not None
    assert asked.callback.latency < LATEST
    return answer


async def settings_panel(discord: SimulatedDiscord) -> Payload:
    """Return what /settings shows a manager, or the notice in its place."""
    asked = await discord.slash("settings", user=manager(discord))
    await asked.response()
    await discord.until(lambda: asked.is_shown or asked.followups, "panel", timeout=PATIENCE)
    return asked.followups[0] if asked.followups else await asked.answer()


async def keep_questions(discord: SimulatedDiscord, panel: Payload) -> str:
    """Press the button that lets questions be kept; return what is then told."""
    pressed = await discord.press(button(panel, "Keep questions"), panel, user=manager(discord))
    await discord.until(lambda: pressed.is_shown or pressed.followups, "change", timeout=PATIENCE)
    return said(pressed.followups[0] if pressed.followups else await pressed.answer())


def manager(discord: SimulatedDiscord) -> User:
    return discord.user("mia", discord.guild.roles["moderator"])


async def until(look: Callable[[], Coroutine[Any, Any, bool]], within_seconds: float = PATIENCE) -> None:
    """Look again and again until it is so."""
    async with asyncio.timeout(within_seconds):
        while not await look():  # noqa: ASYNC110 - another process decides
            await asyncio.sleep(0.1)


async def questions(store: Store) -> int:
    return (await store.statistics.everywhere(_long_ago())).questions


def _long_ago() -> datetime.date:
    return datetime.date(2020, 1, 1)


@dataclass
class Life:
    """What a bot has said and kept in two runs on one database."""

    statistics: Statistics
    direct: Statistics
    kept: list[Kept]
    was_saved: str
    settings_after: str
    buttons_after: list[str]
    withdrawn_before: str
    withdrawn_after: str
    restored: str
    lines: list[str]


async def live(discord: SimulatedDiscord, cache: Path, kind: str, address: str, server: PostgresServer) -> Life:
    """Let people ask, judge, report, manage and curate; stop the bot while it writes, and start it again."""
    owner = discord.user("otto")
    settings = {
        "TESTIGO_DATA": str(LIGHTHOUSE),
        "TESTIGO_DATABASE_URL": address,
        "TESTIGO_SECRET": SECRET,
        "TESTIGO_OWNERS": owner.id,
        "TESTIGO_LOG_LEVEL": "DEBUG",
    }
    async with serving(discord, cache, **settings) as process:
        was_saved = await keep_questions(discord, await settings_panel(discord))
        await _ask_and_judge(discord)
        reason = f"{CANARY} was mistaken"
        retract = await discord.slash(
            "curate retract", {"answer": WITHDRAWN, "reason": reason}, user=owner, guild=False
        )
        await retract.answer()
        withdrawn_before = await ask(discord, WITHDRAWN)
        slow = locked_file if kind == "sqlite" else locked_tables
        async with slow(address, server):
            await ask(discord, LATE)
            process.send_signal(signal.SIGTERM)
            await process.line("stopping")
            await asyncio.sleep(1)
        assert await process.exited() == 0
    lines = process.lines
    discord.sessions.clear()
    async with serving(discord, cache, **settings) as process:
        withdrawn_after = await ask(discord, WITHDRAWN)
        panel = await settings_panel(discord)
        await (await discord.slash("curate restore", {"answer": WITHDRAWN}, user=owner, guild=False)).answer()
        restored = await ask(discord, WITHDRAWN)
        process.send_signal(signal.SIGTERM)
        assert await process.exited() == 0
    async with open_store(address, SECRET.encode()) as store:
        guild = int(discord.guild.id)
        return Life(
            statistics=await store.statistics.of(guild, _long_ago()),
            direct=await store.statistics.of(None, _long_ago()),
            kept=[*await store.reviews.pending(guild, 60), *await store.reviews.pending(None, 60)],
            was_saved=was_saved,
            settings_after=said(panel),
            buttons_after=labels(panel),
            withdrawn_before=withdrawn_before,
            withdrawn_after=withdrawn_after,
            restored=restored,
            lines=[*lines, *process.lines],
        )


async def _ask_and_judge(discord: SimulatedDiscord) -> None:
    answer = await (await discord.slash("ask", {"question": KNOWN})).answer()
    await (await discord.press(button(answer, "Helpful"), answer)).response()
    opened = await (await discord.press(button(answer, "Report an error"), answer)).response()
    [reason] = [part for part in parts(opened.data) if part["type"] == 21]
    [note] = [part for part in parts(opened.data) if part["type"] == 4]
    filled = {reason["custom_id"]: Reason.WRONG.value, note["custom_id"]: f"{CANARY} was there"}
    await (await discord.submit(opened.data["custom_id"], filled, message=answer)).response()
    await (await discord.message(KNOWN, channel=discord.guild.channels[1], mentions_bot=True)).reply()
    await ask(discord, f"Who is the cousin of {CANARY}?", user=discord.user("ben"))
    await (await discord.message(f"Who is the uncle of {CANARY}?", dm=True)).reply()


async def miss(discord: SimulatedDiscord, cache: Path, database: File | Cable) -> list[str]:
    """Go through two absences of the store: at the start and later."""
    settings = {"TESTIGO_DATA": str(LIGHTHOUSE), "TESTIGO_DATABASE_URL": database.address, "TESTIGO_SECRET": SECRET}
    async with started(discord, cache, HASTY, **settings) as process:
        await discord.connected()
        assert ANSWERED in await ask(discord)
        assert GONE in said(await settings_panel(discord))
        await process.line("store not opened")
        await process.line("writes lost")

        await database.mend()

        async def is_back() -> bool:
            return GONE not in said(await settings_panel(discord))

        await until(is_back)
        assert ANSWERED in await ask(discord)
        panel = await settings_panel(discord)
        async with open_store(database.address, SECRET.encode()) as store:
            await until(lambda: _has_counted(store, 1))
            await database.cut()
            lost = len([line for line in process.lines if "writes lost" in line])
            assert ANSWERED in await ask(discord)
            assert GONE in await keep_questions(discord, panel)
            await until(lambda: _lines(process, "writes lost", lost + 1))

            await database.mend()
            await until(lambda: _is_saved(discord, panel))
            assert ANSWERED in await ask(discord)
            await until(lambda: _has_counted(store, 2))
        process.send_signal(signal.SIGTERM)
        assert await process.exited() == 0
    await database.cut()
    return process.lines


async def _has_counted(store: Store, count: int) -> bool:
    return await questions(store) == count


async def _lines(process: Process, part: str, count: int) -> bool:
    return len([line for line in process.lines if part in line]) >= count


async def _is_saved(discord: SimulatedDiscord, panel: Payload) -> bool:
    return "Saved" in await keep_questions(discord, panel)


@dataclass
class Exchange:
    """What a bot has said while its data changed."""

    before: str
    after: str
    seconds: float
    versions: list[str]
    still: str
    told_owner: str
    sources_of_old: str


async def exchange(discord: SimulatedDiscord, cache: Path, folder: Path) -> Exchange:
    """Change the data under a running bot, well and then badly."""
    shutil.copytree(LIGHTHOUSE, folder)
    owner = discord.user("otto")
    settings = {"TESTIGO_DATA": str(folder), "TESTIGO_OWNERS": owner.id, "XDG_DATA_HOME": str(folder.parent)}
    async with serving(discord, new_cache(cache, folder.parent / "cache"), **settings) as process:
        old = await (await discord.slash("ask", {"question": KNOWN})).answer()
        versions = [said(await (await discord.slash("article")).answer())]
        replace(folder / "entries" / "fire.toml", "keepers escaped from", "keepers got away from")
        began = time.monotonic()

        async def is_new() -> bool:
            return "got away" in await ask(discord)

        await until(is_new, 60)
        seconds = time.monotonic() - began
        after = await ask(discord)
        versions.append(said(await (await discord.slash("article")).answer()))
        sources = await (await discord.press(button(old, "Sources"), old)).answer()

        replace(folder / "entries" / "fire.toml", "{keepers.escaped} keepers got", "5 keepers got")
        [told] = await discord.sent(discord.private_channel(owner), timeout=60)
        still = await ask(discord)
        process.send_signal(signal.SIGTERM)
        assert await process.exited() == 0
    return Exchange(said(old), after, seconds, versions, still, said(told), said(sources))


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


async def newer(kind: str, folder: Path, server: PostgresServer) -> dict[str, str]:
    """Make the database of a later version."""
    address = await new_address(kind, folder, server)
    async with open_store(address, SECRET.encode()):
        pass
    async with open_database(read_address(address)) as database, database.writing() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    return {"TESTIGO_DATABASE_URL": address}


async def foreign(kind: str, folder: Path, server: PostgresServer) -> dict[str, str]:
    """Make a database with another secret."""
    address = await new_address(kind, folder, server)
    async with open_store(address, b"another secret, as long"):
        pass
    return {"TESTIGO_DATABASE_URL": address}


async def malformed(kind: str, folder: Path, server: PostgresServer) -> dict[str, str]:
    del folder, server
    begin = "mysql" if kind == "sqlite" else "postgresql"
    return {"TESTIGO_DATABASE_URL": f"{begin}://root:{PASSWORD}@host:port/name"}


async def damaged(kind: str, folder: Path, server: PostgresServer) -> dict[str, str]:
    del kind, server
    (folder / "damaged.db").write_text(f"{CANARY}. This is no database.\n" * 100)
    return {"TESTIGO_DATABASE_URL": f"sqlite:///{folder / 'damaged.db'}"}


async def short(kind: str, folder: Path, server: PostgresServer) -> dict[str, str]:
    return {"TESTIGO_DATABASE_URL": await new_address(kind, folder, server), "TESTIGO_SECRET": PASSWORD}


REFUSED = {
    "newer sqlite": ("sqlite", newer, "the database is newer than this program"),
    "newer postgresql": ("postgresql", newer, "the database is newer than this program"),
    "another secret, sqlite": ("sqlite", foreign, "the secret is not the one that this database was made with"),
    "another secret, postgresql": ("postgresql", foreign, "the secret is not the one that this database was made with"),
    "a short secret": ("sqlite", short, "TESTIGO_SECRET: "),
    "no such database": ("sqlite", malformed, "the database's address must look like"),
    "a malformed address": ("postgresql", malformed, "the database's address must look like"),
    "a damaged file": ("sqlite", damaged, "the database cannot be used"),
}
"""The starts that cannot succeed: the kind, what makes it so, and what is told."""


@dataclass
class Ending:
    """How a process ended."""

    status: int
    lines: list[str]
    errors: list[str]
    requests: int


async def end(discord: SimulatedDiscord, cache: Path, settings: Mapping[str, str]) -> Ending:
    """Start the bot, and wait until it has ended."""
    usual = {"TESTIGO_DATA": str(LIGHTHOUSE), "TESTIGO_SECRET": SECRET}
    async with started(discord, cache, RUN, **{**usual, **settings}) as process:
        status = await process.exited()
    return Ending(status, process.lines, process.errors, len(discord.requests))


@dataclass
class Stories:
    """All that happens in this module, under way; and each Discord in which it does."""

    tasks: dict[str, asyncio.Task[Any]] = field(default_factory=dict)
    worlds: list[SimulatedDiscord] = field(default_factory=list)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stories(
    cache: Path, lighthouse: Testigo, postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[Stories, None]:
    """Begin every story, three at a time, the longest first."""
    del lighthouse  # it has filled the cache
    made, free = Stories(), asyncio.Semaphore(3)

    def begin(name: str, story: Callable[[SimulatedDiscord, Path], Coroutine[Any, Any, object]]) -> None:
        async def tell() -> object:
            async with free, SimulatedDiscord() as discord:
                made.worlds.append(discord)
                return await story(discord, tmp_path_factory.mktemp("story"))

        made.tasks[name] = asyncio.create_task(tell(), name=name)

    async def lived(kind: str, discord: SimulatedDiscord, folder: Path) -> Life:
        return await live(discord, cache, kind, await new_address(kind, folder, postgres), postgres)

    async def missed(kind: str, discord: SimulatedDiscord, folder: Path) -> list[str]:
        return await miss(discord, cache, await new_database(kind, folder, postgres))

    async def ended(name: str, discord: SimulatedDiscord, folder: Path) -> Ending:
        kind, make, _ = REFUSED[name]
        return await end(discord, cache, await make(kind, folder, postgres))

    async def silence(discord: SimulatedDiscord, _: Path) -> None:
        async with silent_server() as address:
            settings = {"TESTIGO_DATA": str(LIGHTHOUSE), "TESTIGO_DATABASE_URL": address, "TESTIGO_SECRET": SECRET}
            async with started(discord, cache, RUN, **settings):
                await discord.connected()
                assert ANSWERED in await ask(discord)

    begin("exchange", lambda discord, folder: exchange(discord, cache, folder / "event"))
    for kind in KINDS:
        begin(f"miss {kind}", lambda *given, kind=kind: missed(kind, *given))
        begin(f"live {kind}", lambda *given, kind=kind: lived(kind, *given))
    begin("silence", silence)
    for name in REFUSED:
        begin(name, lambda *given, name=name: ended(name, *given))
    yield made
    for task in made.tasks.values():
        task.cancel()
    await asyncio.gather(*made.tasks.values(), return_exceptions=True)


@pytest_asyncio.fixture(params=KINDS, scope="module", loop_scope="module")
async def life(stories: Stories, request: pytest.FixtureRequest) -> Life:
    """Return what happened on a database of each kind."""
    return await stories.tasks[f"live {request.param}"]


async def test_questions_are_counted(life: Life) -> None:
    assert life.statistics.questions == 7
    assert life.statistics.by_entry == {"keepers-escaped": 2, "fire-when": 3, "warnings-ignored": 1}
    assert life.statistics.by_outcome[Outcome.ANSWER] == 6
    assert life.direct.questions == 1


async def test_a_text_is_kept_where_the_managers_want_it_and_nowhere_else(life: Life) -> None:
    texts = {kept.text for kept in life.kept}
    assert f"Who is the cousin of {CANARY}?" in texts
    assert KNOWN in texts, "it was reported"
    assert not [text for text in texts if "uncle" in text], "nobody agreed to that in a direct message"


async def test_feedback_arrives(life: Life) -> None:
    assert life.statistics.by_feedback == {"rating helpful": 1, f"report {Reason.WRONG.value}": 1}
    assert [kept.note for kept in life.kept if kept.text == KNOWN] == [f"{CANARY} was there"]


async def test_what_is_being_written_at_the_end_is_written(life: Life) -> None:
    assert life.statistics.by_entry["warnings-ignored"] == 1


async def test_settings_outlive_a_restart(life: Life) -> None:
    assert "Saved." in life.was_saved
    assert "Questions are kept for 30 days" in life.was_saved
    assert "Questions are kept for 30 days" in life.settings_after
    assert "Do not keep questions" in life.buttons_after


async def test_a_withdrawn_answer_stays_withdrawn_until_it_is_restored(life: Life) -> None:
    for told in (life.withdrawn_before, life.withdrawn_after):
        assert f"{CANARY} was mistaken" in told
        assert "2019" not in told
    assert "9 February 2019" in life.restored or "February 9, 2019" in life.restored


async def test_nothing_that_was_typed_is_printed(life: Life) -> None:
    assert any("stopping" in line for line in life.lines)
    hidden = (CANARY, KNOWN, WITHDRAWN, LATE, SECRET)
    assert not [line for line in life.lines if any(word.lower() in line.lower() for word in hidden)]


@pytest.mark.parametrize("kind", KINDS)
async def test_the_bot_answers_without_its_store_and_uses_it_when_it_comes(stories: Stories, kind: str) -> None:
    lines = await stories.tasks[f"miss {kind}"]
    assert not [line for line in lines if PASSWORD in line or "never retrieved" in line]


async def test_a_store_that_says_nothing_does_not_hold_the_bot_up(stories: Stories) -> None:
    await stories.tasks["silence"]


@pytest.mark.parametrize("name", REFUSED)
async def test_a_store_that_cannot_be_right_ends_the_start_with_one_line(stories: Stories, name: str) -> None:
    ending: Ending = await stories.tasks[name]
    assert ending.status == 2, ending.lines
    assert len(ending.errors) == 1, ending.lines
    assert ending.lines == ending.errors
    assert ending.errors[0].startswith("testigo: ")
    assert REFUSED[name][2] in ending.errors[0]
    assert not any(word in line for word in (PASSWORD, SECRET, CANARY, "Traceback") for line in ending.lines)
    assert ending.requests == 0, "Discord was not asked"


async def test_changed_data_is_used_without_a_restart(stories: Stories) -> None:
    seen: Exchange = await stories.tasks["exchange"]
    assert ANSWERED in seen.before
    assert "4 keepers got away" in seen.after
    assert seen.seconds < RELOADED
    assert seen.versions[0] != seen.versions[1]
    assert "What s1 is about" in seen.sources_of_old, "a button of before works"


async def test_broken_data_is_refused_and_its_owner_told(stories: Stories) -> None:
    seen: Exchange = await stories.tasks["exchange"]
    assert seen.still == seen.after
    assert "keepers-escaped" in seen.told_owner


@pytest.mark.skipif(not IS_PRESENT, reason="Discord's description is not beside this project")
async def test_all_that_was_sent_fits_discords_description(stories: Stories) -> None:
    await asyncio.gather(*stories.tasks.values(), return_exceptions=True)
    assert problems(request for discord in stories.worlds for request in discord.requests) == []
    assert [request for discord in stories.worlds for request in discord.unknown_routes] == []
