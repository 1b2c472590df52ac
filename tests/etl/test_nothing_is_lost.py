"""Properties of reading a matrix: every row goes somewhere, and no guess is ever made."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from etl.matrix import records
from etl.matrix.synonyms import load_synonyms
from etl.meaning import vocabulary
from etl.review.assembly import assemble
from etl.text import fold
from etl.workbook.reader import Sheet
from tests.fixtures.editions import HEADER

COUNTRIES = st.sampled_from(
    [None, None, "Ghana", "Kenya ", "SÉNÉGAL", "Nigera", "Ghana / Togo", "Note: see below", "Total"]
)
CENTRES = st.sampled_from([None, None, "KAIPTC", "Kaiptc", "École", "-"])
TITLES = st.sampled_from(
    [None, "Course one", "COURSE ONE", "Course two", "Курс", "n/a", "Course title"]
)
LEVELS = st.sampled_from([None, "?", "Module", "x", "No", "CIMIC only", "nonsense", 0, True])
ROWS = st.lists(st.tuples(COUNTRIES, CENTRES, TITLES, LEVELS), min_size=1, max_size=25)


def sheet_of(rows) -> Sheet:
    cells = {1: dict(enumerate(HEADER, start=1))}
    for number, row in enumerate(rows, start=2):
        held = {column: value for column, value in enumerate(row, start=1) if value is not None}
        if held:
            cells[number] = held
    return Sheet("Matrix", cells, (), frozenset(), frozenset(), frozenset())


def review_of(rows):
    known = vocabulary.tick_headers()
    first = [("Ghana", "First centre", "The course that is always there", "?")]
    return assemble(records.read_matrix([sheet_of(first + rows)], load_synonyms(), known))


@given(ROWS)
def test_rows_read_are_kept_merged_held_back_or_hold_no_course(rows):
    review = review_of(rows)

    assert review.rows_read == 1 + sum(any(value is not None for value in row) for row in rows)
    assert review.rows_read == (
        len(review.courses)
        + review.duplicates_merged
        + review.rows_held_back
        + review.rows_without_course
    )


@given(ROWS)
def test_every_row_that_is_not_kept_is_listed(rows):
    review = review_of(rows)
    listed = Counter(issue.code for issue in review.issues)

    assert listed["duplicate-course"] == review.duplicates_merged
    assert (
        sum(listed[code] for code in ("row-note", "row-header", "row-without-course"))
        == review.rows_without_course
    )
    held_back = ("country-unknown", "country-ambiguous", "country-missing")
    assert sum(listed[code] for code in held_back) >= review.rows_held_back


@given(ROWS)
def test_only_countries_that_are_written_are_found(rows):
    written = {fold(str(row[0])) for row in rows} | {"ghana"}
    names = {"GHA": "ghana", "KEN": "kenya", "SEN": "senegal"}

    assert all(names[iso3] in written for iso3 in review_of(rows).countries)


@given(ROWS)
def test_reading_the_same_matrix_twice_gives_the_same_review(rows):
    assert review_of(rows) == review_of(rows)
