"""A wall clock that jumps, for one process and all it starts."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

SOURCE = Path(__file__).with_name("clock.c")
COMPILER = shutil.which("cc")


class Clock:
    """Shifts the wall clock of processes that were started with its environment."""

    def __init__(self, folder: Path) -> None:
        assert COMPILER is not None
        self._library, self._file = folder / "clock.so", folder / "shift"
        self.jump(0)
        subprocess.run([COMPILER, "-shared", "-fPIC", "-O2", "-o", self._library, SOURCE, "-ldl"], check=True)

    @property
    def environment(self) -> Mapping[str, str]:
        """Return the variables of a process that sees this clock."""
        return {"LD_PRELOAD": str(self._library), "SIMULATED_CLOCK": str(self._file)}

    def jump(self, seconds: int) -> None:
        """Let the clock be so many seconds ahead from now on, or behind."""
        # The processes have it in their memory: it is written in place.
        with self._file.open("r+b" if self._file.exists() else "wb") as file:
            file.write(seconds.to_bytes(8, "little", signed=True))
