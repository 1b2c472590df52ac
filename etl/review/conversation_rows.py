"""Where things are in consultations.xlsx: its header, its rows, the date of each.

`consultations` says what they do to the review.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from etl.matrix.synonyms import load_synonyms
from etl.meaning import fields
from etl.review.model import CENTRE_FIELDS, COURSE_FIELDS
from etl.text import address, fold
from etl.workbook.cells import CellValue, ExcelDate, ExcelError
from etl.workbook.reader import Sheet

SHEET = "consultations.xlsx"
NEEDED = ("country", "centre", "course", "field", "new_value")
HEADER_ROWS = 25  # as in the matrix: a title and some words may stand above the header
_MAP = Path(str(files("etl"))) / "maps" / "consultations.csv"


class ConversationsBroken(Exception):
    """consultations.xlsx holds something, but not the columns that are needed."""


@dataclass(frozen=True)
class ConversationEntry:
    """One row of the file: the text of each column, the cell of its field and of its new value.

    `day` orders conversations: the ISO date of the row, empty when none can be read.
    """

    row: int
    day: str
    texts: dict[str, str]
    value: CellValue
    field_cell: str
    value_cell: str

    @property
    def is_open(self) -> bool:
        """Whether the row is a question that nobody has answered yet: it says nothing new.

        What a new centre or a new course says is its name; its value may stay empty.
        """
        is_blank = self.texts["new_value"] == "" and not isinstance(self.value, ExcelError)
        named = {"add-centre": "centre", "add-course": "course"}.get(
            action(self.texts["field"]) or ""
        )
        return is_blank and not (named and fold(self.texts[named]))


@cache
def _known(kind: str) -> dict[str, str]:
    with _MAP.open(encoding="utf-8", newline="") as file:
        return {
            fold(line["text"]): line["code"]
            for line in csv.DictReader(file)
            if line["kind"] == kind
        }


def action(text: str) -> str | None:
    """Return `add-course` or `add-centre` when the column Field asks for one, else None."""
    return _known("action").get(fold(text))


def field_named(text: str, *, of_course: bool) -> str | None:
    """Return the field that `text` names, as a column of the matrix or by our own name."""
    names = COURSE_FIELDS if of_course else CENTRE_FIELDS
    by_own_name = {fold(name): name for name in names}
    candidates = (
        by_own_name.get(fold(text)),
        load_synonyms().field_of(text),
        _known("field").get(fold(text)),
    )
    return next((name for name in candidates if name in names), None)


def entries(sheets: list[Sheet]) -> list[ConversationEntry]:
    """Return the rows below the header of the first sheet that has one.

    Raises ConversationsBroken when there are rows without the needed columns.
    """
    for sheet in sheets:
        for row in sorted(sheet.rows)[:HEADER_ROWS]:
            columns = {
                _known("column").get(fold(str(value))): index
                for index, value in sheet.rows[row].items()
            }
            if all(name in columns for name in NEEDED):
                return _below(sheet, row, columns)
    if any(sheet.rows for sheet in sheets):
        raise ConversationsBroken(
            f"{SHEET} has no header with the columns country, centre, course, field and new value. "
            "Start from the template of another edition."
        )
    return []


def _below(sheet: Sheet, header: int, columns: dict[str | None, int]) -> list[ConversationEntry]:
    found = []
    for row in sorted(number for number in sheet.rows if number > header):
        cells = sheet.rows[row]
        texts = {
            name: fields.plain(cells.get(index)).value for name, index in columns.items() if name
        }
        if not any(texts.values()):
            continue
        field_cell, value_cell = (address(row, columns[name]) for name in ("field", "new_value"))
        day = _day(cells.get(columns["date"]) if "date" in columns else None)
        value = cells.get(columns["new_value"])
        found.append(ConversationEntry(row, day, texts, value, field_cell, value_cell))
    return found


def _day(value: CellValue) -> str:
    """Return the ISO date of a cell, empty when it holds none."""
    if isinstance(value, ExcelDate) and isinstance(value.value, date):
        return value.value.isoformat()[:10]
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        return ""
