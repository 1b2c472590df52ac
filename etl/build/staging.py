"""A folder that gets its files at the end or not at all, without a step outside of it."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.build.publish import NotWritten

STAGING = ".reading-"
# A reading takes seconds, at most minutes; staging this old was left by one that was killed.
LEFTOVER_SECONDS = 900
# What makes a reading one goes first and comes last, so that a kill leaves no half of one.
_FIRST_OUT = ("datapackage.json", "edition.toml", "reading.json")


@contextmanager
def staged(target: Path, ours: frozenset[str]) -> Iterator[Path]:
    """Give a folder within `target`; what it holds in the end replaces the files in `target`.

    ours: names of the files that a reading may leave; others in `target` stay untouched. When the
    block raises, `target` keeps what it had, and is removed when it was not there. Raises
    NotWritten, also for a folder that has files of these names from something else.
    """
    was_there, done, folder = target.exists(), False, None
    try:
        _refuse_others(target, ours)
        target.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        folder = Path(tempfile.mkdtemp(prefix=STAGING, dir=target))
        yield folder
        _take_over(folder, target, ours)
        done = True
    except OSError as error:
        raise _not_written(target, error) from error
    finally:
        if folder:
            shutil.rmtree(folder, ignore_errors=True)
        if not done and not was_there:
            shutil.rmtree(target, ignore_errors=True)


def _not_written(target: Path, error: OSError) -> NotWritten:
    return NotWritten(
        f"Could not write {target}: {error.strerror or error}. What was there before is unchanged. "
        "Free some space or choose a folder that can be written."
    )


def _refuse_others(target: Path, ours: frozenset[str]) -> None:
    """Raise NotWritten where files of our names would be overwritten that no reading has written."""
    if not target.exists():
        return
    if not target.is_dir():
        raise NotWritten(f"{target} is a file. Name a folder for the reading.")
    there = {path.name for path in target.iterdir()}
    was_killed = any(name.startswith(STAGING) for name in there)
    if there & ours and "reading.json" not in there and not was_killed:
        raise NotWritten(
            f"{target} holds {', '.join(sorted(there & ours)[:3])} from something else. Name a new "
            "or empty folder, or one of an earlier reading."
        )


def _take_over(folder: Path, target: Path, ours: frozenset[str]) -> None:
    for name in _FIRST_OUT:
        (target / name).unlink(missing_ok=True)
    new = {path.name for path in folder.iterdir()}
    for name in ours - new:
        (target / name).unlink(missing_ok=True)
    last = list(reversed(_FIRST_OUT))
    for name in [*sorted(new - {*last}), *(name for name in last if name in new)]:
        (folder / name).chmod(0o644)
        os.replace(folder / name, target / name)


def _sweep(target: Path) -> None:
    for leftover in target.glob(f"{STAGING}*"):
        if time.time() - leftover.stat().st_mtime > LEFTOVER_SECONDS:
            shutil.rmtree(leftover, ignore_errors=True)
