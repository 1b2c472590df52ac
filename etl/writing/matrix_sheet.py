"""Writes a matrix as a sheet that people like to work in: header, widths, lists, filters.

Every text is written as text, so that a spreadsheet runs none of it; every cell for text is
formatted as text, so that a spreadsheet turns no "3-5" into a date.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from etl.meaning.years import FIRST_FOUNDED, LAST_YEAR
from etl.writing import words
from etl.writing.cell_text import for_cell, row_height
from etl.writing.codes import Ranges

# The same input gives the same bytes; a workbook needs some date of its making.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# Fields whose cells hold numbers: field -> (smallest, largest), checked as they are typed.
NUMBERS = {
    "latitude": (-90, 90),
    "longitude": (-180, 180),
    "established_year": (FIRST_FOUNDED, LAST_YEAR),
}
_WHOLE = "established_year"
# Title, statement, groups, headers; the last two are also those of an empty template.
GROUP_ROW, HEADER_ROW = 2, 3
_FROZEN_COLUMNS = 3
_SHADES = {"place": "#D4E5F7", "content": "#FBE3CB", "course": "#E4ECD9", "centre": "#E8E2EF"}
# Long, and seldom read as a whole: rows are not made higher for them.
_ADDRESSES = frozenset({"source_url", "website", "centre_source_url"})
_LONGEST_PROPERTY = 255
_A3 = 8

Cells = Mapping[str, Any]  # field -> text or number; what is empty or missing stays empty


@dataclass(frozen=True)
class Look:
    """The formats of a matrix: of its header by group, of its cells by field."""

    title: Format
    statement: Format
    groups: dict[str, Format]
    headers: dict[str, Format]
    cells: dict[str, Format]
    example: Format


def new_book(title: str, created: datetime) -> tuple[xlsxwriter.Workbook, BytesIO]:
    """Return a workbook that is kept in memory, and where its bytes come once it is closed."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    book.set_properties({"title": title[:_LONGEST_PROPERTY], "created": created})
    return book, target


def look_of(book: xlsxwriter.Workbook) -> Look:
    """Return the formats that matrices are written in."""
    base = {"valign": "top", "num_format": "@"}
    header = {"bold": True, "text_wrap": True, "valign": "top", "border": 1}
    cells = {}
    for heading in words.headings():
        own: dict[str, Any] = {"num_format": "0" if heading.field == _WHOLE else "0.######"}
        if heading.field not in NUMBERS:
            own = {"num_format": "@", "text_wrap": True}
        cells[heading.field] = book.add_format(base | own)
    return Look(
        title=book.add_format({"bold": True, "font_size": 14}),
        statement=book.add_format({"italic": True}),
        groups={
            group: book.add_format({"bold": True, "bg_color": shade, "border": 1})
            for group, shade in _SHADES.items()
        },
        headers={
            group: book.add_format(header | {"bg_color": shade}) for group, shade in _SHADES.items()
        },
        cells=cells,
        example=book.add_format(
            base | {"italic": True, "font_color": "#595959", "text_wrap": True}
        ),
    )


def write_head(sheet: Worksheet, look: Look, title: str, statement: str, language: str) -> None:
    """Write what stands above the rows: title, statement, groups, headers; freeze and widen."""
    sheet.write_string(0, 0, for_cell(title), look.title)
    if statement:
        sheet.write_string(1, 0, for_cell(statement), look.statement)
    headings = words.headings()
    for group, shade in look.groups.items():
        columns = [index for index, heading in enumerate(headings) if heading.group == group]
        name = words.text(f"group_{group}", language)
        sheet.merge_range(GROUP_ROW, columns[0], GROUP_ROW, columns[-1], name, shade)
    for index, heading in enumerate(headings):
        sheet.set_column(index, index, heading.width, look.cells[heading.field])
        sheet.write_string(
            HEADER_ROW, index, heading.headers[language], look.headers[heading.group]
        )
    sheet.set_row(HEADER_ROW, 32)
    sheet.freeze_panes(HEADER_ROW + 1, _FROZEN_COLUMNS)
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.repeat_rows(HEADER_ROW)
    sheet.repeat_columns(0, _FROZEN_COLUMNS - 1)


def write_rows(sheet: Worksheet, rows: Iterable[Cells], look: Look, of_all: Format | None) -> int:
    """Write rows below the head, each in its formats, or all in `of_all`; return their number."""
    number = 0
    for number, cells in enumerate(rows, start=1):
        sheet.set_row(HEADER_ROW + number, _height(cells))
        for index, heading in enumerate(words.headings()):
            value = cells.get(heading.field)
            form = of_all or look.cells[heading.field]
            if isinstance(value, str) and value:
                sheet.write_string(HEADER_ROW + number, index, for_cell(value), form)
            elif isinstance(value, int | float):
                sheet.write_number(HEADER_ROW + number, index, value, form)
    return number


def _height(cells: Cells) -> int | None:
    return row_height(
        (value, heading.width)
        for heading in words.headings()
        if heading.field not in _ADDRESSES and isinstance(value := cells.get(heading.field), str)
    )


def write_lists(
    sheet: Worksheet, ranges: Ranges, last_row: int, language: str, prompts: bool
) -> None:
    """Offer lists and check numbers in all rows down to `last_row` (0-based), and add filters.

    ranges: what `codes.write_codes` gave; prompts: whether a chosen cell says what to write.
    """
    headings = words.headings()
    first = HEADER_ROW + 1
    for index, heading in enumerate(headings):
        rule = _rule(heading.field, ranges, language)
        if prompts:
            rule |= {
                "input_title": heading.headers[language][:32],
                "input_message": heading.helps[language],
            }
        if len(rule) > 1:
            sheet.data_validation(first, index, last_row, index, rule)
    sheet.autofilter(HEADER_ROW, 0, last_row, len(headings) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A{first + 1}:AZ{last_row + 1}"})


def _rule(field: str, ranges: Ranges, language: str) -> dict[str, Any]:
    if field in ranges:
        listed = ranges[field]
        rule: dict[str, Any] = {"validate": "list", "source": listed.place}
        return rule | (
            {"show_error": False}
            if listed.is_open
            else {"error_message": words.text("not_in_list", language)}
        )
    if field in NUMBERS:
        smallest, largest = NUMBERS[field]
        return {
            "validate": "integer" if field == _WHOLE else "decimal",
            "criteria": "between",
            "minimum": smallest,
            "maximum": largest,
            "error_message": words.text("not_a_number", language),
        }
    return {"validate": "any"}


def bytes_of(book: xlsxwriter.Workbook, target: BytesIO, first: Sequence[Worksheet] = ()) -> bytes:
    """Close the workbook, open on the sheet in `first` when there is one; return its bytes."""
    for sheet in first:
        sheet.activate()
    book.close()
    return target.getvalue()
