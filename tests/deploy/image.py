"""Do the Dockerfile's steps without a container engine: ``python -m tests.deploy.image``, or ``deploy/prove-image``.

The committed tree is installed from the lock into an empty prefix, and run there as an unprivileged user who can write
into one folder only, against the simulated Discord.
"""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from tests.wire.process import ROOT, running
from tests.wire.reading import said
from tests.wire.simulator import SimulatedDiscord

TREE = ("pyproject.toml", "uv.lock", "README.md", "LICENSE", "bot", "data", "deploy/build.txt")
"""What the Dockerfile copies."""

NOBODY = 65532
QUESTION, ANSWERED = "How many people were killed?", "72"

ENCLOSE = f"""
set -e
mount --bind "$1" "$1"
mount -o remount,bind,ro /
shift
exec setpriv --reuid={NOBODY} --regid={NOBODY} --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all -- "$@"
"""
"""In a mount namespace of its own: all is read-only but for one folder, then root's rights are given up."""


@dataclass(frozen=True)
class Image:
    """The installed program, and the one folder that it may write into."""

    prefix: Path
    writable: Path

    def command(self, *args: str) -> Sequence[str]:
        """Return the command line that runs a program of the prefix as the container would."""
        program = (str(self.prefix / "bin" / args[0]), *args[1:])
        if not can_enclose():
            return program
        return ("unshare", "--mount", "--propagation=private", "sh", "-c", ENCLOSE, "sh", str(self.writable), *program)

    @property
    def environment(self) -> Mapping[str, str]:
        """Return the settings that the Dockerfile makes, with the one writable folder for /tmp and /var/lib."""
        return {
            "PATH": f"{self.prefix / 'bin'}:/usr/sbin:/usr/bin:/sbin:/bin",
            "PYTHONDONTWRITEBYTECODE": "1",
            "XDG_DATA_HOME": str(self.writable),
            "TESTIGO_INDEX": str(self.prefix / "index"),
            "TESTIGO_CACHE": str(self.writable / "cache"),
            "MPLCONFIGDIR": str(self.writable / "cache" / "matplotlib"),
            "TESTIGO_LOG_FORMAT": "json",
            "TMPDIR": str(self.writable),
        }

    def run(self, *args: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run a program of the prefix to its end."""
        return subprocess.run(
            self.command(*args),
            env={**self.environment, **settings},
            cwd=self.writable,
            capture_output=True,
            text=True,
            check=False,
        )


def can_enclose() -> bool:
    """Return whether a mount namespace of our own is allowed here."""
    tools = all(shutil.which(tool) for tool in ("unshare", "setpriv"))
    return tools and os.geteuid() == 0 and subprocess.run(["unshare", "--mount", "true"], check=False).returncode == 0


def step(name: str, result: str) -> None:
    """Tell what was done."""
    click.echo(f"{name}: {result}")


def require(is_so: object, complaint: str) -> None:
    """End unless it is so."""
    if not is_so:
        raise SystemExit(f"prove-image: {complaint}")


def build(folder: Path, python: str) -> Path:
    """Do the first stage of the Dockerfile; return the prefix."""
    source, tools, prefix, wheel = folder / "src", folder / "tools", folder / "opt" / "testigo", folder / "wheel"
    source.mkdir()
    archive = subprocess.run(["git", "archive", "HEAD", "--", *TREE], cwd=ROOT, stdout=subprocess.PIPE, check=True)
    subprocess.run(["tar", "-x"], cwd=source, input=archive.stdout, check=True)
    step("tree", f"{sum(path.is_file() for path in source.rglob('*'))} committed files")

    def run(*command: str | Path, **settings: str) -> None:
        env = {
            **os.environ,
            "UV_COMPILE_BYTECODE": "1",
            "UV_LINK_MODE": "copy",
            "UV_PYTHON_DOWNLOADS": "never",
            "UV_PYTHON": python,
            "UV_PROJECT_ENVIRONMENT": str(prefix),
            "PATH": f"{tools / 'bin'}:{os.environ['PATH']}",
            "VIRTUAL_ENV": str(tools),
            **settings,
        }
        done = subprocess.run(command, cwd=source, env=env, capture_output=True, text=True, check=False)
        require(done.returncode == 0, f"{' '.join(map(str, command))}: {done.stderr}")

    begun = time.monotonic()
    run(python, "-m", "venv", tools)
    run(tools / "bin" / "pip", "install", "-q", "--require-hashes", "-r", "deploy/build.txt")
    step("tools", f"deploy/build.txt installed, every hash checked, {_since(begun)}")
    begun = time.monotonic()
    run("uv", "sync", "--locked", "--no-dev", "--no-install-project")
    step("dependencies", f"uv.lock installed into an empty prefix, every hash checked, {_since(begun)}")
    run("uv", "build", "--wheel", "--no-build-isolation", "--python", tools / "bin" / "python", "--out-dir", wheel)
    run("uv", "pip", "install", "--no-deps", "--python", prefix, *wheel.glob("*.whl"))
    step("program", ", ".join(path.name for path in wheel.glob("*.whl")))
    begun = time.monotonic()
    run(prefix / "bin" / "testigo", "topics", TESTIGO_CACHE=str(prefix / "index"))
    run("chmod", "-R", "a+rX", prefix)
    step("index", f"computed into the prefix, {_since(begun)}")
    return prefix


def _since(begun: float) -> str:
    return f"{time.monotonic() - begun:.0f} s"


def prove_read_only(image: Image) -> None:
    """Prove that the program can write into its folder and nowhere else."""
    if not can_enclose():
        subprocess.run(["chmod", "-R", "a-w", image.prefix], check=True)
        step("enclosure", "no mount namespace is allowed here: the tree is only made unwritable, the user is this one")
    script = (
        "import os, pathlib, sys\n"
        "writable = []\n"
        "for folder in sys.argv[1:]:\n"
        "    try: pathlib.Path(folder, 'probe').write_text('x'); writable.append(folder)\n"
        "    except OSError: pass\n"
        "print(os.getuid(), *writable)"
    )
    places = [image.prefix, image.prefix / "index", image.prefix.parent, Path("/tmp"), Path("/var/lib"), image.writable]
    done = image.run("python", "-c", script, *map(str, places))
    user, *written = done.stdout.split()
    # As root another process of ours could write to /tmp; where only rights protect the tree, anybody can.
    expected = {str(image.writable)} if can_enclose() else {str(image.writable), "/tmp"}
    require(set(written) <= expected and str(image.writable) in written, f"written: {written} {done.stderr}")
    (image.writable / "probe").unlink()
    step("enclosure", f"as user {user} {len(places) - len(written)} of {len(places)} places refuse to be written to")


def prove_commands(image: Image) -> None:
    """Prove that the data is sound and a question is answered, with the index that came along."""
    checked = image.run("testigo", "check")
    require(checked.returncode == 0, checked.stderr)
    step("testigo check", checked.stdout.strip())
    begun = time.monotonic()
    answered = image.run("testigo", "ask", QUESTION)
    require(answered.returncode == 0 and ANSWERED in answered.stdout, answered.stdout + answered.stderr)
    require(not list(image.writable.rglob("*.npz")), "the index that came along was not used")
    step("testigo ask", f"{answered.stdout.splitlines()[0]!r} with the index that came along, {_since(begun)}")


async def prove_service(image: Image) -> None:
    """Prove that the service connects, answers, is healthy, can be copied, and ends when told."""
    token = image.writable / "token"
    async with SimulatedDiscord() as discord:
        token.write_text(discord.token)
        settings = {**os.environ, **image.environment, **discord.environment, "DISCORD_TOKEN_FILE": str(token)}
        begun = time.monotonic()
        async with running(image.command("testigo", "run"), settings, image.writable) as process:
            await discord.connected()
            step("testigo run", f"connected as shard 0, {_since(begun)}")
            asked = await discord.slash("ask", {"question": QUESTION})
            require(ANSWERED in said(await asked.answer()), "the question was not answered")
            pictured = await discord.slash("figures")
            require(ANSWERED in said(await pictured.answer(timeout=60)), "the figures were not drawn")
            step("on Discord", f"a question answered and a picture drawn; {_memory(process.pid)}")
            healthy = await asyncio.to_thread(image.run, "python", "-m", "bot", "health")
            require(healthy.returncode == 0, f"health: {healthy.returncode} {healthy.stdout}{healthy.stderr}")
            step("python -m bot health", "0")
            copied = await asyncio.to_thread(image.run, "testigo", "db", "backup", str(image.writable / "copy.db"))
            require(copied.returncode == 0, copied.stderr)
            step("testigo db backup", copied.stdout.splitlines()[0].replace(str(image.writable), "…"))
            process.send_signal(signal.SIGTERM)
            status = await process.exited()
            require(status == 0, f"ended with {status}: {process.errors[-3:]}")
            step("SIGTERM", "ended with 0")
    prove_restoring(image)
    kept = sorted(str(path.relative_to(image.writable)) for path in image.writable.rglob("*") if path.is_file())
    step("written", ", ".join(kept))


def prove_restoring(image: Image) -> None:
    """Prove that a copy which can only be read is put back, by whoever cannot write anywhere else."""
    copy = image.prefix.parent / "copy.db"
    (image.writable / "copy.db").rename(copy)
    copy.chmod(0o644)
    restored = image.run("testigo", "db", "restore", str(copy))
    require(restored.returncode == 0, restored.stderr)
    step("testigo db restore", restored.stdout.strip())


def _memory(pid: int) -> str:
    """Return the memory of a process."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines())
    now, most = (int(lines[name].split()[0]) // 1024 for name in ("VmRSS", "VmHWM"))
    return f"{now} MB of memory, {most} MB at most"


@click.command()
@click.option(
    "--python",
    default=lambda: shutil.which("python3.11", path="/usr/local/bin:/usr/bin") or sys.executable,
    help="The interpreter, which an unprivileged user must be able to read.",
)
def main(python: str) -> None:
    """Build the prefix and prove it, one line a step."""
    with tempfile.TemporaryDirectory(prefix="testigo-image-") as name:
        folder, writable = Path(name), Path(name) / "writable"
        folder.chmod(0o755)
        writable.mkdir()
        image = Image(build(folder, python), writable)
        if can_enclose():
            os.chown(writable, NOBODY, NOBODY)
        prove_read_only(image)
        prove_commands(image)
        asyncio.run(prove_service(image))


if __name__ == "__main__":
    main()
