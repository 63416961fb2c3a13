"""Entries that were withdrawn: their answers give way to the reason."""

from collections.abc import Mapping
from dataclasses import replace

from bot.answering.reply import Part, Reply
from bot.answering.testigo import Testigo
from bot.storage.retractions import Retraction
from bot.storage.store import Store


class Withdrawals:
    """The entries that are withdrawn now; everything that is sent passes here."""

    def __init__(self) -> None:
        self.now: Mapping[str, Retraction] = {}

    async def refresh(self, store: Store) -> None:
        """Learn what is withdrawn now.

        Raises:
            StorageError: the store cannot be used.
        """
        self.now = await store.retractions.all()

    def applied(self, reply: Reply, testigo: Testigo) -> Reply:
        """Return the reply with what was withdrawn left out, and the reason in its place."""
        if self.now.keys().isdisjoint(reply.entries):
            return reply
        language = reply.language
        left = [entry for entry in reply.entries if entry not in self.now]
        return replace(
            reply,
            parts=tuple(self._part(part, testigo, language) for part in reply.parts),
            citations=testigo.answerer.reply_with(left, language).citations if left else (),
            as_of=reply.as_of if left else None,
        )

    def _part(self, part: Part, testigo: Testigo, language: str) -> Part:
        retraction = self.now.get(part.entry)
        if retraction is None:
            return part
        date = testigo.wordings[language].date(retraction.at.date())
        text = testigo.strings[language].text("withdrawn", date=date, reason=retraction.reason)
        return replace(part, text=text)
