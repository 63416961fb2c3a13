"""Whatever happens in two guilds, neither sees the other's rows."""

import datetime
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answering.feedback import Choice, Feedback, NoChoice, Reason, Report
from bot.answering.reply import Outcome
from bot.storage.drafts import Draft, DraftKind
from bot.storage.servers import ServerSettings
from bot.storage.store import Store
from tests.storage.samples import ADA, BEN, CURATOR, HELPFUL, NOT_HELPFUL, asked, origin

LONG_AGO = datetime.date(2020, 1, 1)
_guilds = itertools.count(10**18)

people = st.sampled_from([ADA, BEN, CURATOR])
said: st.SearchStrategy[Feedback] = st.sampled_from(
    [HELPFUL, NOT_HELPFUL, Choice("fire", "en"), NoChoice(("fire",), "en"), Report((), "en", Reason.WRONG, "note")]
)
acts = st.one_of(
    st.tuples(st.just("ask"), people, st.sampled_from(list(Outcome))),
    st.tuples(st.just("say"), people, said),
    st.tuples(st.just("draft"), people, st.integers(0, 3)),
    st.tuples(st.just("dismiss"), people, st.integers(0, 3)),
    st.tuples(st.just("keep"), people, st.booleans()),
    st.tuples(st.just("forget"), people, st.none()),
)


class Guild:
    """A guild in which people act; each of its texts begins with its number."""

    def __init__(self, store: Store, other: "Guild | None" = None) -> None:
        self.store = store
        self.number = next(_guilds)
        self.mark = f"g{self.number % 10**6:06d}"[:7]
        self.questions = [asked("none yet", guild=self.number)]
        self.other = other

    async def act(self, act: tuple[str, int, object]) -> None:
        """Do something, also with ids that were taken from the other guild."""
        rooms, (name, person, what) = self.store, act
        assert self.other is not None
        match name, what:
            case "ask", Outcome():
                self.questions.append(asked(f"{self.mark} asks", what, guild=self.number, person=person))
                await rooms.questions.record(self.questions[-1])
            case "say", _:
                for question in (self.questions[-1], self.other.questions[-1]):
                    here = asked(id=question.id, guild=self.number, person=person)
                    await rooms.feedback.record(what, origin(here))  # type: ignore[arg-type]
            case "draft", _:
                ids = await self.stolen_ids()
                draft = Draft(DraftKind.GAP, f"{self.mark} drafts", "en", None, self.number, person, ids)
                await rooms.drafts.add(draft)
            case "dismiss", int():
                await rooms.drafts.dismiss(self.number, person, (await self.stolen_ids())[:what])
            case "keep", bool():
                await rooms.servers.change(self.number, person, ServerSettings(self.mark[:2], keeps_questions=what))
            case _:
                await rooms.forget_server(self.number)

    async def stolen_ids(self) -> tuple[int, ...]:
        """Return ids of questions of both guilds."""
        assert self.other is not None
        kept = [
            *await self.store.reviews.pending(self.number),
            *await self.store.reviews.pending(self.other.number),
        ]
        return tuple(question.id for question in kept)

    async def seen(self) -> tuple[object, ...]:
        """Return all that the guild can see."""
        rooms, guild = self.store, self.number
        return (
            await rooms.servers.of(guild),
            await rooms.servers.audit(guild),
            await rooms.reviews.pending(guild),
            await rooms.drafts.waiting(guild),
            await rooms.statistics.of(guild, LONG_AGO),
        )


@pytest.mark.asyncio
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(sequence=st.lists(st.tuples(st.booleans(), acts), min_size=4, max_size=14))
async def test_no_act_in_a_guild_shows_in_another(
    store: Store, sequence: list[tuple[bool, tuple[str, int, object]]]
) -> None:
    one = Guild(store)
    other = Guild(store, one)
    one.other = other
    for guild in (one, other):
        await guild.act(("keep", CURATOR, True))
        await guild.act(("ask", ADA, Outcome.GAP))
    for is_one, act in sequence:
        acting, watching = (one, other) if is_one else (other, one)
        before = await watching.seen()
        await acting.act(act)
        after = await watching.seen()
        assert after == before
        assert acting.mark not in str(after)
    for guild in (one, other):
        await store.forget_server(guild.number)
