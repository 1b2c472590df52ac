"""Work that takes seconds, done beside the pages: a few threads, progress, cancelling, and limits.

Who starts a job holds it; a job that nobody holds any more, because its session has ended, stops by
itself and its result is gone. Results are kept with the job alone.
"""

import itertools
import logging
import threading
import time
import weakref
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum

from dashboard.edition.wording import count
from dashboard.exports.steps import Made, Step, Work

WORKERS = 2
# Jobs at work or waiting, in this process and of one person.
MOST_JOBS, MOST_OF_ONE = 8, 2
# Bytes of one result, and of those that the process keeps for all persons together.
MOST_OF_A_JOB, MOST_BYTES = 256 * 1024 * 1024, 512 * 1024 * 1024
# Weight of the newest measurement in the mean time of a kind of step.
NEWEST = 0.3
TOO_LARGE = "It has become too large: choose fewer figures or countries."


class State(StrEnum):
    """Where a job is. Only a job that is done has files."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Busy(Exception):
    """No further job now; the message says why and what to do."""


class Cancelled(Exception):
    """Raised inside the work of a job that is to stop."""


_NOTHING = Made({})


class Job:
    """A job as its owner sees it. `made`: the result, once it is done; `problem`: why it failed."""

    def __init__(self, id: int, owner: str, title: str, steps: Sequence[Step]) -> None:
        self.id, self.owner, self.title, self.steps = id, owner, title, tuple(steps)
        self.state = State.WAITING
        self.made, self.problem = _NOTHING, ""
        self.at = 0
        self.seconds = 0.0
        self._begun = self._step_begun = 0.0
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask it to stop; it does before its next step, or at once when it waits."""
        self._stop.set()
        if self.state is State.WAITING:
            self.state = State.CANCELLED

    @property
    def is_over(self) -> bool:
        """Whether nothing will change any more."""
        return self.state in (State.DONE, State.FAILED, State.CANCELLED)

    @property
    def share(self) -> float:
        """Part of the steps that is done, 0 to 1."""
        return 1.0 if self.state is State.DONE else self.at / max(1, len(self.steps))

    def words(self) -> str:
        """What is being made and how long it still takes: "3 of 14: Map, about 12 s left"."""
        if self.state is not State.RUNNING:
            return _WORDS[self.state]
        if self._stop.is_set():
            return "Stops after the step it is at"
        step = self.steps[min(self.at, len(self.steps) - 1)]
        left = self.seconds_left()
        when = "" if left is None else f", about {count(max(1, round(left)))} s left"
        return f"{self.at + 1} of {len(self.steps)}: {step.what}{when}"

    def seconds_left(self) -> float | None:
        """Seconds that the steps to come took on average before; None when never measured."""
        times = [pace(step.kind) for step in self.steps[self.at :]]
        known = [time for time in times if time is not None]
        if not known:
            return None
        mean = sum(known) / len(known)
        spent = time.monotonic() - self._step_begun
        first, *others = (mean if one is None else one for one in times)
        return max(0.0, first - spent) + sum(others)


_WORDS = {
    State.WAITING: "Waits for other documents that are being made",
    State.DONE: "Done",
    State.FAILED: "Not made",
    State.CANCELLED: "Cancelled",
}
_lock = threading.Lock()
_paces: dict[str, float] = {}
_jobs: "weakref.WeakSet[Job]" = weakref.WeakSet()
_ids = itertools.count(1)
_pool: list[ThreadPoolExecutor] = []


def start(owner: str, title: str, steps: Sequence[Step], work: Work) -> Job:
    """Start a job beside the page and return at once. Raises Busy.

    `owner`: whose job it is (a session). `work`: returns the files; it calls its argument with the
    place of each step as it begins it. An exception of its own ends the job as failed.
    """
    with _lock:
        _refuse(owner)
        job = Job(next(_ids), owner, title, steps)
        _jobs.add(job)
        if not _pool:
            _pool.append(ThreadPoolExecutor(WORKERS, thread_name_prefix="atlas-job"))
    _pool[0].submit(_run, weakref.ref(job), work)
    return job


def pace(kind: str) -> float | None:
    """Mean seconds of a kind of step as measured in this process; None before the first one."""
    return _paces.get(kind)


def _refuse(owner: str) -> None:
    open_jobs = [job for job in _jobs if not job.is_over]
    if sum(job.owner == owner for job in open_jobs) >= MOST_OF_ONE:
        raise Busy("Your other documents are still being made: wait for them or cancel one.")
    if len(open_jobs) >= MOST_JOBS:
        raise Busy("Many people are having documents made just now: try again in a minute.")
    if sum(job.made.size for job in _jobs) >= MOST_BYTES:
        raise Busy(
            "The server keeps too many documents just now: take away yours and clear them, "
            "or try again later."
        )


def _run(reference: "weakref.ref[Job]", work: Work) -> None:
    """In a thread of the pool. It never holds the job itself while the work goes on."""
    clock = _Clock(reference)
    try:
        clock.begin()
        clock.end(State.DONE, work(clock.step))
    except Cancelled:
        clock.end(State.CANCELLED)
    except Exception as problem:  # whatever goes wrong belongs on the page of the owner
        logging.getLogger(__name__).exception("Documents could not be made")
        clock.end(State.FAILED, problem=str(problem) or type(problem).__name__)


class _Clock:
    """What the thread knows of its job: a reference that lets go of it, and the time of each step."""

    def __init__(self, reference: "weakref.ref[Job]") -> None:
        self._reference = reference
        self._kind = ""
        self._step_begun = time.monotonic()

    def begin(self) -> None:
        job = self._held()
        job.state, job._begun, job._step_begun = (
            State.RUNNING,
            time.monotonic(),
            time.monotonic(),
        )

    def step(self, at: int) -> None:
        """The work begins a step. Raises Cancelled when it is to stop."""
        self._measure()
        job = self._held()
        job.at, job._step_begun = at, time.monotonic()
        self._kind, self._step_begun = job.steps[at].kind, time.monotonic()

    def end(self, state: State, made: Made = _NOTHING, problem: str = "") -> None:
        if state is State.DONE:
            self._measure()
        job = self._reference()
        if job is None:
            return
        job.seconds = time.monotonic() - job._begun
        if job._stop.is_set():
            state = State.CANCELLED
        elif made.size > MOST_OF_A_JOB:
            state, problem = State.FAILED, TOO_LARGE
        job.made = made if state is State.DONE else _NOTHING
        job.problem = problem
        job.state = state

    def _held(self) -> Job:
        job = self._reference()
        if job is None or job._stop.is_set():
            raise Cancelled
        return job

    def _measure(self) -> None:
        if self._kind:
            took = time.monotonic() - self._step_begun
            before = _paces.get(self._kind, took)
            _paces[self._kind] = before + NEWEST * (took - before)
        self._kind = ""
