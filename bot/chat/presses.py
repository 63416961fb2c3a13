"""Do what a button, a menu or a form asks for."""

from collections.abc import Sequence
from itertools import chain

from bot.answering.conversation import Turn
from bot.answering.feedback import Choice, FeedbackSink, NoChoice, Rating, Reason, Report
from bot.answering.testigo import Testigo
from bot.chat.actions import (
    ChooseEntry,
    ChooseTopic,
    Delete,
    Explain,
    OpenFollowUp,
    OpenReport,
    OpenTopics,
    Pick,
    PickNone,
    Rate,
    ReadingAction,
    Share,
    ShowRelated,
    ShowSources,
    SubmitFollowUp,
    SubmitReport,
    TurnPage,
)
from bot.chat.asking import MAX_SLASH, Asking, Question
from bot.chat.codes import Codes, code
from bot.chat.forms import NOTE, QUESTION, REASON, follow_up_form, read_form, report_form
from bot.chat.limits import RefusedError
from bot.chat.origins import guild_of, origin_of, place_of
from bot.chat.panels import Panels
from bot.chat.questions import answer_interaction
from bot.chat.replies import Audience, ReplyLayout
from bot.chat.responder import Responder
from bot.knowledge.model import RECORD
from bot.matching.text import fold


class Presses:
    """Does what buttons, menus and forms ask for; all it knows of an answer stands in the custom id."""

    def __init__(
        self, testigo: Testigo, asking: Asking, layout: ReplyLayout, panels: Panels, feedback: FeedbackSink
    ) -> None:
        self._testigo = testigo
        self._asking = asking
        self._layout = layout
        self._panels = panels
        self._feedback = feedback
        self._entries = Codes(testigo.knowledge.entries)
        self._topics = Codes(testigo.knowledge.topics)
        self._passages = Codes((*testigo.knowledge.passages, RECORD))

    async def act(self, responder: Responder, action: ReadingAction, values: Sequence[str]) -> None:
        """Do what `action` says; `values` are the codes chosen in a menu.

        Raises:
            RefusedError: it cannot be done any more.
        """
        match action:
            case ShowSources():
                await self._show_sources(responder, action)
            case Explain():
                await self._explain(responder, action)
            case ShowRelated(language, entries):
                await responder.send(self._panels.related(self._found(entries), language), is_private=True)
            case OpenFollowUp(language, entry):
                self._found([entry])
                await responder.open(follow_up_form(SubmitFollowUp(language, entry), responder.strings))
            case SubmitFollowUp():
                await self._follow_up(responder, action)
            case Share():
                await self._share(responder, action)
            case OpenReport(language, entries):
                self._found(entries)
                await responder.open(report_form(SubmitReport(language, entries), responder.strings))
            case SubmitReport():
                await self._report(responder, action)
            case Rate(language, entries, is_helpful):
                self._feedback.record(
                    Rating(self._found(entries), language, is_helpful), origin_of(responder.interaction)
                )
                await responder.tell("thanks-rating")
            case Delete():
                await self._delete(responder, action)
            case Pick():
                await self._pick(responder, action)
            case PickNone(language, _, offered):
                self._feedback.record(NoChoice(self._entries.find(offered), language), origin_of(responder.interaction))
                await responder.tell("rephrase")
            case ChooseEntry(language):
                await self._answer(responder, values, language, is_private=True)
            case OpenTopics(language):
                await responder.send(self._panels.topics(language), is_private=True)
            case ChooseTopic(language):
                chosen = self._testigo.knowledge.topics[_one(self._topics, values)]
                await responder.replace(self._panels.topics(language, chosen))
            case TurnPage(language, page):
                await responder.replace(self._panels.article(language, page))

    def _found(self, codes: Sequence[str]) -> tuple[str, ...]:
        """Return the entries of `codes`.

        Raises:
            RefusedError: one of them is gone, or there was none.
        """
        entries = self._entries.find(codes)
        if not entries or len(entries) < len(codes):
            raise RefusedError("answer-gone")
        return entries

    async def _show_sources(self, responder: Responder, action: ShowSources) -> None:
        passages = self._passages.find(action.passages)
        if len(passages) < len(action.passages):
            raise RefusedError("answer-gone")
        citations = [self._testigo.answerer.citation(passage, action.language) for passage in passages]
        await responder.send(self._panels.sources(citations, action.language), is_private=True)

    async def _explain(self, responder: Responder, action: Explain) -> None:
        entry = self._testigo.knowledge.entries[self._found([action.entry])[0]]
        wordings = (*entry.question.values(), *chain.from_iterable(entry.utterances.values()))
        utterance = next((each for each in wordings if code(fold(each)) == action.utterance), None)
        runner_up = self._entries.find([action.runner_up])
        question = self._testigo.knowledge.entries[runner_up[0]].question[action.language] if runner_up else None
        await responder.send(self._panels.explanation(utterance, action, question), is_private=True)

    async def _follow_up(self, responder: Responder, action: SubmitFollowUp) -> None:
        interaction = responder.interaction
        question = Question(
            id=interaction.id,
            guild=guild_of(interaction),
            text=read_form(interaction).get(QUESTION, ""),
            place=place_of(interaction),
            expected=action.language,
            previous=Turn(self._found([action.entry])[0], action.language),
        )
        await answer_interaction(
            responder, self._asking, self._layout, question, limit=MAX_SLASH, is_private=responder.is_private
        )

    async def _share(self, responder: Responder, action: Share) -> None:
        reply = self._asking.again(self._found(action.entries), action.language, action.corrections)
        audience = Audience(responder.interaction.user.id, is_private=False)
        await responder.send(self._layout.message(reply, audience), is_private=False)

    async def _report(self, responder: Responder, action: SubmitReport) -> None:
        fields = read_form(responder.interaction)
        reason = fields.get(REASON, "")
        if reason not in set(Reason):
            raise RefusedError("old-button")
        report = Report(self._found(action.entries), action.language, Reason(reason), fields.get(NOTE, ""))
        self._feedback.record(report, origin_of(responder.interaction))
        await responder.tell("thanks-report")

    async def _delete(self, responder: Responder, action: Delete) -> None:
        if responder.interaction.user.id != action.asker:
            raise RefusedError("delete-only-asker")
        await responder.delete()

    async def _pick(self, responder: Responder, action: Pick) -> None:
        entry = self._found([action.entry])[0]
        if action.is_choice:
            self._feedback.record(Choice(entry, action.language), origin_of(responder.interaction))
        if responder.interaction.user.id != action.asker:
            await self._answer(responder, [action.entry], action.language, is_private=True)
            return
        reply = self._asking.pick(entry, action.language, place_of(responder.interaction))
        audience = Audience(action.asker, responder.is_private)
        await responder.replace(self._layout.message(reply, audience))

    async def _answer(self, responder: Responder, codes: Sequence[str], language: str, *, is_private: bool) -> None:
        interaction = responder.interaction
        reply = self._asking.pick(self._found(codes)[0], language, place_of(interaction))
        audience = Audience(interaction.user.id, is_private)
        await responder.send(self._layout.message(reply, audience), is_private=is_private)


def _one(codes: Codes, values: Sequence[str]) -> str:
    found = codes.find(values)
    if not found:
        raise RefusedError("answer-gone")
    return found[0]
