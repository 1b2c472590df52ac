"""Work beside the pages: states, progress, cancelling, limits, and letting go."""

import gc
import threading
import time

import pytest

from dashboard.exports.steps import Made, Step
from dashboard.screen.frame import jobs
from dashboard.screen.frame.jobs import Busy, Job, State

STEPS = (Step("picture", "Map"), Step("picture", "Bars"), Step("word", "Word document"))
SECONDS = 10


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(jobs, "_paces", {})
    held = []
    monkeypatch.setattr(jobs, "_jobs", type(jobs._jobs)())
    yield held


def _wait(condition):
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.005)


def _all_steps(step):
    for at in range(len(STEPS)):
        step(at)
    return Made({"a.docx": b"12345"})


class Gate:
    """Work that stops at each step until it is let on."""

    def __init__(self):
        self.at, self.on = [], threading.Semaphore(0)

    def __call__(self, step):
        for at in range(len(STEPS)):
            step(at)
            self.at.append(at)
            assert self.on.acquire(timeout=SECONDS)
        return Made({"a.docx": b"12345"}, notes=("No picture.",))


def test_a_job_is_done_beside_whoever_starts_it():
    job = jobs.start("me", "Report", STEPS, _all_steps)

    _wait(lambda: job.is_over)
    assert (job.state, dict(job.made.files), job.share) == (State.DONE, {"a.docx": b"12345"}, 1.0)
    assert job.words() == "Done"


def test_progress_names_the_step_and_measures_what_is_left():
    gate = Gate()
    job = jobs.start("me", "Report", STEPS, gate)
    _wait(lambda: gate.at == [0])
    assert job.words() == "1 of 3: Map"
    assert job.seconds_left() is None

    time.sleep(0.05)
    gate.on.release()
    _wait(lambda: gate.at == [0, 1])
    assert job.words() == "2 of 3: Bars, about 1 s left"
    assert job.share == pytest.approx(1 / 3)
    assert jobs.pace("picture") == pytest.approx(0.05, abs=0.04)
    assert 0.05 <= job.seconds_left() < 0.3

    for _ in STEPS:
        gate.on.release()
    _wait(lambda: job.is_over)
    assert job.made.notes == ("No picture.",)


def test_time_left_is_known_from_the_start_once_measured():
    jobs._paces |= {"picture": 2.0, "word": 5.0}
    gate = Gate()
    job = jobs.start("me", "Report", STEPS, gate)
    _wait(lambda: gate.at == [0])

    assert job.words() == "1 of 3: Map, about 9 s left"

    job.cancel()
    gate.on.release()
    _wait(lambda: job.is_over)


def test_a_cancelled_job_stops_before_its_next_step_and_keeps_nothing():
    gate = Gate()
    job = jobs.start("me", "Report", STEPS, gate)
    _wait(lambda: gate.at == [0])

    job.cancel()
    assert job.words() == "Stops after the step it is at"
    gate.on.release()

    _wait(lambda: job.is_over)
    assert (job.state, gate.at, dict(job.made.files)) == (State.CANCELLED, [0], {})


def test_a_job_cancelled_in_its_last_step_keeps_nothing():
    gate = Gate()
    job = jobs.start("me", "Report", STEPS, gate)
    gate.on.release(2)
    _wait(lambda: gate.at == [0, 1, 2])

    job.cancel()
    gate.on.release()

    _wait(lambda: job.is_over)
    assert (job.state, dict(job.made.files)) == (State.CANCELLED, {})


def test_a_job_that_goes_wrong_says_why_and_the_next_one_runs(capsys):
    def broken(step):
        raise RuntimeError("The figure has no rows.")

    job = jobs.start("me", "Report", STEPS, broken)
    _wait(lambda: job.is_over)

    assert (job.state, job.problem) == (State.FAILED, "The figure has no rows.")
    next_one = jobs.start("me", "Report", STEPS, _all_steps)
    _wait(lambda: next_one.state is State.DONE)


def _fill(count, owner):
    gates = [Gate() for _ in range(count)]
    return gates, [jobs.start(owner(n), "Report", STEPS, gate) for n, gate in enumerate(gates)]


def _empty(gates, held):
    for job in held:
        job.cancel()
    for gate in gates:
        gate.on.release(len(STEPS))
    _wait(lambda: all(job.is_over for job in held))


def test_one_person_cannot_have_all_threads():
    gates, held = _fill(jobs.MOST_OF_ONE, lambda n: "me")

    with pytest.raises(Busy, match="Your other documents"):
        jobs.start("me", "Report", STEPS, _all_steps)
    other = jobs.start("somebody else", "Report", STEPS, _all_steps)

    assert other.state is State.WAITING and other.words().startswith("Waits")
    _empty(gates, held)
    _wait(lambda: other.state is State.DONE)


def test_there_is_an_end_to_waiting():
    gates, held = _fill(jobs.MOST_JOBS, str)

    with pytest.raises(Busy, match="Many people"):
        jobs.start("me", "Report", STEPS, _all_steps)

    waiting = held[-1]
    waiting.cancel()
    assert waiting.state is State.CANCELLED
    _empty(gates, held)


def test_a_waiting_job_that_is_cancelled_never_begins():
    gates, held = _fill(jobs.WORKERS, str)
    never = Gate()
    job = jobs.start("me", "Report", STEPS, never)

    job.cancel()
    _empty(gates, held)
    after = jobs.start("me", "Report", STEPS, _all_steps)
    _wait(lambda: after.is_over)

    assert (job.state, never.at) == (State.CANCELLED, [])


def test_results_that_nobody_takes_away_have_a_limit(monkeypatch):
    monkeypatch.setattr(jobs, "MOST_BYTES", 5)
    job = jobs.start("me", "Report", STEPS, _all_steps)
    _wait(lambda: job.is_over)

    with pytest.raises(Busy, match="keeps too many"):
        jobs.start("somebody else", "Report", STEPS, _all_steps)


def test_one_result_has_a_limit(monkeypatch):
    monkeypatch.setattr(jobs, "MOST_OF_A_JOB", 4)
    job = jobs.start("me", "Report", STEPS, _all_steps)
    _wait(lambda: job.is_over)

    assert (job.state, job.problem, job.made.size) == (State.FAILED, jobs.TOO_LARGE, 0)


def test_a_job_that_nobody_holds_any_more_stops_by_itself():
    gate = Gate()
    job = jobs.start("me", "Report", STEPS, gate)
    _wait(lambda: gate.at == [0])

    del job
    gc.collect()
    gate.on.release(len(STEPS))

    _wait(lambda: not jobs._jobs)
    after = jobs.start("me", "Report", STEPS, _all_steps)
    _wait(lambda: after.is_over)
    assert gate.at == [0]


def test_a_job_not_yet_begun_says_nothing_of_time():
    assert Job(1, "me", "Report", STEPS).share == 0
