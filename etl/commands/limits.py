"""Limits of memory and time for one process, and what to say when one is reached.

A workbook that somebody else made is read in a process of its own. What its own limits do not
catch (rows, text, unpacked size), the system stops here.
"""

import argparse
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from xml.parsers import expat

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]  # a module, or none

_NO_MEMORY = expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]
# From the limit of time until the system stops the process for good.
_GRACE_SECONDS = 5


def describe(parser: argparse.ArgumentParser, number: Callable[[str], int]) -> None:
    """Add the two limits to the arguments of a command; `number` reads and judges a value."""
    parser.add_argument(
        "--memory-mb", type=number, metavar="N", help="stop when more memory is needed (Linux)"
    )
    parser.add_argument(
        "--seconds",
        type=number,
        metavar="N",
        help="stop when more processor time is needed (Linux)",
    )


class OutOfTime(BaseException):
    """The time is up. No Exception, so that nothing on the way takes it for a fault of the file."""


@contextmanager
def limited(memory_mb: int | None, seconds: int | None) -> Iterator[None]:
    """Hold this process to so many MB of memory and seconds of processor time; None = no limit.

    Within, MemoryError and OutOfTime are raised. Where the system has no such limits (Windows)
    nothing is limited. A request to stop (SIGTERM) is raised as KeyboardInterrupt.
    """
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        if resource is not None and memory_mb:
            _limit(resource.RLIMIT_DATA, memory_mb * 1_000_000, 0)
        if resource is not None and seconds:
            signal.signal(signal.SIGXCPU, _out_of_time)
            _limit(resource.RLIMIT_CPU, seconds, _GRACE_SECONDS)
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def is_memory(error: BaseException | None) -> bool:
    """Return whether too little memory is behind an exception."""
    while error is not None:
        if isinstance(error, MemoryError) or getattr(error, "code", None) == _NO_MEMORY:
            return True
        error = error.__cause__ or error.__context__
    return False


def _limit(kind: int, soft: int, grace: int) -> None:
    _, hard = resource.getrlimit(kind)
    wanted = soft + grace
    hard = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
    resource.setrlimit(kind, (min(soft, hard), hard))


def _out_of_time(_number: int, _frame: object) -> None:
    raise OutOfTime


def _stop(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt
