"""Files of courses and centres: Excel with real types, CSV with HXL tags, nothing active in any."""

import csv
import io

import numpy as np
import openpyxl
import pandas as pd
import pytest

from dashboard.edition.selection import default_selection
from dashboard.edition.store import folder, read
from dashboard.exports.data import csv_files
from dashboard.exports.data.dictionary import ORIGIN, Column, dictionary
from dashboard.exports.data.workbook import LONGEST_TEXT, about, workbook
from dashboard.figures.courses import filters_in_words
from dashboard.measures.found_courses import CENTRE_COLUMNS, COURSE_COLUMNS, whole_rows
from dashboard.measures.search import CENTRES, COURSES, Query, everything

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("http://example.org")',
    "{=A1}",
    "http://example.org",
    "007",
]
SHA = "0" * 64


def _opened(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))


def _written(tables, frame, columns=()):
    told = about("Title of the file", "None", "The source.", tables.package)
    return _opened(workbook("Courses", frame, told, columns, tables.package))


@pytest.fixture
def tables(edition):
    return edition(courses=[("AAA", {"course_title": "=1+1"})], persons={"AAA": 1})


def test_values_keep_their_types_and_what_is_missing_stays_empty(tables):
    frame = pd.DataFrame(
        {
            "text": ["a", ""],
            "whole": pd.array([3, None], dtype="Int64"),
            "part": [2.5, np.nan],
            "yes": pd.array([True, None], dtype="boolean"),
        }
    )
    sheet = _written(tables, frame)["Courses"]

    assert [cell.value for cell in sheet[2]] == ["a", 3, 2.5, True]
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "n", "b"]
    assert [cell.value for cell in sheet[3]] == [None] * 4


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_text_whatever_excel_would_make_of_it(tables, text):
    sheet = _written(tables, pd.DataFrame({"=head": [text]}))["Courses"]

    assert (sheet["A2"].value, sheet["A2"].data_type) == (text, "s")
    assert sheet["A1"].data_type == "s"
    assert sheet["A2"].hyperlink is None


def test_the_header_stays_in_sight_and_filters(tables):
    sheet = _written(tables, pd.DataFrame({"a": [1, 2], "b": [3, 4]}))["Courses"]

    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"


def test_a_text_longer_than_a_cell_is_cut_with_a_sign_not_dropped(tables):
    sheet = _written(tables, pd.DataFrame({"a": ["x" * (LONGEST_TEXT + 5)]}))["Courses"]

    assert len(sheet["A2"].value) == LONGEST_TEXT
    assert sheet["A2"].value.endswith("…")


def test_the_second_sheet_says_where_the_rows_come_from(tables):
    book = _written(tables, pd.DataFrame({"a": [1]}))

    assert book.sheetnames == ["Courses", "About", "Columns"]
    said = {row[0].value: row[1].value for row in book["About"].iter_rows(min_row=2)}
    assert said["Title"] == "Title of the file"
    assert (said["Filters"], said["Source"]) == ("None", "The source.")
    assert (said["Edition"], said["Statement"]) == (tables.package.title, tables.package.statement)
    assert said["SHA-256 of tiny/matrix.xlsx"] == SHA


def test_the_third_sheet_explains_the_columns(tables):
    columns = [Column("a", "Title of a", "What a is", "days", "#x_a")]
    sheet = _written(tables, pd.DataFrame({"a": [1]}), columns)["Columns"]

    assert [cell.value for cell in sheet[2]] == ["a", "Title of a", "What a is", "days", "#x_a"]


def test_the_same_rows_give_the_same_workbook_twice(tables):
    told = about("Title", "None", "Source", tables.package)
    files = [
        workbook("Courses", pd.DataFrame({"a": [1]}), told, (), tables.package) for _ in range(2)
    ]

    assert files[0] == files[1]


@pytest.mark.parametrize("of", [COURSES, CENTRES])
def test_the_full_set_reads_back_as_it_is(of):
    tables = read(folder() / "desk-review-2018")
    frame = whole_rows(tables, everything(tables), of)
    columns = {COURSES: COURSE_COLUMNS, CENTRES: CENTRE_COLUMNS}[of]
    meanings = dictionary(frame.columns, columns, tables.package)
    data = workbook(of, frame, about("All", "None", "S", tables.package), meanings, tables.package)

    back = pd.read_excel(io.BytesIO(data), sheet_name=of, dtype="object", keep_default_na=False)
    assert list(back.columns) == list(frame.columns) == [column.name for column in meanings]
    expected = frame.astype("object").where(frame.notna(), "")
    pd.testing.assert_frame_equal(back, expected.reset_index(drop=True), check_dtype=False)
    assert all(column.title and column.description for column in meanings)
    assert all(column.hxl.startswith("#") for column in meanings)


def test_the_tags_stand_directly_below_the_header_and_the_rows_follow(tables):
    frame = pd.DataFrame({"country_iso3": ["AAA"], "persons": [3], "title": ["=1+1"]})
    tags = {"country_iso3": "#country+code+v_iso3", "persons": "#indicator+num"}
    tags |= {name: told[3] for name, told in ORIGIN.items()}
    data = csv_files.hxl(frame, tags, "S", default_selection(tables), tables.package, "none")

    header, tagged, row = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert header[:3] == ["country_iso3", "persons", "title"]
    assert tagged[:4] == ["#country+code+v_iso3", "#indicator+num", "", "#meta+edition"]
    assert row[:3] == ["AAA", "3", "'=1+1"]
    assert "none" in row


def test_numbers_of_a_tagged_file_are_written_as_in_the_plain_one(tables):
    frame = pd.DataFrame(
        {
            "year": pd.array([2017, None], dtype="Int64"),
            "days": [2.5, 10.0],
            "yes": pd.array([True, None], dtype="boolean"),
        }
    )
    selection = default_selection(tables)
    plain = csv_files.csv(frame, "S", selection, tables.package).decode("utf-8-sig")
    tagged = csv_files.hxl(frame, {}, "S", selection, tables.package).decode("utf-8-sig")

    lines = tagged.splitlines()
    assert [lines[0], *lines[2:]] == plain.splitlines()


def test_a_list_is_described_as_a_list():
    tables = read(folder() / "desk-review-2018")
    (topics,) = dictionary(["topics"], COURSE_COLUMNS, tables.package)

    assert topics.hxl == "#x_topic+list"
    assert "several are apart by “;”" in topics.description


def test_a_file_says_how_its_rows_were_chosen(tables):
    selection = default_selection(tables)

    assert filters_in_words(tables, selection, None).startswith("None: every course")
    said = filters_in_words(tables, selection, Query("peace"))
    assert said.startswith("search: “peace” · All uniformed personnel")
