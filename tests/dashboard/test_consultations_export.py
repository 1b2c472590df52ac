"""consultations.xlsx with the open questions: readable, inert, nothing answered in advance."""

import io

import openpyxl
import pytest

from dashboard.edition.selection import default_selection
from dashboard.exports.data.questions_workbook import COLUMNS, FIELDS, consultations_workbook
from dashboard.measures.questions import open_questions

HOSTILE = '=HYPERLINK("http://example.org")'


@pytest.fixture
def book(edition):
    course = {"course_title": HOSTILE, "cmcoord_level": "cimic", "evidence_type": "news-report"}
    tables = edition(courses=[("AAA", course)], persons={"AAA": 5, "BBB": 3})
    questions = open_questions(tables, default_selection(tables))
    data = consultations_workbook(questions, tables.package)
    return questions, openpyxl.load_workbook(io.BytesIO(data))


def test_one_row_a_question_under_the_columns_of_the_template(book):
    questions, read = book
    rows = list(read["Consultations"].values)

    assert rows[0] == tuple(COLUMNS)
    assert len(rows) - 1 == len(questions)
    assert [row[7] for row in rows[1:]] == questions["question"].tolist()
    assert {row[4] for row in rows[1:]} <= set(FIELDS.values())


def test_what_is_to_be_learnt_is_empty(book):
    _, read = book
    place = [list(COLUMNS).index(name) for name in ("Date", "New value", "Source")]

    assert {row[n] for row in list(read["Consultations"].values)[1:] for n in place} == {None}


def test_a_title_is_text_even_when_it_looks_like_a_formula(book):
    _, read = book
    cell = read["Consultations"]["D2"]

    assert (cell.value, cell.data_type) == (HOSTILE, "s")


def test_excel_offers_the_kinds_of_evidence_and_the_second_sheet_explains_the_levels(book):
    _, read = book
    offered = [rule.formula1 for rule in read["Consultations"].data_validations.dataValidation]
    words = [row[0] for row in read["How to fill in"].values]

    assert any("Course page" in formula for formula in offered)
    assert any(line.startswith("– Module: ") for line in words)
    assert read["Consultations"].freeze_panes == "A2"


@pytest.mark.slow
def test_a_contributor_without_a_centre_is_a_row_without_a_centre(book):
    _, read = book
    last = list(read["Consultations"].values)[-1]

    assert (last[1], last[2], last[3], last[4]) == ("Land BBB", None, None, "new centre")


def test_without_a_question_the_workbook_is_the_empty_template(edition):
    tables = edition(persons={"AAA": 1})
    questions = open_questions(tables, default_selection(tables)).iloc[:0]
    read = openpyxl.load_workbook(io.BytesIO(consultations_workbook(questions, tables.package)))

    assert list(read["Consultations"].values) == [tuple(COLUMNS)]
