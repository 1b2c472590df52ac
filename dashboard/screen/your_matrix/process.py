"""A command of the ETL in a process of its own, within limits: a workbook can hurt nobody else.

What the process needs and makes lies in a temporary folder, which is gone when it has ended.
"""

import atexit
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path

# What one command may take. A matrix of 100,000 rows takes about 800 MB and 35 seconds.
MEGABYTES, ROWS = 25, 100_000
MEMORY_MB, PROCESSOR_SECONDS, SECONDS = 1_500, 120, 300
# Commands at work at once for the whole server; the next ones wait for their turn.
AT_ONCE = 2
turns = threading.BoundedSemaphore(AT_ONCE)

ROOT = Path(str(files("dashboard"))).parent
PREFIX = "atlas-own-"
# A folder that a killed server left behind is older than any command can be.
LEFT_BEHIND = 3600  # seconds
# How often a command is asked whether it is still wanted, in seconds.
POLL = 0.1
_LONGEST_NAME = 120  # bytes
_NOT_IN_A_NAME = r'[<>:"|?*\x00-\x1f\x7f]+'
# Others come first: the process is the most polite one of the machine.
_POLITENESS = 10
_SMALLER = "Copy the sheet with the matrix to a new workbook, or split it."
# What the system needs to start Python at all; nothing else of the server's environment goes in.
_NEEDED_OF_ENVIRONMENT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")
_at_work: set[subprocess.Popen] = set()
_folders: set[Path] = set()


class NotRead(Exception):
    """The workbook was not read; the message says why and what to do."""


class Cancelled(Exception):
    """The command was not wanted any more."""


def run(
    arguments: Sequence[str],
    folder: Path,
    seconds: float,
    wanted: Callable[[], bool] = lambda: True,
) -> tuple[int, str]:
    """Exit status of the command and what it said on standard error."""
    process = subprocess.Popen(
        [sys.executable, "-m", "etl", *arguments],
        cwd=ROOT,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    _at_work.add(process)
    try:
        _step_back(process)
        said = _finished(process, time.monotonic() + seconds, wanted)
        return process.returncode, said
    finally:
        _stop(process)


def _finished(process: subprocess.Popen, until: float, wanted: Callable[[], bool]) -> str:
    """Wait for the end of a process; returns what it said on standard error."""
    while True:
        try:
            return process.communicate(timeout=POLL)[1].decode(errors="replace")
        except subprocess.TimeoutExpired:
            if not wanted():
                raise Cancelled from None
            if time.monotonic() > until:
                raise NotRead(
                    f"The workbook takes longer than {SECONDS} seconds to read. {_SMALLER}"
                ) from None


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of the server's own, above all no secret; whatever is written goes to the folder."""
    kept = {name: os.environ[name] for name in _NEEDED_OF_ENVIRONMENT if name in os.environ}
    return kept | {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _step_back(process: subprocess.Popen) -> None:
    if hasattr(os, "setpriority"):
        with suppress(OSError):  # it may have ended already
            os.setpriority(os.PRIO_PROCESS, process.pid, _POLITENESS)


def _stop(process: subprocess.Popen) -> None:
    """End a process with everything that it has started, and let go of it."""
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.communicate()
    _at_work.discard(process)


def why(name: str, status: int, said: str) -> str:
    """The last sentence that the command said; ours when it was stopped or has a fault."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    if status < 0:
        return f"{name} needs more memory or time than it may have. {_SMALLER}"
    if not lines or any(line.startswith("Traceback") for line in lines):
        return f"{name} could not be read. Open it in Excel, save it again, and try once more."
    return lines[-1]


def file_name(name: str) -> str:
    """The name as a file can have it: the messages of the reading name the file."""
    stem = re.sub(_NOT_IN_A_NAME, "_", re.split(r"[\\/]", name)[-1]).removesuffix(".xlsx")
    stem = stem.encode()[:_LONGEST_NAME].decode(errors="ignore").strip(" .")
    return f"{stem or 'workbook'}.xlsx"


# --- the folder -----------------------------------------------------------------------------------


@contextmanager
def folder_of_its_own() -> Iterator[Path]:
    """A folder of nobody else, gone afterwards with all that is in it."""
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    _folders.add(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _folders.discard(folder)


def _sweep() -> None:
    """Remove what a server that was killed left behind."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            facts = folder.lstat()
        except OSError:
            continue  # somebody else was faster
        ours = not hasattr(os, "getuid") or facts.st_uid == os.getuid()
        if ours and not folder.is_symlink() and time.time() - facts.st_mtime > LEFT_BEHIND:
            shutil.rmtree(folder, ignore_errors=True)


@atexit.register
def _leave_nothing() -> None:
    """The server ends: so do the readings that are at work."""
    for process in tuple(_at_work):
        _stop(process)
    for folder in tuple(_folders):
        shutil.rmtree(folder, ignore_errors=True)
