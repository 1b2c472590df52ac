"""Writes an empty matrix to fill in: headers, lists, codes and help in one of three languages.

Two rows show how it is done and say in capitals that they are an example. They are of a country
without armed forces, so that they strike the eye should anyone forget to delete them; without any
row the template would not be a matrix.
"""

from datetime import datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from etl.build.publish import place
from etl.matrix.headers import NEEDED
from etl.writing import matrix_sheet, words
from etl.writing.cell_text import row_height
from etl.writing.codes import in_words, write_codes
from etl.writing.matrix_sheet import Cells

# As many courses as ten published matrices have.
ROWS = 3_000
_MADE = datetime(2018, 2, 28)
_HEADERS = ("codes_column", "help_needed", "help_what", "help_example")
_WIDTHS = (26, 12, 90, 44)
_TEXT = {"text_wrap": True, "valign": "top", "num_format": "@"}


def write_template(path: Path, language: str) -> None:
    """Write the template in `language` ("en", "fr", "es") to `path`, the same bytes each time.

    Raises NotPlaced when the file cannot be written; then nothing is.
    """
    title = words.text("template_title", language)
    book, target = matrix_sheet.new_book(title, _MADE)
    look = matrix_sheet.look_of(book)
    help_sheet = book.add_worksheet(words.text("sheet_help", language))
    sheet = book.add_worksheet(words.text("sheet_matrix", language))
    warning = words.text("help_2", language)
    matrix_sheet.write_head(sheet, look, title, warning, language)
    matrix_sheet.write_rows(sheet, examples(language), look, look.example)
    ranges = write_codes(book, language)
    matrix_sheet.write_lists(sheet, ranges, matrix_sheet.HEADER_ROW + ROWS, language, prompts=True)
    _write_help(book, help_sheet, title, language)
    place(path, matrix_sheet.bytes_of(book, target, [help_sheet]))


def examples(language: str) -> list[Cells]:
    """Return the two example rows: one with every column, one of which little is known."""
    first = {heading.field: _example(heading, language) for heading in words.headings()}
    second = {
        "country": first["country"],
        "centre_name": first["centre_name"],
        "course_title": words.text("template_example_second", language),
        "cmcoord_level": in_words("cmcoord_level", "not-documented", language),
    }
    return [first, second]


def _example(heading: words.Heading, language: str) -> str | float:
    text = heading.examples[language]
    return float(text) if heading.field in matrix_sheet.NUMBERS else text


def _write_help(book: xlsxwriter.Workbook, sheet: Worksheet, title: str, language: str) -> None:
    bold = book.add_format({"bold": True, "font_size": 14})
    header = book.add_format({"bold": True, "bg_color": "#D4E5F7", "border": 1})
    wrapped, strong = book.add_format(_TEXT), book.add_format(_TEXT | {"bold": True})
    sentence = book.add_format({"text_wrap": True, "valign": "top"})
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    sheet.write_string(0, 0, title, bold)
    sentences = words.texts("help_", language)
    for row, text in enumerate(sentences, start=1):
        sheet.set_row(row, row_height([(text, sum(_WIDTHS))]))
        sheet.merge_range(row, 0, row, len(_WIDTHS) - 1, text, sentence)
    first = len(sentences) + 3  # the title, a blank row, and the header below it
    for index, key in enumerate(_HEADERS):
        sheet.write_string(first - 1, index, words.text(key, language), header)
    for row, heading in enumerate(words.headings(), start=first):
        needed = words.text("help_needed_yes", language) if heading.field in NEEDED else ""
        texts = (
            heading.headers[language],
            needed,
            heading.helps[language],
            heading.examples[language],
        )
        sheet.set_row(row, row_height(zip(texts, _WIDTHS, strict=True)))
        for index, text in enumerate(texts):
            sheet.write_string(row, index, text, wrapped if index else strong)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
