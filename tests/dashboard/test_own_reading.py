"""A workbook that a person brings: read within limits, beside the pages, and gone afterwards."""

import gc
import io
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from types import SimpleNamespace

import pandas as pd
import pytest

from dashboard.edition import store
from dashboard.screen.frame.editions import CODE
from dashboard.screen.your_matrix import answers, findings, jobs, keep, process, reading
from dashboard.screen.your_matrix.answers import ALIASES, COLUMNS, LEAVE_OUT, Answer, NotAnswers
from dashboard.screen.your_matrix.jobs import Busy, State
from dashboard.screen.your_matrix.process import Cancelled, NotRead
from dashboard.screen.your_matrix.reading import BroughtMatrix, Request
from tests.fixtures.hostile_workbooks import BROKEN
from tests.fixtures.own_matrices import UNHEADED, messy
from tests.fixtures.workbooks import write_grid

SECONDS = 60
NIGERIA = Answer(ALIASES, ("country", "Nigera", "NGA"))
NOTE = Answer(COLUMNS, (LEAVE_OUT, "", "", "Bemerkung"))


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """The folder for temporary files, empty before; it must be empty afterwards too."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    yield place
    assert list(place.iterdir()) == []


@pytest.fixture
def request_of(tmp_path):
    """A function that makes a request of a messy matrix."""

    def make(language="en", **more):
        path = messy(tmp_path, language)
        return Request(path.read_bytes(), path.name, **more)

    return make


def _until(said):
    deadline = time.monotonic() + SECONDS
    while not said():
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.01)


# --- one reading ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_matrix_is_read_into_memory_and_no_file_of_it_stays(temporary, request_of):
    own = reading.read(request_of(title="My review", as_of="2018-02-28"))

    assert own.tables.edition == CODE
    assert own.tables.package.title == "My review"
    assert own.tables.package.edition["as_of"] == "2018-02-28"
    assert own.reading["counts"]["courses_kept"] == len(own.tables.courses) == 3
    assert set(own.files) == {"marked.xlsx", "issues.csv", "edition.toml"}
    assert own.size > len(own.workbook)
    assert own.seconds > 0


@pytest.mark.slow
def test_every_figure_of_it_says_what_it_is(temporary, request_of):
    own = reading.read(request_of())

    assert own.tables.package.statement.startswith("A matrix that a person brought")
    assert own.tables.package.edition["licence"] == reading.LICENCE


@pytest.mark.slow
def test_what_is_answered_is_used_and_told_apart(temporary, request_of):
    given = (NIGERIA, NOTE)

    own = reading.read(request_of(answers=given))

    assert own.reading["counts"]["courses_kept"] == 5
    told = {
        answer: (said, used)
        for answer, said, used in findings.used_answers(own.reading, own.answers)
    }
    assert set(told) == set(given)
    assert told[NIGERIA] == ('"Nigera" stands for Nigeria (NGA).', 2)
    assert told[NOTE][1] == 1
    assert not any("Nigera" in group["title"] for group in findings.groups(own.reading))
    rules = findings.columns(own.reading).set_index("header")["recognised_by"]
    assert rules["Bemerkung"] == "your answer"


@pytest.mark.slow
def test_each_reading_has_a_mark_of_its_own(temporary, request_of):
    wanted = request_of()

    first, second = reading.read(wanted), reading.read(wanted)

    assert first.tables.signature != second.tables.signature


@pytest.mark.slow
def test_a_workbook_without_a_matrix_says_what_it_asks(temporary, tmp_path):
    path = write_grid(tmp_path / "land.xlsx", UNHEADED)

    own = reading.read(Request(path.read_bytes(), path.name))

    assert own.tables is None
    (group,) = [group for group in own.reading["groups"] if group["question"]]
    answer = answers.answer(group["question"], ("A",), ())
    again = reading.read(Request(path.read_bytes(), path.name, (answer,)))
    assert len(again.tables.courses) == 2


@pytest.mark.slow
@pytest.mark.parametrize("name", ["csv", "password", "truncated", "unclosed-xml"])
def test_a_broken_file_is_answered_with_its_own_message(temporary, tmp_path, name):
    write, said = BROKEN[name]
    path = tmp_path / f"{name}.xlsx"
    write(path)

    with pytest.raises(NotRead) as problem:
        reading.read(Request(path.read_bytes(), path.name))

    assert said in str(problem.value) and f"{name}.xlsx" in str(problem.value)


def test_a_file_that_is_too_large_is_refused_before_it_is_written(temporary, monkeypatch):
    monkeypatch.setattr(reading, "run", lambda *_: pytest.fail("it was read"))

    with pytest.raises(NotRead, match="larger than 25 MB"):
        reading.read(Request(bytes(25_000_001), "large.xlsx"))


def test_a_reading_that_is_not_wanted_any_more_ends_at_once(temporary, request_of, monkeypatch):
    begun = []
    real = subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda *a, **k: begun.append(real(*a, **k)) or begun[0]
    )

    with pytest.raises(Cancelled):
        reading.read(request_of(), lambda: False)

    assert begun[0].returncode == -9
    assert not process._at_work


@pytest.mark.parametrize(
    ("limit", "value", "said"),
    [
        ("SECONDS", 0.05, "takes longer than"),
        ("MEMORY_MB", 30, "needs more memory"),
        ("ROWS", 3, "more than 3 rows"),
    ],
)
def test_each_limit_holds_and_says_what_to_do(
    temporary, request_of, monkeypatch, limit, value, said
):
    monkeypatch.setattr(reading, limit, value)

    with pytest.raises(NotRead, match=said) as problem:
        reading.read(request_of())

    assert "Traceback" not in str(problem.value)


@pytest.mark.parametrize(
    ("status", "said", "told"),
    [
        (2, "Warning.\nx.xlsx is damaged.\n", "x.xlsx is damaged."),
        (-9, "", "more memory or time"),
        (1, "Traceback (most recent call last):\n  File\nMemoryError", "could not be read"),
        (2, "", "could not be read"),
    ],
)
def test_a_person_sees_a_sentence_and_never_a_traceback(status, said, told):
    assert told in process.why("x.xlsx", status, said)


def test_the_process_sees_nothing_of_the_server(tmp_path, monkeypatch):
    monkeypatch.setenv("ATLAS_SECRET", "secret")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    given = process._environment(tmp_path)

    assert "ATLAS_SECRET" not in given and "PYTHONPATH" not in given
    assert given["HOME"] == given["TMPDIR"] == str(tmp_path)


@pytest.mark.parametrize(
    ("name", "used"),
    [
        ("Été 2027.xlsx", "Été 2027.xlsx"),
        ("../../etc/passwd.xlsx", "passwd.xlsx"),
        ("a\\b\0c.xlsx", "b_c.xlsx"),
        ("...", "workbook.xlsx"),
        ("é" * 300, "é" * 60 + ".xlsx"),
    ],
)
def test_the_name_of_a_file_stays_within_its_folder(name, used):
    assert process.file_name(name) == used


def test_what_a_killed_server_left_is_removed_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    long_ago = time.time() - process.LEFT_BEHIND - 10
    for name in (f"{process.PREFIX}old", f"{process.PREFIX}new", "somebody-else"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "matrix.xlsx").write_bytes(b"x")
    for name in (f"{process.PREFIX}old", "somebody-else"):
        os.utime(tmp_path / name, (long_ago, long_ago))

    process._sweep()

    left = {path.name for path in tmp_path.iterdir()}
    assert left == {f"{process.PREFIX}new", "somebody-else"}


@pytest.mark.slow
@pytest.mark.parametrize("language", reading.LANGUAGES)
def test_a_blank_matrix_can_be_brought_back(temporary, language):
    reading.template.cache_clear()

    own = reading.read(Request(reading.template(language), "blank.xlsx"))

    assert findings.groups(own.reading) == []


@pytest.mark.slow
def test_what_is_kept_builds_the_same_tables(temporary, tmp_path, request_of):
    own = reading.read(request_of(answers=(NIGERIA,)))
    raw, out = tmp_path / "raw", tmp_path / "processed"
    shutil.copytree(reading.RAW / "contributions", raw / "contributions")
    zipfile.ZipFile(io.BytesIO(keep.folder(own))).extractall(raw)
    name = keep.folder_name(own)

    command = [sys.executable, "-m", "etl", "build", name, "--raw", str(raw), "--out", str(out)]
    subprocess.run(command, cwd=process.ROOT, check=True, capture_output=True)

    built = store.read(out / name)
    for table in ("countries", "centres", "courses", "audiences", "contributions"):
        pd.testing.assert_frame_equal(getattr(built, table), getattr(own.tables, table))


# --- beside the pages -----------------------------------------------------------------------------


@pytest.fixture
def gate(monkeypatch):
    """Readings that go on until the gate opens, or until they are not wanted; who has begun."""
    gate = SimpleNamespace(open=threading.Event(), begun=[], ended=[])

    def read(request, wanted):
        gate.begun.append(request.name)
        while not gate.open.wait(0.01):
            if not wanted():
                gate.ended.append(request.name)
                raise Cancelled
        return BroughtMatrix(None, {}, request.name, b"", size=10)

    monkeypatch.setattr(reading, "read", read)
    yield gate
    gate.open.set()
    _until(lambda: not any(t.name == "atlas-own-reading" for t in threading.enumerate()))


def _start(name="a"):
    return jobs.start(Request(b"", name))


def test_two_are_read_at_once_and_the_third_waits_and_says_so(gate):
    started = [_start(name) for name in "ab"]
    _until(lambda: len(gate.begun) == 2)
    third = _start("c")

    assert third.state is State.WAITING
    assert third.words().startswith("c waits: 2 other matrices are being read just now.")
    started[0].cancel()
    _until(lambda: "c" in gate.begun)
    gate.open.set()
    _until(lambda: third.is_over)

    assert started[0].state is State.CANCELLED and started[0].own is None
    assert third.state is State.DONE and third.own.name == "c"


def test_one_that_waits_can_be_cancelled(gate):
    held = [_start(name) for name in "abc"]
    _until(lambda: len(gate.begun) == 2)

    held[2].cancel()
    gate.open.set()
    _until(lambda: all(job.is_over for job in held))

    assert sorted(gate.begun) == ["a", "b"]


def test_a_reading_stops_when_its_session_is_gone(gate):
    job = _start("gone")
    _until(lambda: gate.begun == ["gone"])

    del job
    gc.collect()

    _until(lambda: gate.ended == ["gone"])


def test_too_many_waiting_are_refused_with_a_sentence(gate, monkeypatch):
    monkeypatch.setattr(jobs, "MOST_WAITING", 1)
    held = [_start(name) for name in "abc"]

    with pytest.raises(Busy, match="try again in a minute"):
        _start("d")
    assert len(held) == 3


def test_a_server_that_holds_too_much_takes_no_more(gate, monkeypatch):
    monkeypatch.setattr(jobs, "MOST_BYTES", 10)
    gate.open.set()
    job = _start()
    _until(lambda: job.is_over)

    with pytest.raises(Busy, match="holds too many matrices"):
        _start()
    job.own = None
    gc.collect()
    assert _start() is not None


@pytest.mark.parametrize(
    ("problem", "told"),
    [(NotRead("x is damaged."), "x is damaged."), (KeyError("oops"), "a fault of this program")],
)
def test_what_goes_wrong_is_told_to_the_owner(monkeypatch, problem, told):
    def read(*_):
        raise problem

    monkeypatch.setattr(reading, "read", read)
    job = _start("x")
    _until(lambda: job.is_over)

    assert job.state is State.FAILED and told in job.problem and "oops" not in job.problem


# --- answers --------------------------------------------------------------------------------------


QUESTION = {
    "file": ALIASES,
    "row": {"field": "country", "written": "Nigera", "code": ""},
    "many": False,
    "candidates": [{"code": "NER", "label": "Niger", "fills": {"code": "NER"}}],
    "can_leave_out": True,
    "leave_out": {"code": LEAVE_OUT},
}


@pytest.mark.parametrize(
    ("chosen", "many", "code"),
    [
        (["NER"], False, "NER"),
        (["NGA"], False, "NGA"),
        ([LEAVE_OUT], False, LEAVE_OUT),
        (["10 days"], False, "10 days"),
        (["a", "b"], True, "a;b"),
        (["a", LEAVE_OUT], True, LEAVE_OUT),
    ],
)
def test_an_answer_is_the_row_of_its_question_filled_in(chosen, many, code):
    more = [{"code": "NGA", "fills": {"code": "NGA"}}]

    answer = answers.answer({**QUESTION, "many": many}, chosen, more)

    assert answer == Answer(ALIASES, ("country", "Nigera", code))


def test_of_two_answers_about_the_same_thing_the_later_holds():
    other = Answer(ALIASES, ("country", " nigera", "NER"))

    assert answers.joined((NIGERIA, NOTE), (other,)) == (other, NOTE)


def test_answers_come_back_from_their_zip_file_as_they_were():
    given = (
        NIGERIA,
        NOTE,
        Answer(ALIASES, ("topics", "=cmd|' /C calc'!A0, \"x\"\ny", "ihl;other")),
        Answer(ALIASES, ("topics", "'=1", "ihl")),
    )

    data = answers.zipped(given)

    assert set(answers.unzipped(data)) == set(given)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert ",'=cmd" not in archive.read("answers/aliases.csv").decode()  # it is quoted
        assert "\"'=cmd" in archive.read("answers/aliases.csv").decode()


def _zip(**files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(f"{name}.csv", data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no zip file"),
        (b"PK\x03\x04", "no zip file"),
        (_zip(other="a"), "neither"),
        (_zip(aliases=b"field,written,code\n"), "neither"),
        (_zip(aliases=bytes(50_000_000)), "larger than 1 MB"),
        (_zip(aliases=b"\xff\xfe\x00"), "cannot be read"),
        (_zip(aliases="field,written,code\n" + "country,x,GHA\n" * 5001), "more than 5,000 rows"),
    ],
)
def test_a_file_that_holds_no_answers_is_answered_with_a_sentence(data, said):
    with pytest.raises(NotAnswers, match=said):
        answers.unzipped(data)


# --- what a page shows ----------------------------------------------------------------------------


def test_cells_of_a_group_are_listed_up_to_a_few():
    cells = [{"sheet": "Matrix", "cell": f"A{row}"} for row in range(1, 6)]
    group = {"cells": cells, "cells_total": 40}

    assert findings.cells(group, most=2) == "A1, A2 and 38 others"
    assert findings.cells({"cells": cells[:1], "cells_total": 1}) == "A1"
    cells[1] = {"sheet": "Old", "cell": "B2"}
    assert findings.cells({"cells": cells[:2], "cells_total": 2}) == "Matrix!A1, Old!B2"


@pytest.mark.slow
def test_the_sum_of_the_rows_adds_up(temporary, request_of):
    counts = reading.read(request_of()).reading["counts"]

    assert counts["rows_read"] == sum(
        counts[name]
        for name in ("courses_kept", "duplicates_merged", "rows_held_back", "rows_without_course")
    )
