"""The sheet of codes: every word that a coded column takes, its code, and what it means."""

from dataclasses import dataclass

import xlsxwriter

from etl.writing import code_lists, words
from etl.writing.cell_text import row_height

_COLUMNS = (("column", 24), ("word", 46), ("code", 34), ("meaning", 90))

Ranges = dict[str, "ListRange"]  # field -> where its words stand


@dataclass(frozen=True)
class ListRange:
    """Where the words of one list stand, for the lists of other sheets.

    place: a reference such as ='Codes'!$B$2:$B$7; is_open: whether several words, joined by
    semicolons, may be typed as well.
    """

    place: str
    is_open: bool


def write_codes(book: xlsxwriter.Workbook, language: str) -> Ranges:
    """Add the sheet of codes in `language` to `book`; return where the words of each list stand."""
    title = words.text("sheet_codes", language)
    sheet = book.add_worksheet(title)
    header = book.add_format({"bold": True, "bg_color": "#D4E5F7", "border": 1, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    strong = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "num_format": "@"})
    for index, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, words.text(f"codes_{name}", language), header)
    widths = [width for _, width in _COLUMNS]
    row, ranges = 1, {}
    for field in code_lists.FIELDS:
        first = row
        for entry in code_lists.entries(field, language):
            texts = (words.header(field, language), entry.word, entry.code, entry.meaning)
            sheet.set_row(row, row_height(zip(texts, widths, strict=True)))
            for index, text in enumerate(texts):
                sheet.write_string(row, index, text, strong if index == 1 else wrapped)
            row += 1
        place = f"='{title}'!$B${first + 1}:$B${row}"
        ranges[field] = ListRange(place, field in code_lists.OPEN)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, row - 1, len(_COLUMNS) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    return ranges
