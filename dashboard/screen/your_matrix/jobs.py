"""Readings beside the pages: two at once for the whole server, the next ones wait their turn.

Who starts a reading holds its job; one that nobody holds any more, because the session has ended,
stops by itself and leaves nothing.
"""

import logging
import threading
import time
import weakref
from enum import StrEnum

from dashboard.screen.your_matrix import reading
from dashboard.screen.your_matrix.process import AT_ONCE, Cancelled, NotRead, turns
from dashboard.screen.your_matrix.reading import BroughtMatrix, Request

MOST_WAITING = 8
# Bytes of all matrices together that sessions hold.
MOST_BYTES = 2_000_000_000
_TURN = 0.1  # seconds between two looks whether it is one's turn


class State(StrEnum):
    """Where a reading is. Only one that is done has a result."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Busy(Exception):
    """No further reading now; the message says why and what to do."""


class Job:
    """A reading as its owner sees it. `own`: the result, once done; `problem`: why it failed."""

    def __init__(self, name: str) -> None:
        self.name, self.state = name, State.WAITING
        self.own: BroughtMatrix | None = None
        self.problem = ""
        self._begun = time.monotonic()
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask it to stop; its process ends within a moment."""
        self._stop.set()
        self.state = State.CANCELLED

    @property
    def is_over(self) -> bool:
        """Whether nothing will change any more."""
        return self.state in (State.DONE, State.FAILED, State.CANCELLED)

    def words(self) -> str:
        """What is going on, for people."""
        seconds = round(time.monotonic() - self._begun)
        if self.state is State.WAITING:
            return (
                f"{self.name} waits: {AT_ONCE} other matrices are being read just now. "
                f"Waiting for {seconds} s"
            )
        return f"Reading {self.name}: {seconds} s"


_lock = threading.Lock()
_jobs: "weakref.WeakSet[Job]" = weakref.WeakSet()
_kept: "weakref.WeakSet[BroughtMatrix]" = weakref.WeakSet()


def start(request: Request) -> Job:
    """Start to read beside the page and return at once. Raises Busy."""
    with _lock:
        if sum(not job.is_over for job in _jobs) >= AT_ONCE + MOST_WAITING:
            raise Busy("Many people have a matrix read just now: try again in a minute.")
        if sum(own.size for own in _kept) >= MOST_BYTES:
            raise Busy(
                "The server holds too many matrices just now: let yours go, or try again later."
            )
        job = Job(request.name)
        _jobs.add(job)
    # A server that ends does not wait for it: `process` ends the process.
    threading.Thread(
        target=_work, args=(weakref.ref(job), request), daemon=True, name="atlas-own-reading"
    ).start()
    return job


def _work(reference: "weakref.ref[Job]", request: Request) -> None:
    """In a thread of its own, which never holds the job while the work goes on."""

    def wanted() -> bool:
        job = reference()
        return job is not None and not job._stop.is_set()

    try:
        while not turns.acquire(timeout=_TURN):
            if not wanted():
                return
        try:
            if not wanted():
                return
            _tell(reference, State.READING)
            own = reading.read(request, wanted)
        finally:
            turns.release()
        with _lock:
            _kept.add(own)
        _tell(reference, State.DONE, own=own)
    except Cancelled:
        _tell(reference, State.CANCELLED)
    except NotRead as problem:
        _tell(reference, State.FAILED, str(problem))
    except Exception:  # whatever goes wrong belongs on the page of the owner
        logging.getLogger(__name__).exception("A matrix could not be read")
        _tell(
            reference,
            State.FAILED,
            f"{request.name} could not be read, through a fault of this "
            "program. The log of the server says more.",
        )


def _tell(
    reference: "weakref.ref[Job]", state: State, problem: str = "", own: BroughtMatrix | None = None
) -> None:
    job = reference()
    if job is not None and not job._stop.is_set():
        job.problem, job.own = problem, own
        job.state = state
