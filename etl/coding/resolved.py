"""The coding that two coders and those who decided between them arrive at.

Where coders differ and nobody has decided, neither level is taken: the cell of the matrix names
both, so that reading it reports the cell and counts the course as not documented. The kind of its
evidence stays empty, because "a curriculum was read, and nothing is in it" would be somebody's
decision too.
"""

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import xlsxwriter

from etl.build import publish
from etl.build.pipeline import read_matrix
from etl.coding.codings import GROUNDS, CoderMark
from etl.coding.compared import AGREED, FIRST_ONLY, NEITHER, SECOND_ONLY, Compared, Pair
from etl.coding.decisions import Decision
from etl.issues import NotAMatrix, NotReadable
from etl.meaning import fields
from etl.review.model import Review
from etl.review.rows import identify_centres, identify_courses
from etl.writing import matrix_sheet, words
from etl.writing.cell_text import TooLong, for_cell, row_height
from etl.writing.codes import in_words, write_codes
from etl.writing.export import SPARE_ROWS, rows_of

DECIDED, ONE_CODER, UNDECIDED, NOT_CODED = "decided", "one-coder", "undecided", "not-coded"
LEVEL, NOT_DOCUMENTED = "cmcoord_level", "not-documented"
LANGUAGE = "en"
ABOUT, DECISIONS = "Read me", "Decisions"
_MADE = datetime(2018, 2, 28)  # a workbook needs a date; the same input gives the same bytes
_ABOUT_WIDTH = 100
_WHAT = (
    "The matrix with one level for each course, written by python -m etl agree. Sheet Matrix: the "
    "courses; sheet Decisions: the levels that not both coders gave, and who decided; sheet Codes: "
    "what the words mean."
)
_UNDECIDED = (
    "Where the coders differ and nobody has decided, the cell names both levels and the kind of "
    "evidence is empty. Reading it reports the cell and counts the course as not documented: "
    "neither coder is taken to be right."
)
_SHEET = ("course_id", "resolved level", "basis", "decided by", "date", "why")
_WIDTHS = (44, 26, 12, 22, 12, 44, 26, 26)


class NotResolved(Exception):
    """The resolved matrix cannot be written so that it reads back as it is; says why."""


@dataclass(frozen=True)
class Resolved:
    """One course: the level that stands (empty: undecided, or coded by nobody), and why."""

    pair: Pair
    level: str
    basis: str
    decision: Decision | None = None


def resolve(compared: Compared, decided: Mapping[str, Decision]) -> list[Resolved]:
    """Return what stands for every course: a decision goes before what coders wrote."""
    return [_resolve(pair, decided.get(pair.course_id)) for pair in compared.pairs]


def _resolve(pair: Pair, decision: Decision | None) -> Resolved:
    if decision:
        return Resolved(pair, decision.level, DECIDED, decision)
    if pair.comparison == AGREED:
        return Resolved(pair, pair.first.level, AGREED)
    if pair.comparison == NEITHER:
        return Resolved(pair, "", NOT_CODED)
    if pair.comparison in (FIRST_ONLY, SECOND_ONLY):
        return Resolved(pair, pair.first.level or pair.second.level, ONE_CODER)
    return Resolved(pair, "", UNDECIDED)


def write_matrix(compared: Compared, resolved: list[Resolved], path: Path) -> None:
    """Write the resolved matrix to `path`.

    Raises NotResolved when it would not read back the same, NotPlaced when it cannot be written.
    """
    try:
        rows = list(_rows(compared, resolved))
        data = _workbook(compared, resolved, rows)
    except TooLong as error:
        raise NotResolved(f"A text of the matrix is too long for a cell: {error}.") from error
    publish.place(path, data, lambda file: _check(compared, resolved, file))


def _review(compared: Compared, resolved: list[Resolved]) -> Review:
    """Return the review with the levels that stand, each with the evidence that it rests on."""
    review = copy(compared.review)
    review.courses = {}
    for one in resolved:
        course = copy(compared.review.courses[one.pair.key])
        course.values = dict(course.values) | _grounds(one)
        course.values[LEVEL] = one.level or NOT_DOCUMENTED
        if one.basis == UNDECIDED:
            course.values["evidence_type"] = ""
        review.courses[one.pair.key] = course
    return review


def _grounds(one: Resolved) -> dict[str, str]:
    """Return evidence, its kind and source of a coder whose level stands, else of either."""
    marks = (one.pair.first, one.pair.second)
    agreeing = [mark for mark in marks if one.level and mark.level == one.level]
    for mark in agreeing or marks:
        if mark.evidence or mark.source_url:
            return {name: getattr(mark, name) for name in GROUNDS}
    return dict.fromkeys(GROUNDS, "")


def _rows(compared: Compared, resolved: list[Resolved]) -> Iterator[matrix_sheet.Cells]:
    """Yield the rows of the matrix; what nobody coded or decided says so in its cell."""
    open_ones = {
        _place(compared, one): one for one in resolved if one.basis in (UNDECIDED, NOT_CODED)
    }
    for cells in rows_of(_review(compared, resolved)):
        names = ("country", "centre_name", "course_title")
        one = open_ones.get(tuple(cells.get(name, "") for name in names))
        if one:
            cells = dict(cells) | {LEVEL: undecided(compared, one)}
        yield cells


def _place(compared: Compared, one: Resolved) -> tuple[str, str, str]:
    course = compared.review.courses[one.pair.key]
    centre = compared.review.centres[course.centre]
    country = in_words("country", centre.country_iso3, LANGUAGE)
    return country, centre.name, course.title


def undecided(compared: Compared, one: Resolved) -> str:
    """Return what stands in the cell of an undecided level: both codings, which is no level."""
    if one.basis != UNDECIDED:
        return ""
    sides = ((compared.first.coder, one.pair.first), (compared.second.coder, one.pair.second))
    return "Undecided: " + " or ".join(f"{_word(mark)} ({coder})" for coder, mark in sides)


def _word(mark: CoderMark) -> str:
    if mark.level:
        return in_words(LEVEL, mark.level, LANGUAGE)
    return f'"{fields.shown(mark.written)}"' if mark.written else mark.status


def _workbook(
    compared: Compared, resolved: list[Resolved], rows: list[matrix_sheet.Cells]
) -> bytes:
    title = f"Resolved coding by {compared.first.coder} and {compared.second.coder}"
    book, target = matrix_sheet.new_book(title, _MADE)
    look = matrix_sheet.look_of(book)
    about = book.add_worksheet(ABOUT)
    sheet = book.add_worksheet(words.text("sheet_matrix", LANGUAGE))
    matrix_sheet.write_head(sheet, look, title, _standing(resolved), LANGUAGE)
    written = matrix_sheet.write_rows(sheet, rows, look, None)
    _write_decisions(book, compared, resolved)
    ranges = write_codes(book, LANGUAGE)
    last_row = matrix_sheet.HEADER_ROW + written + SPARE_ROWS
    matrix_sheet.write_lists(sheet, ranges, last_row, LANGUAGE, prompts=False)
    _write_about(book, about, compared, title, resolved)
    return matrix_sheet.bytes_of(book, target, [sheet])


def _standing(resolved: list[Resolved]) -> str:
    counts = {
        basis: sum(one.basis == basis for one in resolved)
        for basis in (AGREED, DECIDED, ONE_CODER, UNDECIDED, NOT_CODED)
    }
    return (
        f"{len(resolved)} courses: {counts[AGREED]} agreed, {counts[DECIDED]} decided, "
        f"{counts[ONE_CODER]} coded by one coder, {counts[UNDECIDED]} undecided, "
        f"{counts[NOT_CODED]} coded by neither."
    )


def _write_decisions(
    book: xlsxwriter.Workbook, compared: Compared, resolved: list[Resolved]
) -> None:
    """Write on what every level rests that not both coders gave.

    The heads are not those of a matrix: only one sheet may be read as one.
    """
    told = [one for one in resolved if one.basis != AGREED]
    sheet = book.add_worksheet(DECISIONS)
    header = book.add_format({"bold": True, "bg_color": "#D4E5F7", "border": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    heads = (*_SHEET, f"as coded by {compared.first.coder}", f"as coded by {compared.second.coder}")
    for index, (name, width) in enumerate(zip(heads, _WIDTHS, strict=True)):
        sheet.set_column(index, index, width, wrapped)
        sheet.write_string(0, index, for_cell(name), header)
    for row, one in enumerate(told, start=1):
        said = one.decision
        cells = (
            one.pair.course_id,
            in_words(LEVEL, one.level, LANGUAGE),
            one.basis,
            *((said.decided_by, said.date, said.why) if said else ("", "", "")),
            _word(one.pair.first),
            _word(one.pair.second),
        )
        sheet.set_row(row, row_height(zip(cells, _WIDTHS, strict=True)))
        for index, text in enumerate(cells):
            if text:
                sheet.write_string(row, index, for_cell(text), wrapped)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(told), len(heads) - 1)


def _write_about(
    book: xlsxwriter.Workbook,
    sheet: xlsxwriter.worksheet.Worksheet,
    compared: Compared,
    title: str,
    resolved: list[Resolved],
) -> None:
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    lines = [
        ("Title", title),
        ("Standing", _standing(resolved)),
        ("Coders", f"{compared.first.coder}: {compared.first.where}"),
        ("", f"{compared.second.coder}: {compared.second.where}"),
        ("What this is", _WHAT),
        ("Undecided", _UNDECIDED),
        ("Everything else", f"Other columns are those of {compared.first.file}."),
    ]
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, _ABOUT_WIDTH)
    for row, (name, text) in enumerate(lines):
        sheet.set_row(row, row_height([(text, _ABOUT_WIDTH)]))
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, for_cell(text), wrapped)


def _check(compared: Compared, resolved: list[Resolved], file: Path) -> None:
    """Read the workbook like any other matrix: the same courses, the levels that stand."""
    try:
        _, review = read_matrix(file)
    except (NotAMatrix, NotReadable) as error:
        why = str(error).replace(file.name, "it")
        raise NotResolved(f"The resolved matrix could not be read again: {why}") from error
    ids = identify_courses(review.courses, identify_centres(review.centres))
    found = {ids[key]: course.values[LEVEL] for key, course in review.courses.items()}
    wanted = {one.pair.course_id: one.level or NOT_DOCUMENTED for one in resolved}
    if found != wanted:
        differing = sorted(
            key for key in found.keys() | wanted.keys() if found.get(key) != wanted.get(key)
        )
        raise NotResolved(
            f"The resolved matrix would not read back the same: {', '.join(differing[:3])}."
        )
