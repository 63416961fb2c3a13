"""The image runs without rights, without a shell, and with nothing that has no hash."""

import json
import re
from pathlib import Path

from bot import __version__
from bot.settings import Settings
from tests.deploy.image import TREE

ROOT = Path(__file__).parents[2]
TEXT = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text("utf-8"))
BUILD, LAST = TEXT.split("\nFROM ")[1:]


def instructions(stage: str, name: str) -> list[str]:
    return re.findall(rf"^{name} (.+)$", stage, re.MULTILINE)


def test_it_runs_as_nobody_and_by_number() -> None:
    assert instructions(LAST, "USER") == ["65532:65532"]


def test_no_shell_is_needed() -> None:
    (health,) = instructions(LAST, "HEALTHCHECK")
    _, command = health.split(" CMD ")
    assert json.loads(command) == ["python", "-m", "bot", "health"]
    for name in ("ENTRYPOINT", "CMD"):
        assert [type(json.loads(form)) for form in instructions(LAST, name)] == [list]
    assert instructions(LAST, "RUN") == []


def test_everything_installed_has_a_hash() -> None:
    runs = " && ".join(instructions(BUILD, "RUN"))
    assert "--require-hashes" in runs
    assert runs.count("uv sync --locked") == runs.count("uv sync")
    assert "--no-build-isolation" in runs
    lines = [line for line in (ROOT / "deploy" / "build.txt").read_text("utf-8").splitlines() if "==" in line]
    hashed = re.findall(r"^\S+==\S+ \\\n    --hash=sha256:", (ROOT / "deploy" / "build.txt").read_text("utf-8"), re.M)
    assert len(hashed) == len(lines)


def test_it_is_built_with_what_the_project_names() -> None:
    project, build = (ROOT / "pyproject.toml").read_text("utf-8"), (ROOT / "deploy" / "build.in").read_text("utf-8")
    for tool in build.split():
        assert f'"{tool}"' in project
        assert tool in (ROOT / "deploy" / "build.txt").read_text("utf-8")


def test_it_copies_what_is_proved_without_an_engine_and_nothing_else() -> None:
    copied = {part for line in instructions(BUILD, "COPY") for part in line.split()[:-1]}
    assert copied == set(TREE)
    kept = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert kept[0] == "*"
    assert {line[1:] for line in kept if line.startswith("!")} == copied


def test_its_label_is_the_version() -> None:
    assert f"VERSION={__version__}" in instructions(LAST, "ARG")


def test_every_variable_is_a_setting() -> None:
    (line,) = instructions(LAST, "ENV")
    named = set(re.findall(r"(TESTIGO_\w+)=", line))
    assert named
    assert named <= {f"TESTIGO_{name.upper()}" for name in Settings.model_fields}
