"""In which rows a header stands, and what each of its columns is."""

from pathlib import Path

import pytest

from etl.matrix.headers import Column, best_header
from etl.matrix.synonyms import load_synonyms
from etl.matrix.table_search import find_header
from etl.text import fold
from etl.workbook.reader import open_workbook
from tests.fixtures.grids import sheet_of

ROOT = Path(__file__).parents[2]
SYNONYMS = load_synonyms()
TICKS = {
    fold(header): meaning
    for header, meaning in {
        "CIMIC": ("topics", "cimic"),
        "UN-CMCoord": ("topics", "un-cmcoord"),
        "Police": ("topics", "police"),
        "Policía": ("topics", "police"),
        "Military": ("audience", "military"),
        "Civilian": ("audience", "civilian"),
        "Staff officers": ("topics", "staff-officer"),
        "Protection of civilians": ("topics", "protection-of-civilians"),
    }.items()
}
NEEDED = ["Country", "Training centre", "Course title", "UN-CMCoord content"]
DATA = ["Ghana", "KAIPTC", "UN CIMIC course", "Module"]


def columns_of(*grid: list[str | None], **options) -> list[Column]:
    return list(best_header(sheet_of(*grid, **options), SYNONYMS, TICKS).columns)


def meanings(columns: list[Column]) -> list[str | None]:
    return [f"{column.field}:{column.code}" if column.code else column.field for column in columns]


class TestRows:
    def test_both_editions_are_recognised_whole(self) -> None:
        for edition in ("desk-review-2018", "public-sources-2026"):
            sheets = open_workbook(ROOT / "data" / "raw" / edition / "matrix.xlsx")

            header, others = find_header(sheets, SYNONYMS, TICKS)

            assert (header.sheet.title, header.score[:2], others) == ("Matrix", (4, 27), ())
            assert all(column.field for column in header.columns)

    @pytest.mark.parametrize("first", [1, 2, 25])
    def test_a_header_stands_anywhere_in_the_first_25_rows(self, first: int) -> None:
        header = best_header(sheet_of(NEEDED, DATA, first=first), SYNONYMS, TICKS)

        assert header.rows == (first,)
        assert header.score[:2] == (4, 4)

    def test_a_header_below_the_first_25_rows_is_none(self) -> None:
        assert best_header(sheet_of(NEEDED, DATA, first=26), SYNONYMS, TICKS) is None

    def test_columns_may_come_in_any_order_with_gaps(self) -> None:
        columns = columns_of(["CMCoord", None, "Course", "Notes", "Country", "Centre"])

        assert [(column.letter, column.field) for column in columns] == [
            ("A", "cmcoord_level"),
            ("C", "course_title"),
            ("D", None),
            ("E", "country"),
            ("F", "centre_name"),
        ]

    @pytest.mark.parametrize(
        ("grid", "merges", "expected"),
        [
            # Groups merged over their columns, and a header merged over both rows.
            (
                [
                    ["Country", "Training centre", None, "Course", None, "CMCoord"],
                    [None, "Name", "Source", "Title", "Source", None],
                ],
                ((1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 1, 5), (1, 6, 2, 6)),
                [
                    "country",
                    "centre_name",
                    "centre_source_url",
                    "course_title",
                    "source_url",
                    "cmcoord_level",
                ],
            ),
            # The same with groups written once over the first of their columns.
            (
                [
                    ["Country", "Training centre", None, "Course", None, "CMCoord"],
                    [None, "Name", "Source", "Title", "Source", None],
                ],
                (),
                [
                    "country",
                    "centre_name",
                    "centre_source_url",
                    "course_title",
                    "source_url",
                    "cmcoord_level",
                ],
            ),
            # A merged group ends where its merge ends: "Name" beyond it says nothing.
            (
                [
                    ["Country", "Centre", None, None, "Course", "CMCoord"],
                    [None, "Name", "City", "Name", None, None],
                ],
                ((1, 2, 1, 3),),
                ["country", "centre_name", "city", None, "course_title", "cmcoord_level"],
            ),
            # A single group, not over the first column.
            (
                [
                    [None, None, None, "UN-CMCoord content", None],
                    ["Pays", "Centre", "Cours", "Niveau", "Preuves"],
                ],
                (),
                ["country", "centre_name", "course_title", "cmcoord_level", "evidence"],
            ),
        ],
        ids=["merged", "written-once", "ends-with-its-merge", "single-group"],
    )
    def test_two_rows_are_read_together_when_that_recognises_more(
        self, grid, merges, expected: list[str | None]
    ) -> None:
        header = best_header(sheet_of(*grid, DATA, merges=merges), SYNONYMS, TICKS)

        assert header.rows == (1, 2)
        assert meanings(header.columns) == expected

    @pytest.mark.parametrize(
        "above",
        [
            ["COUNTRY", "TRAINING CENTRE", "COURSE", "CONTENT"],
            ["Training centres and courses: desk review"],
            ["As of", "2018"],
        ],
    )
    def test_on_a_tie_one_row_is_preferred(self, above: list[str]) -> None:
        assert best_header(sheet_of(above, NEEDED, DATA), SYNONYMS, TICKS).rows == (2,)

    def test_a_title_over_the_table_is_no_group(self) -> None:
        columns = columns_of(["Training centres"], [*NEEDED, "Source", "Year"], DATA)

        assert meanings(columns)[4:] == ["source_url", "year"]

    @pytest.mark.parametrize(
        "row",
        [
            DATA,
            [None, None, "CIMIC", "Module"],
            ["Ghana"],
            [None, "School", "Training", None],
            ["Ghana", None, None, None, "Military"],
        ],
    )
    def test_a_row_of_data_is_never_taken_for_a_second_header_row(self, row: list) -> None:
        header = best_header(sheet_of([*NEEDED, "Target audience"], row), SYNONYMS, TICKS)

        assert header.rows == (1,)

    @pytest.mark.parametrize(
        ("grid", "rows"),
        [
            ([NEEDED, DATA, [*NEEDED, "Duration", "Year"], DATA], (1,)),
            (
                [
                    ["Country", "Training centre", None, "Course", "CMCoord"],
                    [None, "Name", "City", "Title", None],
                    ["Ghana", "KAIPTC", "Accra", "A", "No"],
                    ["Pays", "Centre", "Ville", "Cours", "CMCoord"],
                    DATA,
                ],
                (1, 2),
            ),
            ([NEEDED, [None, None, "A", "No"], [*NEEDED, "City"]], (1,)),
            # Without a course in between it is the same header, and the better reading counts.
            ([NEEDED, [*NEEDED, "City"], DATA], (2,)),
            # What does not have all needed columns is none.
            (
                [["Country:", "Ghana"], ["Country", "Centre", "Course"], [*NEEDED, "City"], DATA],
                (3,),
            ),
        ],
        ids=["richer-below", "two-rows-first", "blank-country", "same-header", "not-all"],
    )
    def test_the_highest_header_with_all_needed_columns_is_the_header(
        self, grid: list, rows: tuple[int, ...]
    ) -> None:
        assert best_header(sheet_of(*grid), SYNONYMS, TICKS).rows == rows

    @pytest.mark.parametrize(
        "names",
        [["Name", "Name", "Title"], ["Nom", "Nom", "Titre"], ["Nombre", "Nombre", "Título"]],
    )
    def test_a_name_under_a_group_that_means_a_field_is_that_field(self, names: list[str]) -> None:
        columns = columns_of(
            ["COUNTRY", "CENTRE", None, "COURSE", "CONTENT"],
            [*names[:2], "City", names[2], "CMCoord"],
            DATA,
        )

        assert meanings(columns) == [
            "country",
            "centre_name",
            "city",
            "course_title",
            "cmcoord_level",
        ]

    def test_columns_after_hundreds_of_others_are_read(self) -> None:
        columns = columns_of([*(f"X{number}" for number in range(500)), *NEEDED])

        assert meanings(columns)[500:] == [
            "country",
            "centre_name",
            "course_title",
            "cmcoord_level",
        ]

    def test_numbers_dates_and_long_texts_are_no_headers(self) -> None:
        columns = columns_of([*NEEDED, 2017, "Country " + "x" * 200])

        assert [(column.header[:4], column.field) for column in columns[4:]] == [
            ("2017", None),
            ("Coun", None),
        ]


class TestTicks:
    @pytest.mark.parametrize(
        ("grid", "expected"),
        [
            ([[*NEEDED, "CIMIC", "Police"]], ["topics:cimic", "topics:police"]),
            (
                [[*NEEDED, "Military", "Police", "Civilian"]],
                ["audience:military", "audience:police", "audience:civilian"],
            ),
            (
                [[None] * 4 + ["Target audience", None], [*NEEDED, "CIMIC", "Policía"]],
                ["topics:cimic", "audience:police"],
            ),
            (
                [[None] * 4 + ["Participants", None], [*NEEDED, "Staff officers", "Police"]],
                ["audience:military", "audience:police"],
            ),
            (
                [
                    [None] * 4 + ["Topics", None, None],
                    [*NEEDED, "Police", "UN-CMCoord", "Protection of civilians"],
                ],
                ["topics:police", "topics:un-cmcoord", "topics:protection-of-civilians"],
            ),
            (
                [[None] * 4 + ["Protection"], [*NEEDED, "of civilians"]],
                ["topics:protection-of-civilians"],
            ),
            ([[*NEEDED, "Topics", "Audience"]], ["topics", "audience"]),
        ],
    )
    def test_a_column_headed_by_a_topic_or_an_audience_is_a_column_of_ticks(
        self, grid: list, expected: list[str]
    ) -> None:
        assert meanings(columns_of(*grid))[4:] == expected

    @pytest.mark.parametrize("level", ["UN-CMCoord content", "Level of CMCoord"])
    @pytest.mark.parametrize("tick_first", [True, False])
    def test_a_header_that_could_be_a_tick_leaves_the_field_to_a_clear_one(
        self, level: str, tick_first: bool
    ) -> None:
        both = ["UN-CMCoord", level] if tick_first else [level, "UN-CMCoord"]

        columns = columns_of([*NEEDED[:3], *both])

        assert {column.header: column.field for column in columns[3:]} == {
            "UN-CMCoord": "topics",
            level: "cmcoord_level",
        }

    def test_a_header_that_could_be_a_tick_is_the_field_when_it_is_alone(self) -> None:
        assert meanings(columns_of([*NEEDED[:3], "UN-CMCoord"]))[3] == "cmcoord_level"
