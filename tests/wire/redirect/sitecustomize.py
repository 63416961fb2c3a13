"""Lead discord.py to the simulated Discord; Python runs this first when the folder is on PYTHONPATH."""

import os
import sys

# Worker processes speak to nobody: they need not load discord.py.
if "SIMULATED_DISCORD_API" in os.environ and "--multiprocessing-fork" not in sys.orig_argv:
    # discord.py prefers zstd where the package happens to be installed: the same everywhere, unless it is asked for.
    if os.environ.get("SIMULATED_DISCORD_COMPRESSION") != "zstd-stream":
        sys.modules["zstandard"] = None  # type: ignore[assignment]

    import yarl
    from discord.gateway import DiscordWebSocket
    from discord.http import Route

    Route.BASE = os.environ["SIMULATED_DISCORD_API"]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["SIMULATED_DISCORD_GATEWAY"])
