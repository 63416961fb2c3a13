"""Show the figures of the article: a picture, and every number in words beside it."""

from bot import __version__
from bot.answering.figures import FiguresReply
from bot.answering.testigo import Testigo
from bot.chat.illustration import illustrate, list_sections
from bot.chat.limits import RefusedError
from bot.chat.markup import Markup
from bot.chat.page import Page
from bot.chat.responder import Responder
from bot.drawing.pictures import Pictures


class FiguresPanel:
    """Shows the figures; without the picture where it cannot be drawn."""

    def __init__(self, testigo: Testigo, markup: Markup, pictures: Pictures) -> None:
        self._testigo = testigo
        self._markup = markup
        self._pictures = pictures

    async def send(self, responder: Responder) -> None:
        """Respond with the figures.

        Raises:
            RefusedError: there are none for this article.
        """
        language = responder.strings.language
        figures = self._testigo.answerer.figures(language)
        if figures is None:
            raise RefusedError("figures-none")
        page = self._page(figures)
        key = f"{self._testigo.knowledge.version}-{language}-{__version__}"
        if not self._pictures.is_drawn(key):
            await responder.promise(is_private=False)
        file = await illustrate(page, figures, self._pictures, key=key, filename=f"figures-{language}.png")
        if file is None:
            page.small(responder.strings.text("figures-no-picture"))
        await responder.send(page.view(), is_private=False, file=file)

    def _page(self, figures: FiguresReply) -> Page:
        page = Page(self._markup)
        page.heading(figures.title)
        page.strong(figures.bars_title)
        page.listed([f"{bar.label}: {bar.text}" for bar in figures.bars])
        list_sections(page, figures)
        page.rule()
        page.citations(figures.citations)
        page.small(figures.as_of)
        return page
