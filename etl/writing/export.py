"""Writes a built edition as a clean matrix workbook, which reads back to the same tables.

What a build knows and a matrix cannot say stays behind: receipts (sheet and row), issues, personnel
figures, digests. docs/adding-an-edition.md lists it. Before the file takes its place it is read
like any other matrix, and every value compared.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from etl.build import built
from etl.build.built import Built, NotWhole, Texts
from etl.build.declaration import COURSES, TABLES, Table
from etl.build.pipeline import read_matrix
from etl.build.publish import place
from etl.issues import NotAMatrix, NotReadable
from etl.meaning import countries, fields
from etl.review import conversations
from etl.review.conversations import ConversationsBroken
from etl.review.model import CENTRE_FIELDS, COURSE_FIELDS, Centre, Course, Review
from etl.review.rows import Rows, build_tables
from etl.text import fold
from etl.writing import matrix_sheet, words
from etl.writing.cell_text import TooLong, for_cell, row_height
from etl.writing.codes import in_words, write_codes
from etl.writing.matrix_sheet import Cells
from etl.writing.unbuild import CONVERSATION_COLUMNS, ConversationRow, review_of, undo_conversations

LANGUAGE = "en"
ABOUT, CONSULTATIONS = "Read me", "Consultations"
# Empty rows below the last one that offer the same lists, for the courses that are still to come.
SPARE_ROWS = 1_000
_WHAT = (
    "The edition as a matrix, written by python -m etl export. Sheet Matrix: one row for each "
    "course; sheet Codes: what the words mean."
)
_HOW = (
    "Put it into a folder of data/raw as matrix.xlsx, write its edition.toml from the lines above, "
    "and build. The tables are then the same."
)
_LEARNT = (
    "The matrix is as it was before conversations with contributing countries; what they added "
    "stands in the sheet Consultations. Put a copy of this workbook into the folder as "
    "consultations.xlsx as well."
)
_ABOUT_WIDTH = 100
_WIDTHS = (12, 22, 34, 40, 24, 34, 40, 40)
# Where a value was read from: another workbook has other sheets and rows.
RECEIPTS = frozenset({"matrix_sheet", "matrix_row"})
# The tables that come from the matrix; the countries that are reviewed are compared as well.
TABLES_OF_A_MATRIX = (
    "centres",
    "courses",
    "course_audiences",
    "course_languages",
    "course_topics",
)


class NotExported(Exception):
    """The tables cannot be written so that they read back the same; says why."""


@dataclass(frozen=True)
class Exported:
    """What a workbook holds: the rows of its matrix, and how many of its consultations."""

    rows: int
    consultations: int


def export(edition: Built, path: Path) -> Exported:
    """Write the edition as a workbook to `path`; return what it holds.

    An edition with consultations is written as the desk review was before them, with a sheet that
    has them as rows: the same file is then both matrix.xlsx and consultations.xlsx.
    Raises NotWhole (the tables do not fit), NotExported (they would not read back the same) and
    NotPlaced (the file cannot be written); in each case nothing is written.
    """
    review, centres, courses = review_of(edition)
    learnt = undo_conversations(edition, review, centres, courses)
    try:
        rows = list(rows_of(review))
        data = _workbook(edition, rows, learnt)
    except KeyError as error:  # a code or a country that the rules of today do not know
        raise NotWhole(f"The tables say {error}, which is not known. Build them again.") from error
    except TooLong as error:
        raise NotExported(
            f"{edition.name} has {_where_too_long(rows, learnt)}: {error}."
        ) from error
    place(path, data, lambda file: _check(edition, file, bool(learnt)))
    return Exported(len(rows), len(learnt))


def rows_of(review: Review) -> Iterator[Cells]:
    """Yield the rows of the matrix: by country, then as the review had its centres and courses."""
    of_centre: dict[tuple, list[Course]] = {}
    for course in review.courses.values():
        of_centre.setdefault(course.centre, []).append(course)
    of_country: dict[str, list[Centre]] = {iso3: [] for iso3 in review.countries}
    for centre in review.centres.values():
        of_country.setdefault(centre.country_iso3, []).append(centre)
    for iso3 in sorted(of_country, key=lambda iso3: fold(countries.reference(iso3).name)):
        if not of_country[iso3]:
            yield _in_words({"country": iso3})
        for centre in sorted(of_country[iso3], key=_read_first):
            about = {"country": iso3, "centre_name": centre.name} | _centre_values(centre)
            own = of_centre.get((iso3, fold(centre.name)), ())
            if not own:
                yield _in_words(about)
            for course in sorted(own, key=_read_first):
                values = {name: course.values[name] for name in COURSE_FIELDS}
                yield _in_words(about | {"course_title": course.title} | values)


def _read_first(item: Centre | Course) -> tuple:
    return (item.row, fold(item.title if isinstance(item, Course) else item.name))


def _centre_values(centre: Centre) -> dict[str, Any]:
    values = {name: centre.values.get(name) for name in CENTRE_FIELDS}
    if None in (values["latitude"], values["longitude"]):
        values["latitude"] = values["longitude"] = None
    return values


def _in_words(values: dict[str, Any]) -> Cells:
    """Return what stands in the cells of a row: numbers as they are, everything else as words."""
    cells: dict[str, Any] = {}
    for name, value in values.items():
        if name == "year" and value[0] is not None and value[0] == value[1]:
            cells[name] = value[0]
        elif name in ("year", "duration"):
            cells[name] = fields.render(name, value)
        else:
            cells[name] = in_words(name, value, LANGUAGE)
    return cells


def _where_too_long(rows: list[Cells], learnt: list[ConversationRow]) -> str:
    for cells in rows:
        for name, value in cells.items():
            try:
                for_cell(str(value))
            except TooLong:
                title = cells.get("course_title") or cells.get("centre_name") or ""
                return (
                    f"a text that is too long, in {words.header(name, LANGUAGE)} of {title[:80]!r}"
                )
    return "a text that is too long, in its title, its statement or its consultations"


def _workbook(edition: Built, rows: list[Cells], learnt: list[ConversationRow]) -> bytes:
    told = edition.package["edition"]
    book, target = matrix_sheet.new_book(told["title"], datetime.fromisoformat(told["as_of"]))
    look = matrix_sheet.look_of(book)
    about = book.add_worksheet(ABOUT)
    sheet = book.add_worksheet(words.text("sheet_matrix", LANGUAGE))
    matrix_sheet.write_head(sheet, look, told["title"], told["statement"], LANGUAGE)
    written = matrix_sheet.write_rows(sheet, rows, look, None)
    if learnt:
        _write_consultations(book, learnt)
    ranges = write_codes(book, LANGUAGE)
    last_row = matrix_sheet.HEADER_ROW + written + SPARE_ROWS
    matrix_sheet.write_lists(sheet, ranges, last_row, LANGUAGE, prompts=False)
    _write_about(book, about, edition, bool(learnt))
    return matrix_sheet.bytes_of(book, target, [sheet])


def _write_consultations(book: xlsxwriter.Workbook, learnt: list[ConversationRow]) -> None:
    sheet = book.add_worksheet(CONSULTATIONS)
    header = book.add_format({"bold": True, "bg_color": "#D4E5F7", "border": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for index, (name, width) in enumerate(zip(CONVERSATION_COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(index, index, width, wrapped)
        sheet.write_string(0, index, name, header)
    for row, cells in enumerate(learnt, start=1):
        sheet.set_row(row, row_height(zip(cells, _WIDTHS, strict=True)))
        for index, text in enumerate(cells):
            if text:
                sheet.write_string(row, index, for_cell(text), wrapped)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(learnt), len(CONVERSATION_COLUMNS) - 1)


def _write_about(
    book: xlsxwriter.Workbook, sheet: Worksheet, edition: Built, has_consultations: bool
) -> None:
    told = edition.package["edition"]
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    lines = [
        ("Title", told["title"]),
        ("Statement", told["statement"]),
        ("As of", told["as_of"]),
        ("Personnel as of", told["contributions_as_of"]),
        ("Producer", told["producer"]),
        ("Licence", told["licence"]),
        ("Address", told["url"]),
        ("What this is", _WHAT),
        ("Reading it", _HOW),
    ]
    if has_consultations:
        lines.append((CONSULTATIONS, _LEARNT))
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, _ABOUT_WIDTH)
    for row, (name, text) in enumerate(lines):
        sheet.set_row(row, row_height([(text, _ABOUT_WIDTH)]))
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, for_cell(text), wrapped)


def _check(edition: Built, file: Path, has_consultations: bool) -> None:
    if differing := difference(edition, file, has_consultations):
        raise NotExported(f"{edition.name} would not read back the same: {differing}")


def difference(edition: Built, file: Path, with_consultations: bool) -> str:
    """Return the first difference between the edition and the workbook as read; "" without one.

    with_consultations: lay the consultations in the same workbook over the matrix in it.
    """
    if not edition.tables[COURSES.name]:
        return "it has no course, and a matrix without one cannot be read."
    try:
        _, review = read_matrix(file)
        if with_consultations:
            conversations.apply(review, file)
    except (NotReadable, NotAMatrix, ConversationsBroken) as error:
        return str(error)
    tables = build_tables(review, [])
    found = _of_countries(edition, review)
    for table in TABLES:
        if not found and table.name in TABLES_OF_A_MATRIX:
            found = _of_table(edition, table, tables[table.name])
    return found


def _of_countries(edition: Built, review: Review) -> str:
    rows = edition.tables["countries"]
    reviewed = {row["country_iso3"] for row in rows if row["in_review"] == "true"}
    differing = ", ".join(sorted(reviewed ^ review.countries))
    return f"countries.csv differs in {differing}." if differing else ""


def _of_table(edition: Built, table: Table, rows: Rows) -> str:
    ours, theirs = (
        {tuple(row[name] for name in table.primary_key): _content(row) for row in several}
        for several in (edition.tables[table.name], built.texts(table, rows))
    )
    for key in sorted(ours.keys() | theirs.keys()):
        one, other = ours.get(key, {}), theirs.get(key, {})
        if one != other:
            columns = [name for name in one or other if one.get(name) != other.get(name)]
            return f"{table.name}.csv differs in {' '.join(key)}, {', '.join(columns[:3])}."
    return ""


def _content(row: Texts) -> Texts:
    return {name: text for name, text in row.items() if name not in RECEIPTS}
