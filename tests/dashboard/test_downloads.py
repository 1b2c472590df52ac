"""Files that a person takes away."""

import io

import pandas as pd
import pytest

from dashboard.edition.selection import default_selection
from dashboard.exports.data import csv_files

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", '=cmd|" /C calc"!A0']


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert csv_files.inert(pd.DataFrame({"a": [text]}))["a"].item() == f"'{text}"


@pytest.mark.parametrize("text", ["Ghana", "", "a=b", "1-2", "'quoted"])
def test_other_text_stays_as_it_is(text):
    assert csv_files.inert(pd.DataFrame({"a": [text]}))["a"].item() == text


def test_numbers_stay_numbers_even_negative_ones():
    frame = pd.DataFrame({"a": [-1.5], "b": pd.array([None], dtype="Int64"), "c": [True]})

    pd.testing.assert_frame_equal(csv_files.inert(frame), frame)


def test_a_column_name_is_text_too():
    assert list(csv_files.inert(pd.DataFrame({"=a": [1]})).columns) == ["'=a"]


def test_making_a_file_leaves_the_frame_alone():
    frame = pd.DataFrame({"a": ["=1"]})

    csv_files.inert(frame)

    assert frame["a"].item() == "=1"


def test_every_row_says_where_it_comes_from_and_under_which_filters(edition):
    tables = edition(persons={"AAA": 1})
    names = ["Côte d'Ivoire", "Türkiye"]
    frame = pd.DataFrame({"country_name": names, "country_iso3": ["CIV", "TUR"]})

    data = csv_files.csv(frame, "The source.", default_selection(tables), tables.package)

    assert data.startswith(b"\xef\xbb\xbf")
    back = pd.read_csv(io.BytesIO(data))
    assert list(back["country_name"]) == names
    assert back["source"].unique().tolist() == ["The source."]
    assert back["filters"].unique().tolist() == [
        "All uniformed personnel, as of 31 January 2018 · threshold: Module or higher"
    ]
    assert back["edition_statement"].unique().tolist() == ["Invented for tests: tiny."]
    assert b"\r" not in data


def test_a_hostile_course_title_leaves_inert(edition):
    tables = edition(courses=[("AAA", {"course_title": "=HYPERLINK(1)"})], persons={"AAA": 1})

    data = csv_files.csv(tables.courses, "-source", default_selection(tables), tables.package)

    row = pd.read_csv(io.BytesIO(data)).iloc[0]
    assert (row["course_title"], row["source"]) == ("'=HYPERLINK(1)", "'-source")
