"""Which sheet holds the matrix, and what is told when none does."""

import pytest

from etl.issues import NotAMatrix
from etl.matrix.headers import Header
from etl.matrix.synonyms import load_synonyms
from etl.matrix.table_search import find_header
from etl.workbook.reader import Sheet
from tests.fixtures.grids import sheet_of

NEEDED = ["Country", "Training centre", "Course title", "UN-CMCoord content"]
DATA = ["Ghana", "KAIPTC", "UN CIMIC course", "Module"]


def search(*sheets: Sheet) -> tuple[Header, tuple[Header, ...]]:
    return find_header(sheets, load_synonyms(), {})


def codes(*sheets: Sheet) -> list[tuple[str, str]]:
    with pytest.raises(NotAMatrix) as caught:
        search(*sheets)
    return [(issue.code, issue.column) for issue in caught.value.issues]


@pytest.mark.parametrize(
    ("sheets", "chosen"),
    [
        # Needed headers count before any others.
        (
            [
                sheet_of([*NEEDED[:3], "City", "Latitude", "Longitude"], DATA, title="more"),
                sheet_of(NEEDED, DATA, title="needed"),
            ],
            "needed",
        ),
        # Then all that are recognised.
        (
            [
                sheet_of(NEEDED, DATA, title="fewer"),
                sheet_of([*NEEDED, "City"], DATA, title="more"),
            ],
            "more",
        ),
        # Then the number of course rows, then the first.
        (
            [sheet_of(NEEDED, DATA, title="short"), sheet_of(NEEDED, DATA, DATA, title="long")],
            "long",
        ),
        ([sheet_of(NEEDED, DATA, title="first"), sheet_of(NEEDED, DATA, title="second")], "first"),
        # A template has no rows.
        (
            [sheet_of([*NEEDED, "City"], title="template"), sheet_of(NEEDED, DATA, title="filled")],
            "filled",
        ),
    ],
    ids=["needed", "recognised", "rows", "first", "template"],
)
def test_the_sheet_is_the_one_in_which_most_is_recognised(sheets: list[Sheet], chosen: str) -> None:
    assert search(*sheets)[0].sheet.title == chosen


def test_other_sheets_with_a_matrix_are_named() -> None:
    _, others = search(
        sheet_of(NEEDED, DATA, DATA),
        sheet_of(["Read me"]),
        sheet_of(NEEDED, DATA, title="Africa"),
        sheet_of(NEEDED, title="Template"),
    )

    assert [other.sheet.title for other in others] == ["Africa"]


@pytest.mark.parametrize("missing", range(4))
def test_each_needed_column_that_is_missing_is_an_error(missing: int) -> None:
    header = [name for index, name in enumerate(NEEDED) if index != missing]
    field = ("country", "centre_name", "course_title", "cmcoord_level")[missing]

    assert codes(sheet_of([*header, "City"])) == [("column-missing", field)]


def test_the_error_names_what_was_found_and_what_is_nearest() -> None:
    with pytest.raises(NotAMatrix) as caught:
        search(sheet_of(["Contry", "Training centre", "Course", "Weather", "CMCoord"]))

    message = str(caught.value)

    assert "has no column 'Country'" in message
    assert "A Contry; B Training centre; C Course; D Weather; E CMCoord" in message
    assert "Nearest: 'Contry'." in message
    assert "etl/maps/columns.csv" in message


@pytest.mark.parametrize(
    "sheets",
    [
        [],
        [sheet_of()],
        [sheet_of(["Shopping list"], ["Milk", "2"])],
        [sheet_of(["A source of water"], ["Source", "Litres"])],
        [sheet_of(NEEDED, first=26)],
    ],
    ids=["no-sheet", "empty", "something-else", "one-known-word", "too-far-down"],
)
def test_a_workbook_without_a_table_is_told_what_is_wanted(sheets: list[Sheet]) -> None:
    assert codes(*sheets) == [("no-table", "")]
