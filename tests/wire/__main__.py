"""Run the simulated Discord by itself: ``python -m tests.wire``; it ends with SIGINT or SIGTERM."""

import asyncio
import signal
import sys

from tests.wire.process import REDIRECT
from tests.wire.simulator import SimulatedDiscord


async def main() -> None:
    """Serve, and tell how to start a bot against it."""
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    async with SimulatedDiscord() as discord:
        settings = {**discord.environment, "PYTHONPATH": str(REDIRECT), "DISCORD_TOKEN": discord.token}
        sys.stdout.write("".join(f"export {name}={value}\n" for name, value in settings.items()))
        sys.stdout.flush()
        await ended.wait()


if __name__ == "__main__":
    asyncio.run(main())
