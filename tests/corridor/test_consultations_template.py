"""The workbook of open questions, put back where the build reads it: unanswered and answered."""

import csv
import io
import json
import shutil

import openpyxl
import pytest

from dashboard.edition import store
from dashboard.edition.selection import default_selection
from dashboard.exports.data.questions_workbook import (
    COLUMNS,
    FIELDS,
    FILE_NAME,
    consultations_workbook,
)
from dashboard.measures.conversations import consultation_changes, moved, without_consultations
from dashboard.measures.coverage import coverage
from dashboard.measures.questions import open_questions
from etl.build.pipeline import build_edition
from tests.fixtures.editions import ROOT

EDITIONS = ["desk-review-2018", "public-sources-2026"]
# An answer that the build can read, for each field that is asked for.
ANSWERS = {
    "cmcoord_level": "UN-CMCoord module",
    "evidence_type": "Curriculum",
    "audience": "Military; Police",
    "language": "French",
    "year": "2019",
    "duration": "5 days",
    "course_title": "Dedicated course",
    "centre_name": None,
}


@pytest.fixture(params=EDITIONS)
def raw(request, tmp_path):
    """A folder like data/raw with one of the real editions: (folder, its name)."""
    folder = tmp_path / "raw"
    for part in ("contributions", request.param):
        shutil.copytree(ROOT / "data" / "raw" / part, folder / part)
    return folder, request.param


def _template(name):
    tables = store.read(ROOT / "data" / "processed" / name)
    questions = open_questions(tables, default_selection(tables))
    return questions, consultations_workbook(questions, tables.package)


def _built(folder, name, out):
    build_edition(folder, name, out)
    package = json.loads((out / name / "datapackage.json").read_text(encoding="utf-8"))
    with open(out / name / "issues.csv", encoding="utf-8", newline="") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    return package["consultations"], [code for code in codes if code.startswith("consultation")]


def _answered(data, questions):
    """The same workbook with an answer in every row."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Consultations"]
    place = {name: number for number, name in enumerate(COLUMNS, start=1)}
    for row, field in enumerate(questions["field"], start=2):
        sheet.cell(row, place["Date"], "2019-05-04")
        sheet.cell(row, place["New value"], ANSWERS[field])
        sheet.cell(row, place["Source"], "Note of a call")
        if field == "centre_name":
            sheet.cell(row, place["Training centre"], "A centre that was named")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_an_unanswered_workbook_changes_nothing_and_is_no_issue(raw, tmp_path):
    folder, name = raw
    questions, data = _template(name)
    (folder / name / FILE_NAME).write_bytes(data)

    counts, issues = _built(folder, name, tmp_path / "out")
    assert issues == []
    assert (counts["rows"], counts["open"]) == (len(questions), len(questions))
    assert (counts["applied"], counts["unmatched"], counts["changes"]) == (0, 0, [])


def test_every_answer_finds_the_thing_that_was_asked_about(raw, tmp_path):
    folder, name = raw
    questions, data = _template(name)
    (folder / name / FILE_NAME).write_bytes(_answered(data, questions))

    counts, issues = _built(folder, name, tmp_path / "out")
    assert set(issues) == {"consultation-applied"}
    assert (counts["applied"], counts["unmatched"], counts["open"]) == (len(questions), 0, 0)
    asked = sorted(zip(questions["country_iso3"], questions["course_id"], strict=True))
    told = sorted((change["country_iso3"], change["course_id"]) for change in counts["changes"])
    assert told == asked
    assert {change["date"] for change in counts["changes"]} == {"2019-05-04"}
    assert all(change["note"].endswith((".", "?")) for change in counts["changes"])


def test_the_state_before_the_conversations_is_the_desk_review_again(raw, tmp_path):
    folder, name = raw
    questions, data = _template(name)
    (folder / name / FILE_NAME).write_bytes(_answered(data, questions))
    _built(folder, name, tmp_path / "out")

    review = store.read(ROOT / "data" / "processed" / name)
    tables = store.read(tmp_path / "out" / name)
    selection = default_selection(review)
    earlier, plain = coverage(without_consultations(tables), selection), coverage(review, selection)
    assert (earlier.n, earlier.upper, earlier.N) == (plain.n, plain.upper, plain.N)
    effect = moved(tables, selection)
    assert effect.before.n == plain.n
    assert effect.after.n > plain.n
    assert len(consultation_changes(tables)) == len(questions)


def test_a_question_that_was_put_is_told_as_asked(raw, tmp_path):
    folder, name = raw
    questions, data = _template(name)
    book = openpyxl.load_workbook(io.BytesIO(data))
    book["Consultations"].cell(2, 1, "2019-05-04")
    book.save(folder / name / FILE_NAME)

    counts, issues = _built(folder, name, tmp_path / "out")
    assert issues == []
    (asked,) = counts["asked"]
    first = questions.iloc[0]
    assert (asked["country_iso3"], asked["course_id"]) == (
        first["country_iso3"],
        first["course_id"],
    )
    assert (asked["date"], asked["note"]) == ("2019-05-04", first["question"])


def test_every_field_that_is_asked_for_has_a_name_that_the_build_reads():
    asked = set()
    for name in EDITIONS:
        asked |= set(_template(name)[0]["field"])

    assert asked <= set(FIELDS) == set(ANSWERS)
