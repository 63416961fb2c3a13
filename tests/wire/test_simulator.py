"""The simulated Discord does to discord.py what Discord does."""

import asyncio
import io
import json
import signal
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import discord
import pytest
import yarl
from discord import app_commands, ui
from discord.http import Route

from tests.wire.faults import Accepted, RateLimited, Reset, Status
from tests.wire.payloads import Payload
from tests.wire.process import running
from tests.wire.simulator import SimulatedDiscord

OPENAPI = Path(__file__).parents[3] / "shared" / "discord" / "openapi.json"


class Report(ui.Modal, title="Report"):
    what = ui.TextInput[ui.Modal](label="What", custom_id="what")
    kind = ui.Label(
        text="Kind",
        component=ui.RadioGroup(
            custom_id="kind",
            options=[discord.RadioGroupOption(label="Wrong", value="wrong"), discord.RadioGroupOption(label="Old")],
        ),
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        assert isinstance(self.kind.component, ui.RadioGroup)
        await interaction.response.send_message(f"{self.what.value}: {self.kind.component.value}", ephemeral=True)


class Bot(discord.Client):
    """A bot with a command, an autocompletion, a button, a menu, a form and answers to messages."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True))
        self.tree = app_commands.CommandTree(self)
        self.tree.add_command(app_commands.Command(name="ask", description="Ask", callback=self.ask))
        self.tree.get_command("ask").autocomplete("question")(self.suggest)  # type: ignore[union-attr]
        self.tree.add_command(app_commands.ContextMenu(name="Check", callback=self.check))

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def before_identify_hook(self, _shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once, where discord.py waits five seconds."""

    async def ask(self, interaction: discord.Interaction, question: str) -> None:
        await interaction.response.defer()
        view = ui.View(timeout=None)
        view.add_item(ui.Button(label="Report", custom_id="report"))
        view.add_item(ui.Select(custom_id="pick", options=[discord.SelectOption(label="one")]))
        await interaction.edit_original_response(content=f"{interaction.locale}: {question}", view=view)
        await interaction.followup.send("more", ephemeral=True)

    async def suggest(self, _interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=current * 2, value=current)]

    async def check(self, interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(message.content, file=discord.File(io.BytesIO(b"proof"), "proof.txt"))

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        match (interaction.data or {}).get("custom_id"):
            case "report":
                await interaction.response.send_modal(Report(custom_id="form"))
            case "pick":
                await interaction.response.edit_message(content=f"{interaction.data['values']}")  # type: ignore[index]

    async def on_message(self, message: discord.Message) -> None:
        if message.author != self.user and message.content:
            await message.reply(f"heard: {message.content}", nonce=message.id)


@asynccontextmanager
async def online(world: SimulatedDiscord, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Bot, None]:
    """Run a bot in this process until the end of the block."""
    monkeypatch.setattr("discord.http.Route.BASE", world.api)
    monkeypatch.setattr("discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY", yarl.URL(world.gateway))
    async with Bot() as bot:
        running_bot = asyncio.create_task(bot.start(world.token))
        await world.connected()
        yield bot
        await bot.close()
        with suppress(asyncio.CancelledError):
            await running_bot
    assert not world.unknown_routes


@pytest.mark.asyncio
async def test_a_command_is_deferred_answered_and_followed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async with SimulatedDiscord() as world, online(world, monkeypatch):
        asked = await world.slash("ask", {"question": "why"}, user=world.user("ana"), locale="es-ES")
        deferred = await asked.response()
        assert deferred.kind == 5
        assert deferred.latency < 1
        assert (await asked.answer())["content"] == "es-ES: why"
        assert [message["flags"] for message in await asked.followup()] == [64]


@pytest.mark.asyncio
async def test_a_command_works_in_every_place(monkeypatch: pytest.MonkeyPatch) -> None:
    async with SimulatedDiscord() as world, online(world, monkeypatch):
        for place in ({"guild": False}, {"context": 2}, {"guild": world.elsewhere, "owners": {"1": world.user().id}}):
            asked = await world.slash("ask", {"question": "why"}, **place)
            assert (await asked.answer())["content"] == "en-US: why"


@pytest.mark.asyncio
async def test_suggestions_buttons_menus_and_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    async with SimulatedDiscord() as world, online(world, monkeypatch):
        typed = await world.autocomplete("ask", {"question": "ha"})
        assert (await typed.response()).data == {"choices": [{"name": "haha", "value": "ha"}]}
        answer = await (await world.slash("ask", {"question": "why"})).answer()
        assert (await (await world.choose("pick", ["one"], answer)).answer())["content"] == "['one']"
        pressed = await world.press("report", answer)
        assert (await pressed.response()).kind == 9
        sent = await world.submit("form", {"what": "typo", "kind": "wrong"}, message=answer)
        assert (await sent.answer())["content"] == "typo: wrong"


@pytest.mark.asyncio
async def test_a_message_command_gets_the_message(monkeypatch: pytest.MonkeyPatch) -> None:
    async with SimulatedDiscord() as world, online(world, monkeypatch):
        posted = await world.message("a claim")
        checked = await world.message_command("Check", posted)
        assert (await checked.answer())["content"] == "a claim"
        assert world.requested("POST", "/interactions/*")[0].files == 1


@pytest.mark.asyncio
async def test_a_message_is_read_only_where_discord_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async with SimulatedDiscord() as world, online(world, monkeypatch):
        await world.message("nobody asked the bot")
        mention = await world.message("hello", mentions_bot=True)
        [reply] = await mention.reply()
        assert reply["content"] == f"heard: <@{world.bot.id}> hello"
        again = await world.message("and again", reference=reply, mentions_bot=True)
        assert [message["content"] for message in await again.reply()] == ["heard: and again"]
        private = await world.message("psst", dm=True)
        assert [message["content"] for message in await private.reply()] == ["heard: psst"]


@pytest.mark.asyncio
async def test_a_dropped_connection_is_resumed_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    async with SimulatedDiscord() as world, online(world, monkeypatch):
        world.refuse_connections()
        await world.drop()
        await world.until(lambda: not world.sessions_online())
        missed = await world.message("while away", dm=True)
        world.refuse_connections(0)
        assert [message["content"] for message in await missed.reply()] == ["heard: while away"]
        assert [resume.is_accepted for resume in world.resumes] == [True]
        assert len(world.identifies) == 1


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("act", "identifies", "resumes"),
    [
        (lambda world: world.send_op(7), 1, 1),
        (lambda world: world.close(4000), 1, 1),
        (lambda world: world.close(1000), 1, 1),
        (lambda world: world.invalid_session(resumable=False), 2, 0),
        (lambda world: world.close(4009), 2, 1),
    ],
    ids=["op 7", "4000", "1000", "op 9", "4009"],
)
async def test_a_session_ends_or_goes_on(
    monkeypatch: pytest.MonkeyPatch,
    act: Callable[[SimulatedDiscord], Awaitable[None]],
    identifies: int,
    resumes: int,
) -> None:
    async with SimulatedDiscord() as world, online(world, monkeypatch) as bot:
        before = world.sessions_online()[0].connection
        await act(world)
        await world.until(lambda: [on for on in world.sessions_online() if on.connection is not before])
        assert (await (await world.message("still here", dm=True)).reply())[0]["content"] == "heard: still here"
        assert (len(world.identifies), len(world.resumes)) == (identifies, resumes)
        assert not bot.is_closed()


@pytest.mark.asyncio
async def test_heartbeats_are_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    async with SimulatedDiscord(heartbeat_seconds=0.05) as world, online(world, monkeypatch) as bot:
        await world.until(lambda: len(world.heartbeats) > 3)
        assert bot.latency < 1


@pytest.mark.asyncio
async def test_a_wrong_token_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    async with SimulatedDiscord() as world:
        monkeypatch.setattr("discord.http.Route.BASE", world.api)
        async with Bot() as bot:
            with pytest.raises(discord.LoginFailure):
                await bot.login("wrong")


@pytest.mark.asyncio
async def test_a_rate_limit_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    async with SimulatedDiscord() as world, online(world, monkeypatch):
        world.fail("POST", "/channels/*/messages", RateLimited(0.1), RateLimited(0.1, "global"))
        await (await world.message("hello", dm=True)).reply()
        first, second, third = world.requested("POST", "/channels/*/messages")
        assert [first.status, second.status, third.status] == [429, 429, 200]
        assert second.at - first.at >= 0.1
        assert third.at - second.at >= 0.1


@pytest.mark.asyncio
async def test_the_same_nonce_is_the_same_message(monkeypatch: pytest.MonkeyPatch) -> None:
    async with SimulatedDiscord() as world, online(world, monkeypatch) as bot:
        channel = bot.get_partial_messageable(int(world.channel.id))
        world.fail("POST", "/channels/*/messages", Accepted(Reset()), Accepted(Status(503)))
        with pytest.raises(OSError, match="reset"):
            await channel.send("once", nonce=7)
        with pytest.raises(discord.DiscordServerError):
            await channel.send("once", nonce=7)
        sent = await channel.send("once", nonce=7)
        assert [message["id"] for message in world.sent_so_far(world.channel)] == [str(sent.id)]


@pytest.mark.asyncio
async def test_an_interaction_is_answered_once_and_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    async with SimulatedDiscord() as world, online(world, monkeypatch) as bot:
        received: asyncio.Queue[discord.Interaction] = asyncio.Queue()
        bot.on_interaction = received.put  # type: ignore[method-assign]
        pressed = await world.press("unknown", (await world.message("old")).payload)
        first = await received.get()
        await first.response.defer()
        await pressed.response()
        first.response._response_type = None  # let discord.py try again
        with pytest.raises(discord.HTTPException, match="40060"):
            await first.response.defer()
        late = await world.press("unknown", (await world.message("old")).payload)
        late.sent_at -= 3.1
        with pytest.raises(discord.NotFound, match="10062"):
            await (await received.get()).response.defer()


@pytest.mark.asyncio
async def test_a_program_runs_unmodified() -> None:
    program = "import discord, os; discord.Client(intents=discord.Intents.none()).run(os.environ['TOKEN'])"
    async with SimulatedDiscord() as world:
        env = {**world.environment, "TOKEN": world.token}
        async with running([sys.executable, "-c", program], env) as process:
            await world.connected()
            assert "logging in" in await process.line("logging in")
            process.send_signal(signal.SIGKILL)
            assert await process.exited() == -signal.SIGKILL
        env["TOKEN"] = "wrong"
        async with running([sys.executable, "-c", program], env) as process:
            assert await process.exited() == 1
            assert "Improper token" in process.lines[-1]


@pytest.mark.asyncio
@pytest.mark.skipif(not OPENAPI.exists(), reason="Discord's description is not beside this project")
async def test_what_it_answers_fits_discords_description(monkeypatch: pytest.MonkeyPatch) -> None:
    validator = pytest.importorskip("jsonschema").Draft202012Validator
    components = json.loads(OPENAPI.read_text("utf-8"))["components"]

    def problems(name: str, payload: Payload) -> list[str]:
        schema = {"components": components, "$ref": f"#/components/schemas/{name}"}
        return [f"{name}: {error.json_path} {error.message}" for error in validator(schema).iter_errors(payload)]

    async with SimulatedDiscord() as world, online(world, monkeypatch) as bot:
        asked = await world.slash("ask", {"question": "why"})
        posted = await world.message("hello", dm=True)
        found = problems("MessageResponse", await asked.answer())
        found += problems("MessageResponse", posted.payload)
        found += problems("MessageResponse", (await posted.reply())[0])
        found += problems("MessageResponse", (await asked.followup())[0])
        found += problems("UserPIIResponse", await bot.http.request(Route("GET", "/users/@me")))
        found += problems("PrivateApplicationResponse", await bot.http.request(Route("GET", "/applications/@me")))
        found += problems("GatewayBotResponse", await bot.http.request(Route("GET", "/gateway/bot")))
        found += problems("GuildChannelResponse", world.channel.payload)
        found += problems("PrivateChannelResponse", posted.channel.payload)
        found += problems("GuildWithCountsResponse", world.guild.payload(world.bot))
        found += problems("PrivateGuildMemberResponse", asked.payload["member"])
        found += [
            problem for command in world.commands[None] for problem in problems("ApplicationCommandResponse", command)
        ]
    assert not found


@pytest.mark.asyncio
async def test_frames_are_compressed_as_the_bot_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    async with SimulatedDiscord() as world, online(world, monkeypatch):
        [session] = world.sessions_online()
        assert session.connection is not None
        assert session.connection.compress is not None
        assert (await (await world.message("é", dm=True)).reply())[0]["content"] == "heard: é"


@pytest.mark.asyncio
async def test_a_silent_connection_delivers_nothing_until_there_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    async with SimulatedDiscord() as world, online(world, monkeypatch):
        world.silence()
        missed = await world.message("anybody there?", dm=True)
        assert not world.sent_so_far(missed.channel)
        await world.drop()
        assert [message["content"] for message in await missed.reply()] == ["heard: anybody there?"]
        assert [resume.is_accepted for resume in world.resumes] == [True]
