"""Rows become records: what carries down, what is no course, and where each value was read."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.issues import NotAMatrix
from etl.matrix.records import Reading, Record, read_matrix
from etl.matrix.synonyms import load_synonyms
from etl.text import address, fold
from etl.workbook.cells import CellValue, ExcelDate, ExcelError
from etl.workbook.reader import Sheet, open_workbook
from tests.fixtures import workbooks as made
from tests.fixtures.grids import sheet_of

SYNONYMS = load_synonyms()
TICKS = {
    fold(name): meaning
    for name, meaning in {
        "CIMIC": ("topics", "cimic"),
        "Gender": ("topics", "gender"),
        "Military": ("audience", "military"),
        "Police": ("topics", "police"),
    }.items()
}
HEADER = ["Country", "Training centre", "Course title", "UN-CMCoord content"]
A, B, C, D, E, F = range(1, 7)


def read(*rows: Sequence[CellValue], header: Sequence[str] = HEADER, **known) -> Reading:
    return read_matrix([sheet_of(header, *rows, **known)], SYNONYMS, TICKS)


def shown(record: Record, *fields: str) -> tuple[CellValue, ...]:
    """Return the values of some fields, of country, centre and course if none is named."""
    names = fields or ("country", "centre_name", "course_title")
    return tuple(record.cells[name].value if name in record.cells else None for name in names)


def told(reading: Reading, code: str) -> list[str]:
    """Return the cells of the issues with this code."""
    return [issue.cell for issue in reading.issues if issue.code == code]


class TestCarrying:
    @pytest.mark.parametrize(
        ("rows", "expected"),
        [
            # Blank cells below a filled one mean the same.
            (
                [["Ghana", "KAIPTC", "A", "?"], [None, None, "B", "?"]],
                [("Ghana", "KAIPTC", "A"), ("Ghana", "KAIPTC", "B")],
            ),
            # Blank rows do not stop that.
            (
                [["Ghana", "KAIPTC", "A"], [], [], [None, None, "B"]],
                [("Ghana", "KAIPTC", "A"), ("Ghana", "KAIPTC", "B")],
            ),
            # A new centre of the same country.
            (
                [["Ghana", "KAIPTC", "A"], [None, "GAFCSC", "B"], [None, None, "C"]],
                [("Ghana", "KAIPTC", "A"), ("Ghana", "GAFCSC", "B"), ("Ghana", "GAFCSC", "C")],
            ),
            # A blank centre under a new country is not the centre of the old one.
            (
                [["Ghana", "KAIPTC", "A"], ["Kenya", None, "B"], [None, "IPSTC", "C"]],
                [("Ghana", "KAIPTC", "A"), ("Kenya", None, "B"), ("Kenya", "IPSTC", "C")],
            ),
            # The same country written again is no new one.
            (
                [["Ghana", "KAIPTC", "A"], ["GHANA ", None, "B"]],
                [("Ghana", "KAIPTC", "A"), ("GHANA ", "KAIPTC", "B")],
            ),
            # Rows above the first country have none.
            (
                [[None, None, "A"], ["Ghana", "KAIPTC", "B"]],
                [(None, None, "A"), ("Ghana", "KAIPTC", "B")],
            ),
        ],
        ids=["blank", "blank-rows", "new-centre", "new-country", "same-country", "no-country"],
    )
    def test_country_and_centre_carry_down(self, rows, expected: list[tuple]) -> None:
        assert [shown(record) for record in read(*rows).records] == expected

    def test_no_other_column_carries_down(self) -> None:
        header = [*HEADER, "Region", "City", "Audience", "Source"]

        reading = read(
            ["Ghana", "KAIPTC", "A", "Module", "Africa", "Accra", "Police", "url"],
            [None, None, "B"],
            header=header,
        )

        assert reading.records[1].cells.keys() == {"country", "centre_name", "course_title"}

    def test_a_carried_value_keeps_the_address_of_its_own_cell(self) -> None:
        reading = read(["Ghana", "KAIPTC", "A"], [], [None, None, "B"])

        cells = reading.records[1].cells
        assert {name: cell.address for name, cell in cells.items()} == {
            "country": "A2",
            "centre_name": "B2",
            "course_title": "C4",
        }
        assert (cells["country"].row, cells["country"].column) == (2, A)

    def test_a_country_alone_in_its_row_heads_the_rows_below(self) -> None:
        reading = read(["Ghana"], [None, "KAIPTC", "A"], ["Kenia (sic)"], [None, None, "B"])

        assert [shown(record) for record in reading.records if record.holds_course] == [
            ("Ghana", "KAIPTC", "A"),
            ("Kenia (sic)", None, "B"),
        ]
        assert told(reading, "row-without-course") == ["A2", "A4"]

    def test_a_lone_text_in_a_first_column_without_meaning_heads_the_rows_below(self) -> None:
        reading = read(
            [1, "Ghana", "KAIPTC", "A"],
            ["Kenya"],
            [2, None, None, "B"],
            ["3"],
            [4, None, None, "C"],
            header=["No.", *HEADER],
        )

        assert [shown(record) for record in reading.records if record.holds_course] == [
            ("Ghana", "KAIPTC", "A"),
            ("Kenya", None, "B"),
            ("Kenya", None, "C"),
        ]
        assert reading.records[1].cells["country"].address == "A3"

    @pytest.mark.parametrize("value", [ExcelError("#REF!"), "?", "-", 7])
    def test_a_country_that_cannot_be_read_is_not_replaced_by_the_one_above(
        self, value: CellValue
    ) -> None:
        reading = read(["Ghana", "KAIPTC", "A"], [value, None, "B"], [None, None, "C"])

        assert [shown(record) for record in reading.records[1:]] == [
            (value, None, "B"),
            (value, None, "C"),
        ]

    def test_a_country_that_is_a_formula_without_value_is_not_the_one_above(self) -> None:
        reading = read(
            ["Ghana", "KAIPTC", "A"],
            [None, None, "B"],
            [None, None, "C"],
            formulas_without_value=frozenset({(3, A)}),
        )

        assert [shown(record) for record in reading.records[1:]] == [
            (None, None, "B"),
            (None, None, "C"),
        ]
        assert told(reading, "formula-without-value") == ["A3"]

    def test_a_centre_that_is_a_formula_without_value_is_not_the_one_above(self) -> None:
        reading = read(
            ["Ghana", "KAIPTC", "A"], [None, None, "B"], formulas_without_value=frozenset({(3, B)})
        )

        assert shown(reading.records[1]) == ("Ghana", None, "B")


class TestMerges:
    def test_a_merged_cell_carries_its_value_to_every_row(self) -> None:
        reading = read(
            ["Ghana", "KAIPTC", "A", "Module"],
            [None, None, "B"],
            [None, None, "C"],
            merges=((2, A, 4, A), (2, B, 3, B), (2, D, 4, D)),
        )

        assert [shown(record, "cmcoord_level") for record in reading.records] == [("Module",)] * 3
        assert [record.cells["cmcoord_level"].address for record in reading.records] == ["D2"] * 3

    def test_a_course_merged_over_rows_is_the_course_of_each(self) -> None:
        header = [*HEADER, "Audience"]

        reading = read(
            ["Ghana", "KAIPTC", "A", "Module", "Military"],
            [None, None, None, None, "Police"],
            header=header,
            merges=((2, C, 3, C),),
        )

        assert [shown(record, "course_title", "audience") for record in reading.records] == [
            ("A", "Military"),
            ("A", "Police"),
        ]

    def test_a_text_merged_across_columns_stays_in_the_first(self) -> None:
        reading = read(
            ["Ghana", "KAIPTC", "A"], ["Kenya"], [None, "IPSTC", "B"], merges=((3, A, 3, D),)
        )

        assert reading.records[1].cells.keys() == {"country"}
        assert shown(reading.records[2]) == ("Kenya", "IPSTC", "B")

    def test_a_merge_over_rows_and_columns_carries_in_its_first_column_alone(self) -> None:
        reading = read(
            ["Ghana", "KAIPTC", "A"], [None, None, None, "Module"], merges=((2, B, 3, C),)
        )

        assert [shown(record) for record in reading.records] == [
            ("Ghana", "KAIPTC", "A"),
            ("Ghana", "KAIPTC", None),
        ]

    def test_a_merge_that_begins_in_the_header_or_above_carries_nothing(self) -> None:
        reading = read(
            ["Ghana", "KAIPTC", "A"],
            [None, None, "B"],
            merges=((1, A, 1_048_576, 16_384), (1, D, 3, D)),
        )

        assert [shown(record, "country", "cmcoord_level") for record in reading.records] == [
            ("Ghana", None),
            ("Ghana", None),
        ]

    def test_the_merge_decides_over_a_carried_value(self) -> None:
        reading = read(
            ["Ghana", "KAIPTC", "A"],
            ["Kenya", "IPSTC", "B"],
            [None, None, "C"],
            [None, None, "D"],
            merges=((3, A, 4, A),),
        )

        assert [shown(record)[:2] for record in reading.records] == [
            ("Ghana", "KAIPTC"),
            ("Kenya", "IPSTC"),
            ("Kenya", "IPSTC"),
            ("Kenya", "IPSTC"),
        ]

    def test_an_empty_merge_is_blank(self) -> None:
        reading = read(
            ["Ghana", "KAIPTC", "A"], [None, None, "B"], [None, None, "C"], merges=((3, A, 4, A),)
        )

        assert shown(reading.records[2])[0] == "Ghana"

    def test_many_merges_take_no_longer_than_their_number(self) -> None:
        rows = [["Ghana" if row % 2 else None, None, f"Course {row}"] for row in range(1, 10_001)]
        merges = tuple((row, A, row + 1, A) for row in range(2, 10_002, 2))

        reading = read(*rows, merges=merges)

        assert len(reading.records) == 10_000


class TestRowsWithoutCourse:
    @pytest.mark.parametrize(
        "text",
        [
            "-",
            "–",
            "?",
            "…",
            "n/a",
            "N.A.",
            "None",
            "no course",
            "TBC",
            "nil",
            "Aucun",
            "aucun cours",
            "néant",
            "Ninguno",
            "sin curso",
            "No information",
        ],
    )
    def test_a_mark_in_the_course_column_is_no_course(self, text: str) -> None:
        reading = read(["Ghana", "KAIPTC", "A"], ["Kenya", "IPSTC", text])

        assert [record.holds_course for record in reading.records] == [True, False]
        assert shown(reading.records[1]) == ("Kenya", "IPSTC", None)
        assert told(reading, "row-without-course") == ["A3"]

    @pytest.mark.parametrize(
        "text",
        [
            "No courses identified",
            "No UN course",
            "No CMCoord course",
            "None identified",
            "No peacekeeping training",
            "No relevant courses were found.",
            "Aucun cours identifié",
            "Pas de cours recensé",
            "Ningún curso identificado",
            "No hay cursos registrados",
        ],
    )
    def test_a_sentence_that_says_none_was_found_is_no_course(self, text: str) -> None:
        assert [
            record.holds_course
            for record in read(["Ghana", "KAIPTC", "A"], ["Kenya", "IPSTC", text]).records
        ] == [True, False]

    @pytest.mark.parametrize(
        "title",
        [
            "No strategy, no peace",
            "Sin fronteras",
            "No-fly zones",
            "None identified casualties course",
            "Non-violence",
            "TBC course",
            1325,
            "Ñ",
            "维和",
            "No. 5",
        ],
    )
    def test_anything_else_is_a_course(self, title: CellValue) -> None:
        assert shown(read(["Ghana", "KAIPTC", title]).records[0])[2] == title

    def test_a_row_that_names_nothing_of_its_own_is_counted_and_listed(self) -> None:
        reading = read(["Ghana", "KAIPTC", "A"], [None, None, None, "Module"])

        assert len(reading.records) == 1
        assert (reading.rows_read, reading.rows_without_course) == (2, 1)
        assert told(reading, "row-without-course") == ["D3"]

    def test_an_excel_error_is_no_title_and_is_told(self) -> None:
        reading = read(["Ghana", "KAIPTC", "A"], [None, None, ExcelError("#REF!"), "Module"])

        assert [record.holds_course for record in reading.records] == [True]
        assert told(reading, "excel-error") == ["C3"]
        assert (reading.rows_read, reading.rows_without_course) == (2, 1)

    def test_a_row_of_nothing_but_formulas_without_value_is_counted(self) -> None:
        reading = read(["Ghana", "KAIPTC", "A"], formulas_without_value=frozenset({(3, C)}))

        assert (reading.rows_read, reading.rows_without_course) == (2, 1)

    @pytest.mark.parametrize(
        "note",
        [
            "Note: only the opening part was read.",
            "NB: see below",
            "N.B. two rows",
            "Nota: véase",
            "Remarque : données de 2018",
            "Source: OCHA",
            "Sources",
            "Fuente: ONU",
            "Total",
            "TOTAL: 5",
            "Sub-total",
            "Sous-total",
            "Grand total",
            "* certified by ITS",
            "† host country",
            "[1] As of 2018",
            "Légende",
            "Last updated 3 May 2018",
            "Mis à jour en 2018",
            "The countries above were reviewed by a team of students between October and February "
            "2018",
        ],
    )
    def test_a_note_alone_in_the_country_column_is_no_country(self, note: str) -> None:
        reading = read(["Ghana", "KAIPTC", "A"], [note], [None, None, "B"])

        assert [shown(record) for record in reading.records] == [
            ("Ghana", "KAIPTC", "A"),
            ("Ghana", "KAIPTC", "B"),
        ]
        assert told(reading, "row-note") == ["A3"]

    @pytest.mark.parametrize(
        ("row", "column"),
        [
            ([None, None, "Note: a question mark means that nothing was found"], C),
            ([None, "Source: OCHA"], B),
            ([None, None, None, "N.B."], D),
        ],
    )
    def test_a_clear_note_is_one_in_every_column(self, row: list, column: int) -> None:
        reading = read(["Ghana", "KAIPTC", "A"], row, [None, None, "B"])

        assert [shown(record) for record in reading.records] == [
            ("Ghana", "KAIPTC", "A"),
            ("Ghana", "KAIPTC", "B"),
        ]
        assert told(reading, "row-note") == [address(3, column)]

    @pytest.mark.parametrize(
        "text",
        [
            "Total courses: 3",
            "Total courses",
            "Subtotal: 2 courses",
            "Nombre total de cours",
            "Total de cursos",
            "Total general",
            "Number of courses: 3",
            "3 courses",
            "* x",
            "** x",
            "(1) x",
            "[1] x",
            "Last updated 3 May",
            "N.B. x",
            "Mis à jour le 3 mai",
        ],
    )
    def test_a_total_or_a_footnote_alone_in_the_course_column_is_a_note(self, text: str) -> None:
        reading = read(["Ghana", "KAIPTC", "A"], [None, None, text])

        assert len(reading.records) == 1
        assert told(reading, "row-note") == ["C3"]

    def test_a_total_beside_its_number_is_a_note(self) -> None:
        assert told(read(["Ghana", "KAIPTC", "A"], [None, None, "Total", 3]), "row-note") == ["C3"]

    @pytest.mark.parametrize(
        "row",
        [
            ["Ghana", "KAIPTC", "Total courses"],
            [None, "KAIPTC", "3 courses"],
            [None, None, "Totals", "No"],
            [None, None, "1325"],
            [None, None, "1325", 2018],
            [None, None, "Total force protection"],
            [None, None, "Note taking for observers"],
            [None, None, "Sources of IHL"],
            [None, None, "Updated IHL course"],
        ],
    )
    def test_what_belongs_to_a_centre_or_a_level_or_has_a_title_is_a_course(
        self, row: list
    ) -> None:
        assert len(read(["Ghana", "KAIPTC", "A"], row).records) == 2

    @pytest.mark.parametrize(
        "title",
        [
            "Notes and queries in staff work",
            "Source protection course",
            "Total defence course",
            "*New* course",
            "Key leader engagement",
            "A course with a title that is longer than eighty "
            "characters, as some courses of staff colleges have",
        ],
    )
    def test_a_title_alone_in_its_row_is_a_course_although_it_begins_like_a_note(
        self, title: str
    ) -> None:
        reading = read(["Ghana", "KAIPTC", "A"], [None, None, title])

        assert shown(reading.records[1])[2] == title

    def test_a_row_of_totals_is_a_note(self) -> None:
        reading = read(["Ghana", "KAIPTC", "A"], ["Total", 1, 1, "100 %"])

        assert told(reading, "row-note") == ["A3"]
        assert len(reading.records) == 1

    def test_a_course_beside_a_number_is_no_total(self) -> None:
        header = [HEADER[2], HEADER[0], HEADER[1], HEADER[3], "Year"]

        reading = read(
            ["A", "Ghana", "KAIPTC"],
            ["Total defence course", None, None, None, 2018],
            ["Total:", 1, 1, None, 2],
            header=header,
        )

        assert [shown(record)[2] for record in reading.records] == ["A", "Total defence course"]

    def test_a_note_in_a_first_column_without_meaning_is_a_note(self) -> None:
        reading = read([1, "Ghana", "KAIPTC", "A"], ["Note: end of table"], header=["No.", *HEADER])

        assert told(reading, "row-note") == ["A3"]

    def test_a_note_merged_over_rows_carries_nothing(self) -> None:
        reading = read(
            ["Ghana", "KAIPTC", "A"],
            ["Note: two rows"],
            [None, "IPSTC", "B"],
            merges=((3, A, 4, A),),
        )

        assert shown(reading.records[1]) == ("Ghana", "IPSTC", "B")

    @pytest.mark.parametrize(
        "row",
        [
            HEADER,
            [text.upper() for text in HEADER],
            ["Country", "Centre", "Course"],
            ["Pays", "Centre de formation", "Cours", "Contenu CMCoord"],
            ["Country", "Training centre", None, None],
            ["Country"],
        ],
    )
    def test_a_repeated_header_is_no_course(self, row: list[str]) -> None:
        reading = read(["Ghana", "KAIPTC", "A"], row, [None, None, "B"])

        assert [shown(record) for record in reading.records] == [
            ("Ghana", "KAIPTC", "A"),
            ("Ghana", "KAIPTC", "B"),
        ]
        assert told(reading, "row-header") == ["A3"]

    def test_a_repeated_header_of_two_rows_is_two_rows_without_course(self) -> None:
        header = [
            ["Country", "Centre", None, "Course", None],
            [None, "Name", "City", "Title", "CMCoord"],
        ]
        sheet = sheet_of(
            *header,
            ["Ghana", "KAIPTC", "Accra", "A", "?"],
            *header,
            ["Kenya", "IPSTC", "Nairobi", "B", "?"],
        )

        reading = read_matrix([sheet], SYNONYMS, TICKS)

        assert reading.header_rows == (1, 2)
        assert told(reading, "row-header") == ["A4", "B5"]
        assert [shown(record)[2] for record in reading.records] == ["A", "B"]

    @pytest.mark.parametrize(
        "row",
        [
            ["Ghana", "Academy", "Training", "No", None, "Website"],
            ["Country visit", "Centre", "Course", "Module"],
            ["Ghana", "Training centre", "Course title", "UN-CMCoord content"],
            [None, "Academy", "Training", "CMCoord", None, "Website"],
        ],
    )
    def test_a_row_without_a_header_for_its_country_is_no_header(self, row: list) -> None:
        reading = read(["Ghana", "KAIPTC", "A"], row, header=[*HEADER, "City", "Source"])

        assert shown(reading.records[1])[2] == row[2]

    @pytest.mark.parametrize(
        "row",
        [
            [1, 2, 3, 4],
            ["1", "2", "3", "4"],
            list("ABCD"),
            ["(a)", "(b)", "(c)", "(d)"],
            [None, "2.", "3.", "4."],
        ],
    )
    def test_numbers_of_the_columns_under_the_header_are_no_course(self, row: list) -> None:
        reading = read(row, ["Ghana", "KAIPTC", "A"])

        assert [shown(record)[2] for record in reading.records] == ["A"]
        assert len(told(reading, "row-header")) == 1

    @pytest.mark.parametrize("row", [["Ghana", "B", "C", "D"], [None, None, "C"], [4, 3, 2, 1]])
    def test_other_short_values_under_the_header_are_a_course(self, row: list) -> None:
        assert len(read(row, ["Ghana", "KAIPTC", "A"]).records) == 2

    @pytest.mark.parametrize(
        "row",
        [
            [None, "School", "Training"],
            [None, None, "Training"],
            [None, None, "B", None, "CIMIC", "Gender"],
            [None, None, None, None, "CIMIC", "Gender"],
        ],
    )
    def test_words_that_are_also_headers_make_no_header(self, row: list) -> None:
        reading = read(["Ghana", "KAIPTC", "A"], row, header=[*HEADER, "CIMIC", "Gender"])

        assert not told(reading, "row-header")

    def test_rows_above_the_header_that_look_like_courses_are_told(self) -> None:
        sheet = sheet_of(
            ["Matrix", "of", "2018", "by", "country"],
            ["COUNTRY", "CENTRE", "COURSE"],
            ["Ghana", "KAIPTC", "A"],
            ["Country:", "all", "all"],
            HEADER,
            ["Ghana", "KAIPTC", "B"],
        )

        reading = read_matrix([sheet], SYNONYMS, TICKS)

        assert told(reading, "rows-above-header") == ["A1"]
        assert "(1, 3)" in next(issue.message for issue in reading.issues)

    def test_values_above_the_header_are_not_read(self) -> None:
        sheet = sheet_of(["Title"], [], HEADER, ["Ghana", "KAIPTC", "A"])

        reading = read_matrix([sheet], SYNONYMS, TICKS)

        assert (reading.header_rows, reading.rows_read) == ((3,), 1)

    @pytest.mark.parametrize(
        "rows", [[], [["Ghana"]], [["Note: nothing yet"]], [["Ghana", "KAIPTC", "TBC"]]]
    )
    def test_a_header_without_a_course_below_is_an_error(self, rows: list) -> None:
        with pytest.raises(NotAMatrix) as caught:
            read(*rows)

        (issue,) = caught.value.issues
        assert (issue.code, issue.sheet, issue.cell) == ("no-rows", "Matrix", "C1")

    def test_the_error_names_formulas_without_value_as_the_reason(self) -> None:
        with pytest.raises(NotAMatrix, match="2 course cells are formulas .* Excel"):
            read(["Ghana", "KAIPTC"], formulas_without_value=frozenset({(2, C), (3, C)}))


class TestLaterHeaders:
    def test_more_columns_are_read_from_there_on(self) -> None:
        reading = read(
            ["Ghana", "KAIPTC", "A", "No"],
            [*HEADER, "Duration", "CIMIC", "Mood"],
            ["Ghana", "KAIPTC", "B", "No", "2 days", "x", "good"],
        )

        first, second = reading.records
        assert (first.cells.get("duration"), second.cells["duration"].value) == (None, "2 days")
        assert [code for _, code, _ in second.ticks] == ["cimic"]
        assert told(reading, "header-changed") == ["E3"]
        assert [issue.column for issue in reading.issues if issue.code == "column-unknown"] == [
            "Mood"
        ]
        assert (reading.rows_read, reading.rows_without_course) == (3, 1)

    @pytest.mark.parametrize(
        "again",
        [
            [["Cours", "Pays", "CMCoord", "Centre"]],
            [["Course", "Country", "CMCoord", "Centre"], ["Title", None, None, "Name"]],
        ],
        ids=["one-row", "two-rows"],
    )
    def test_another_order_holds_from_there_on(self, again: list) -> None:
        reading = read(
            ["Ghana", "KAIPTC", "A", "No"],
            *again,
            ["B", "Kenya", "Module", "IPSTC"],
            [None, None, None, None],
            ["C", None, None, None],
        )

        assert [shown(record) for record in reading.records] == [
            ("Ghana", "KAIPTC", "A"),
            ("Kenya", "IPSTC", "B"),
            ("Kenya", "IPSTC", "C"),
        ]
        assert len(told(reading, "header-changed")) == 1
        assert len(told(reading, "row-header")) == len(again)

    def test_the_first_order_can_come_back(self) -> None:
        reading = read(
            ["Ghana", "KAIPTC", "A"],
            ["Course", "Country", "CMCoord", "Centre"],
            ["B", "Kenya", None, "IPSTC"],
            HEADER,
            ["Mali", "EMP", "C"],
        )

        assert [shown(record)[2] for record in reading.records] == ["A", "B", "C"]

    def test_a_column_left_without_a_header_keeps_its_meaning(self) -> None:
        reading = read(
            ["Ghana", "KAIPTC", "A", "No", "Accra"],
            ["Pays", "Centre", "Cours", "CMCoord"],
            ["Kenya", "IPSTC", "B", "No", "Nairobi"],
            header=[*HEADER, "City"],
        )

        assert shown(reading.records[1], "city") == ("Nairobi",)
        assert told(reading, "header-changed") == []

    def test_one_that_cannot_be_read_whole_is_a_warning(self) -> None:
        reading = read(
            ["Ghana", "KAIPTC", "A"], ["Country", "City", "Course title"], ["Kenya", "IPSTC", "B"]
        )

        assert told(reading, "header-unclear") == ["B3"]
        assert shown(reading.records[1]) == ("Kenya", "IPSTC", "B")


class TestCells:
    def test_lines_within_a_cell_are_items_where_a_list_stands(self, tmp_path) -> None:
        lines = "Military\nPolice"
        grid = [
            ["Country", "Training\ncentre", "Course title", "CMCoord", "Audience", "Evidence"],
            ["Ghana", "KAIPTC", "UN\ncourse", "Module", lines, lines],
        ]

        reading = read_matrix(
            open_workbook(made.write_grid(tmp_path / "m.xlsx", grid)), SYNONYMS, TICKS
        )

        assert shown(reading.records[0], "course_title", "audience", "evidence") == (
            "UN course",
            "Military; Police",
            "Military Police",
        )

    def test_ticks_are_kept_with_their_cells_and_not_interpreted(self) -> None:
        reading = read(
            ["Ghana", "KAIPTC", "A", None, "x", "no"],
            [None, None, "B", None, None, 1],
            header=[*HEADER, "CIMIC", "Military"],
        )

        assert [
            [(field, code, cell.value, cell.address) for field, code, cell in record.ticks]
            for record in reading.records
        ] == [
            [("topics", "cimic", "x", "E2"), ("audience", "military", "no", "F2")],
            [("audience", "military", 1, "F3")],
        ]

    def test_a_merged_tick_is_a_tick_in_every_row(self) -> None:
        reading = read(
            ["Ghana", "KAIPTC", "A", None, "x"],
            [None, None, "B"],
            header=[*HEADER, "CIMIC"],
            merges=((2, E, 3, E),),
        )

        assert [record.ticks[0][2].address for record in reading.records] == ["E2", "E2"]

    def test_values_keep_their_type(self) -> None:
        date = ExcelDate(datetime(2018, 5, 3), "d-mmm")

        reading = read(
            ["Ghana", "KAIPTC", "A", True, date, 2.5], header=[*HEADER, "Duration", "Year"]
        )

        assert shown(reading.records[0], "cmcoord_level", "duration", "year") == (True, date, 2.5)

    def test_columns_tell_what_each_one_is(self) -> None:
        reading = read(["Ghana", "KAIPTC", "A", None, "x", "hm"], header=[*HEADER, "CIMIC", "Mood"])

        assert [
            (column.index, column.letter, column.header, column.field, column.code)
            for column in reading.columns[3:]
        ] == [
            (D, "D", "UN-CMCoord content", "cmcoord_level", None),
            (E, "E", "CIMIC", "topics", "cimic"),
            (F, "F", "Mood", None, None),
        ]


class TestIssues:
    def test_an_unknown_column_is_told_once_with_its_number_of_values(self) -> None:
        reading = read(
            ["Ghana", "KAIPTC", "A", None, "happy"],
            [None, None, "B", None, "sad"],
            header=[*HEADER, "Mood"],
        )

        (issue,) = [issue for issue in reading.issues if issue.code == "column-unknown"]
        assert (issue.cell, issue.column) == ("E1", "Mood")
        assert "2 values" in issue.message

    def test_values_under_no_header_are_told(self) -> None:
        reading = read(["Ghana", "KAIPTC", "A", None, None, "what", "is", "this"])

        (issue,) = [issue for issue in reading.issues if issue.code == "column-unknown"]
        assert "3 values in column F, G, H" in issue.message
        assert [column.letter for column in reading.columns] == list("ABCDFGH")

    def test_columns_beyond_the_limit_are_told_with_the_limit(self) -> None:
        header = [*HEADER, *(f"X{number}" for number in range(1000))]

        reading = read(["Ghana", "KAIPTC", "A", *["q"] * 1001], header=header)

        told_last = [issue for issue in reading.issues if issue.code == "column-unknown"][-1]
        assert "More than 1,000 columns" in told_last.message
        assert "4 values" in told_last.message

    def test_of_two_columns_with_one_meaning_the_first_is_read(self) -> None:
        reading = read(["Ghana", "KAIPTC", "A", None, "B"], header=[*HEADER, "Course"])

        assert shown(reading.records[0])[2] == "A"
        assert told(reading, "column-duplicate") == ["E1"]
        assert told(reading, "column-unknown") == []

    def test_hidden_rows_and_columns_are_read_and_told_in_one_note(self) -> None:
        reading = read(
            ["Ghana", "KAIPTC", "A"],
            [None, None, "B"],
            [None, None, "C"],
            hidden_rows=frozenset({1, 2, 3}),
            hidden_columns=frozenset({B, F}),
            hidden=True,
        )

        (issue,) = [issue for issue in reading.issues if issue.code == "hidden"]
        assert len(reading.records) == 3
        assert "2 rows (2-3), 1 column (B), the sheet itself" in issue.message

    def test_formulas_are_told_once_and_each_one_without_value_with_its_cell(self) -> None:
        reading = read(
            ["Ghana", "KAIPTC", "A"],
            [None, None, "B", None, "kept aside"],
            header=[*HEADER, "Mood"],
            formulas=3,
            formulas_without_value=frozenset({(1, D), (2, D), (3, D), (3, E)}),
        )

        assert told(reading, "formula-without-value") == ["D2", "D3"]
        assert len(told(reading, "formula-value")) == 1

    def test_a_column_of_formulas_without_value_is_not_listed_without_end(self) -> None:
        rows = [["Ghana", "KAIPTC", f"Course {row}"] for row in range(3000)]

        reading = read(*rows, formulas_without_value=frozenset((row, D) for row in range(2, 3002)))

        found = [issue for issue in reading.issues if issue.code == "formula-without-value"]
        assert len(found) == 1001
        assert found[-1].message.startswith("2,000 more in this column")

    def test_a_second_matrix_in_the_workbook_is_told(self) -> None:
        sheets = [
            sheet_of(HEADER, ["Ghana", "KAIPTC", "A"], [None, None, "C"]),
            sheet_of(HEADER, ["Kenya", "IPSTC", "B"], title="Africa"),
        ]

        reading = read_matrix(sheets, SYNONYMS, TICKS)

        assert [
            (issue.sheet, issue.cell) for issue in reading.issues if issue.code == "sheet-unread"
        ] == [("Africa", "A1")]


class TestWorkbooks:
    @pytest.mark.parametrize(
        ("header", "rows"),
        [
            (
                ["Pays contributeur", "Centre de formation", "Intitulé du cours", "Niveau CMCoord"],
                [["Sénégal", "Centre d’entraînement", "Cours", "oui"]],
            ),
            (
                ["Estado Miembro", "Escuela", "Curso", "Coordinación civil-militar"],
                [["Perú", "CECOPAZ", "Curso", "sí"]],
            ),
        ],
        ids=["fr", "es"],
    )
    def test_matrices_in_french_and_spanish_are_read(self, tmp_path, header, rows) -> None:
        grid = [["Titre"], [], header, *rows]

        reading = read_matrix(
            open_workbook(made.write_grid(tmp_path / "m.xlsx", grid)), SYNONYMS, TICKS
        )

        assert [list(shown(record)) for record in reading.records] == [row[:3] for row in rows]

    def test_merged_and_hidden_cells_of_a_real_workbook_are_read(self, tmp_path) -> None:
        grid = [
            HEADER,
            ["Ghana", "KAIPTC", "A", "Module"],
            [None, None, "B", "?"],
            [None, None, "C", "?"],
        ]
        path = made.write_grid(
            tmp_path / "m.xlsx",
            grid,
            merges=["A2:A4", "B2:B3"],
            hidden_rows=[3],
            hidden_columns=["D"],
        )

        reading = read_matrix(open_workbook(path), SYNONYMS, TICKS)

        assert [shown(record) for record in reading.records] == [
            ("Ghana", "KAIPTC", title) for title in "ABC"
        ]
        assert len(told(reading, "hidden")) == 1


# A line of a random matrix: a course, or something that is none.
LINES = st.one_of(
    st.tuples(
        st.just("course"),
        st.sampled_from([None, "Ghana", "Kenya", "Nigera"]),
        st.sampled_from([None, "KAIPTC", "IPSTC"]),
    ),
    st.tuples(
        st.just("other"),
        st.sampled_from(
            [
                (),
                (),
                ("Note: see the annex",),
                ("Ghana",),
                (None, "KAIPTC"),
                ("Kenya", "IPSTC", "TBC"),
                tuple(HEADER),
                ("Total", 1, 2),
                (None, None, None, "Module"),
                ("* footnote",),
            ]
        ),
        st.none(),
    ),
)


def write(
    lines: list[tuple], first: int, order: list[int]
) -> tuple[dict[int, dict[int, CellValue]], dict[str, str]]:
    """Return the rows of a matrix with its header in row `first`, and title -> cell of each course.

    order: where the four needed columns stand.
    """
    rows: dict[int, dict[int, CellValue]] = {}
    written = {}
    all_lines = [("other", HEADER, None), ("course", "Ghana", "KAIPTC"), *lines]
    for row, (kind, one, other) in enumerate(all_lines, start=first):
        values = one
        if kind == "course":
            values = (one, other, f"Course {row}", "?")
            written[f"Course {row}"] = address(row, order[2] + 1)
        cells = {order[index] + 1: value for index, value in enumerate(values) if value is not None}
        if cells:
            rows[row] = cells
    return rows, written


def merge_countries(
    rows: dict[int, dict[int, CellValue]], first: int, column: int, heights: list[int]
) -> tuple[tuple[int, int, int, int], ...]:
    """Return merges of the country column, one below the other, over cells that are blank."""
    merges = []
    for height in heights:
        if height > 1 and not any(
            column in rows.get(first + below, {}) for below in range(1, height)
        ):
            merges.append((first, column, first + height - 1, column))
        first += height
    return tuple(merges)


@settings(max_examples=150, deadline=None)
@given(
    lines=st.lists(LINES, max_size=30),
    above=st.integers(0, 20),
    order=st.permutations(range(4)),
    heights=st.lists(st.integers(1, 4), max_size=30),
)
def test_no_course_is_lost_or_counted_twice_and_each_is_found_in_its_cell(
    lines: list, above: int, order: list[int], heights: list[int]
) -> None:
    header = above + 1
    rows, written = write(lines, header, order)
    merges = merge_countries(rows, header + 1, order[0] + 1, heights)

    reading = read_matrix([Sheet("Matrix", rows, merges)], SYNONYMS, TICKS)

    courses = [record for record in reading.records if record.holds_course]
    titles = [record.cells["course_title"] for record in courses]
    assert {cell.value: cell.address for cell in titles} == written
    assert len(courses) == len(written)
    assert reading.rows_read == len(courses) + reading.rows_without_course
    assert reading.rows_read == sum(number > header for number in rows)
    listed = {"row-note", "row-header", "row-without-course"}
    assert reading.rows_without_course == sum(issue.code in listed for issue in reading.issues)
