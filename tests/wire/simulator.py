"""A simulated Discord for one bot, on a port of this machine.

async with SimulatedDiscord() as discord:
    ...start the bot with discord.environment...
    await discord.connected()
    asked = await discord.slash("ask", {"question": "What happened?"}, user=discord.user("ana"))
    print((await asked.answer())["content"])

Each class adds to the one before: World (what exists), Gateway (events), Requests (records and faults),
Rest (messages), Responses (to interactions), People (acts), SimulatedDiscord (the server).
"""

from typing import Self

from aiohttp import web

from tests.wire.faults import cut
from tests.wire.people import People
from tests.wire.requests import PREFIX


class SimulatedDiscord(People):
    """Everything that a bot meets at Discord."""

    api = ""

    @property
    def environment(self) -> dict[str, str]:
        """Return the variables that lead a process with the redirect here."""
        return {"SIMULATED_DISCORD_API": self.api, "SIMULATED_DISCORD_GATEWAY": self.gateway}

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=32 << 20)
        app.router.add_get("/gateway", self._connect)
        app.router.add_get("/gateway/", self._connect)
        self._add_routes(app)
        app.router.add_route("*", "/{rest:.*}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0]
        self.api = f"http://{host}:{port}{PREFIX}"
        self.gateway = f"ws://{host}:{port}/gateway"
        return self

    async def __aexit__(self, *_exception: object) -> None:
        for connection in list(self._connections):
            cut(connection.transport)
        await self._runner.cleanup()
