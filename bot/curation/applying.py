"""Try an edit on a copy of the data folder, and write it where it proves right."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.curation.comparing import Comparison, Measured
from bot.curation.writing import Plan
from bot.errors import DataError


@dataclass(frozen=True, slots=True)
class Trials:
    """What a data folder must stand: `check` returns what is not proved, `measure` asks the stored questions."""

    check: Callable[[Path], Sequence[str]]
    measure: Callable[[Path], Sequence[Measured]]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """How an edit went on the copy; without a `comparison` no question was asked."""

    problems: tuple[str, ...]
    comparison: Comparison | None

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the edit must not be written; none is the leave to do it."""
        broken = self.comparison.broken if self.comparison is not None else ()
        return (*self.problems, *(f"a stored question breaks: {change}" for change in broken))


def rehearse(folder: Path, plan: Plan, trials: Trials) -> Rehearsal:
    """Apply `plan` to a copy of `folder`, prove it, and compare how the stored questions go before and after.

    Where the proofs fail no question is asked; nor where the bot reads none of the files that change.

    Raises:
        DataError: the folder cannot be copied, or cannot be used even as it is.
    """
    with tempfile.TemporaryDirectory(prefix="testigo-curation-") as name:
        copy = Path(name) / "data"
        _copy(folder, copy)
        _put(copy, plan)
        problems = _problems(folder, copy, trials)
        if problems or not plan.changes_answers:
            return Rehearsal(problems, None)
        before = tuple(trials.measure(folder))
        after = tuple(trials.measure(copy))
    return Rehearsal((), Comparison(before, after))


def write(folder: Path, plan: Plan) -> None:
    """Write the edits into `folder`.

    All are written beside the files first, so that a full disk changes nothing. Each edit stands by itself: were the
    program killed between two files, applying the same drafts again would finish.

    Raises:
        DataError: a file changed since the plan was made, or cannot be written; then nothing is changed.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        for edit in plan.edits:
            target = (folder / edit.path).resolve()
            current = target.read_bytes() if target.exists() else None
            if current != (edit.old.encode() if edit.old is not None else None):
                raise DataError(f"{edit.path}: was changed meanwhile; nothing was written")
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_name(f".{target.name}.{os.getpid()}.part")
            staged.append((part, target))
            part.write_bytes(edit.new.encode())
            if current is not None:
                shutil.copymode(target, part)
        for part, target in staged:
            part.replace(target)
    except OSError as error:
        raise DataError(f"{error.filename or folder}: {error.strerror or 'cannot be written'}") from error
    finally:
        for part, _ in staged:
            with contextlib.suppress(OSError):  # the failure to tell is the one above
                part.unlink(missing_ok=True)


def _copy(folder: Path, copy: Path) -> None:
    try:
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".*"))
    except OSError as error:  # shutil.Error is one too
        raise DataError(f"{folder}: cannot be copied ({error.strerror or error})") from error


def _put(copy: Path, plan: Plan) -> None:
    for path, text in plan.files.items():
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_bytes(text.encode())


def _problems(folder: Path, copy: Path, trials: Trials) -> tuple[str, ...]:
    """Return what is not proved after the edit, and of it what was not before."""
    try:
        problems = tuple(trials.check(copy))
    except DataError as error:
        # The message may name the copy, which is gone when somebody reads it.
        return (str(error).replace(str(copy), str(folder)),)
    before = frozenset(trials.check(folder)) if problems else frozenset[str]()
    return tuple(f"{problem} (before the edit too)" if problem in before else problem for problem in problems)
