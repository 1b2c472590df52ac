"""What conversations with contributing countries added, laid over the desk review.

`consultations.xlsx` has one row for each thing learnt: date, country, centre, course, field, new
value, source, note. A row changes one field of one course (or of a centre, when no course is
named), or adds a course ("new course" as field) or a centre ("new centre"). A row that matches
nothing changes nothing and is listed in the issues.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from etl import countries, interpret
from etl.cells import CellValue, ExcelDate
from etl.issues import Issue
from etl.review import CENTRE_FIELDS, COURSE_FIELDS, Centre, CentreKey, Course, CourseKey, Review
from etl.shape import load_synonyms
from etl.tables import identify_centres, identify_courses
from etl.text import address, fold
from etl.workbook import Sheet, open_workbook

SHEET = "consultations.xlsx"
NEEDED = ("country", "centre", "course", "field", "new_value")
HEADER_ROWS = 25  # as in the matrix: a title and some words may stand above the header
_MAP = Path(__file__).parent / "maps" / "consultations.csv"


class ConsultationsBroken(Exception):
    """consultations.xlsx holds something, but not the columns that are needed."""


@dataclass(frozen=True)
class Entry:
    """One row of the file: the text of each column, the cell of its field and of its new value.

    `day` orders conversations: the ISO date of the row, empty when none can be read.
    """

    row: int
    day: str
    texts: dict[str, str]
    value: CellValue
    field_cell: str
    value_cell: str


@dataclass(frozen=True)
class Applied:
    """How many rows the file holds, how many changed something, how many matched nothing."""

    rows: int = 0
    applied: int = 0
    unmatched: int = 0


def apply(review: Review, path: Path) -> Applied:
    """Lay the consultations in `path` over `review`; return what came of its rows.

    They are applied in the order of their dates, whatever the order of the rows: what was learnt
    last holds. Rows without a date come first, in the order of the file.

    A missing file or one without rows changes nothing. Raises NotReadable (no workbook) and
    ConsultationsBroken (rows without the needed columns).
    """
    if not path.exists():
        return Applied()
    entries = sorted(_entries(open_workbook(path)), key=lambda entry: entry.day)
    targets = _Targets(review)
    applied = sum(_apply(review, entry, targets) for entry in entries)
    return Applied(len(entries), applied, len(entries) - applied)


class _Targets:
    """Finds what an entry speaks of: by identifier, by name, or by acronym."""

    def __init__(self, review: Review):
        self.review = review
        self.centre_ids = {i: key for key, i in identify_centres(review.centres).items()}
        centre_ids = {key: i for i, key in self.centre_ids.items()}
        self.course_ids = {
            i: key for key, i in identify_courses(review.courses, centre_ids).items()
        }

    def centre(self, iso3: str, text: str) -> CentreKey | None:
        by_id = self.centre_ids.get(text)
        if by_id and by_id[0] == iso3:
            return by_id
        if (iso3, fold(text)) in self.review.centres:
            return iso3, fold(text)
        by_acronym = [
            key
            for key, centre in self.review.centres.items()
            if key[0] == iso3
            and fold(text)
            and fold(centre.values.get("acronym") or "") == fold(text)
        ]
        return by_acronym[0] if len(by_acronym) == 1 else None

    def course(self, centre: CentreKey, text: str) -> CourseKey | None:
        by_id = self.course_ids.get(text)
        if by_id and by_id[:2] == centre:
            return by_id
        key = (*centre, fold(text))
        return key if key in self.review.courses else None


def _apply(review: Review, entry: Entry, targets: _Targets) -> bool:
    """Apply one entry; False, with an issue, when it matches nothing."""
    texts = entry.texts
    resolution = countries.resolve(texts["country"])
    if resolution.iso3 is None:
        return _unmatched(review, entry, "country", texts["country"], resolution.reason)
    action = _action(texts["field"])
    if action == "add-centre":
        return _add_centre(review, entry, resolution.iso3)
    centre = targets.centre(resolution.iso3, texts["centre"])
    if centre is None:
        return _unmatched(
            review,
            entry,
            "centre",
            texts["centre"],
            "The review has no such centre in that country.",
        )
    if action == "add-course":
        return _add_course(review, entry, centre)
    return _change(review, entry, centre, targets)


def _change(review: Review, entry: Entry, centre: CentreKey, targets: _Targets) -> bool:
    texts = entry.texts
    name = _field(texts["field"], of_course=bool(texts["course"]))
    if name is None:
        return _unmatched(review, entry, "field", texts["field"], "No field has that name.")
    if not texts["new_value"]:
        return _unmatched(review, entry, "new_value", "", "The column New value is empty.")
    key = targets.course(centre, texts["course"]) if texts["course"] else None
    if texts["course"] and key is None:
        return _unmatched(
            review, entry, "course", texts["course"], "The centre has no course of that title."
        )
    item: Course | Centre = review.courses[key] if key else review.centres[centre]
    finding = interpret.FIELDS[name](entry.value)
    if finding.code:
        return _unmatched(review, entry, "new_value", texts["new_value"], finding.message)
    before, after = (
        interpret.render(name, item.values.get(name)),
        interpret.render(name, finding.value),
    )
    item.values[name] = finding.value
    if isinstance(item, Course) and name == "cmcoord_level":
        item.level_basis = "consultation"
    _tell(review, entry, name, before, after)
    return True


def _add_centre(review: Review, entry: Entry, iso3: str) -> bool:
    name = entry.texts["centre"]
    if not fold(name):
        return _unmatched(
            review, entry, "centre", name, "A new centre needs its name in the column Centre."
        )
    if (iso3, fold(name)) in review.centres:
        return _unmatched(review, entry, "centre", name, "The review has that centre already.")
    review.centres[iso3, fold(name)] = Centre(iso3, name, SHEET, entry.row)
    review.countries.add(iso3)
    _tell(review, entry, "centre_name", "", name)
    return True


def _add_course(review: Review, entry: Entry, centre: CentreKey) -> bool:
    title = entry.texts["course"]
    if not fold(title):
        return _unmatched(
            review, entry, "course", title, "A new course needs its title in the column Course."
        )
    if (*centre, fold(title)) in review.courses:
        return _unmatched(review, entry, "course", title, "The centre has that course already.")
    finding = interpret.FIELDS["cmcoord_level"](entry.value)
    if finding.code:
        return _unmatched(review, entry, "new_value", entry.texts["new_value"], finding.message)
    values = {name: interpret.FIELDS[name](None).value for name in COURSE_FIELDS}
    values["cmcoord_level"] = finding.value
    review.courses[*centre, fold(title)] = Course(
        centre, title, SHEET, entry.row, values, "consultation"
    )
    _tell(review, entry, "course_title", "", title)
    return True


def _tell(review: Review, entry: Entry, name: str, before: str, after: str) -> None:
    told = [
        part
        for part in (entry.texts.get("date"), entry.texts.get("source"), entry.texts.get("note"))
        if part
    ]
    message = f"Consultation: {'; '.join(told) if told else 'no source is given'}."
    review.issues.append(
        Issue("consultation-applied", message, SHEET, entry.value_cell, name, before, after)
    )


def _unmatched(review: Review, entry: Entry, name: str, found: str, why: str) -> bool:
    message = (
        f"{why} Row {entry.row} of the consultations was not applied; correct it and build again."
    )
    review.issues.append(
        Issue("consultation-unmatched", message, SHEET, entry.field_cell, name, found)
    )
    return False


@cache
def _known(kind: str) -> dict[str, str]:
    with open(_MAP, encoding="utf-8", newline="") as file:
        return {
            fold(line["text"]): line["code"]
            for line in csv.DictReader(file)
            if line["kind"] == kind
        }


def _action(text: str) -> str | None:
    return _known("action").get(fold(text))


def _field(text: str, *, of_course: bool) -> str | None:
    """Return the field that `text` names, as a column of the matrix or by our own name."""
    names = COURSE_FIELDS if of_course else CENTRE_FIELDS
    by_own_name = {fold(name): name for name in names}
    candidates = (
        by_own_name.get(fold(text)),
        load_synonyms().field_of(text),
        _known("field").get(fold(text)),
    )
    return next((name for name in candidates if name in names), None)


def _entries(sheets: list[Sheet]) -> list[Entry]:
    """Return the rows below the header of the first sheet that has one."""
    for sheet in sheets:
        for row in sorted(sheet.rows)[:HEADER_ROWS]:
            columns = {
                _known("column").get(fold(str(value))): index
                for index, value in sheet.rows[row].items()
            }
            if all(name in columns for name in NEEDED):
                return _below(sheet, row, columns)
    if any(sheet.rows for sheet in sheets):
        raise ConsultationsBroken(
            f"{SHEET} has no header with the columns country, centre, course, field and new value. "
            "Start from the template of another edition."
        )
    return []


def _below(sheet: Sheet, header: int, columns: dict[str | None, int]) -> list[Entry]:
    entries = []
    for row in sorted(number for number in sheet.rows if number > header):
        cells = sheet.rows[row]
        texts = {
            name: interpret.plain(cells.get(index)).value for name, index in columns.items() if name
        }
        if not any(texts.values()):
            continue
        field_cell, value_cell = (address(row, columns[name]) for name in ("field", "new_value"))
        day, value = _day(cells.get(columns.get("date"))), cells.get(columns["new_value"])
        entries.append(Entry(row, day, texts, value, field_cell, value_cell))
    return entries


def _day(value: CellValue) -> str:
    """Return the ISO date of a cell, empty when it holds none."""
    if isinstance(value, ExcelDate) and isinstance(value.value, date):
        return value.value.isoformat()[:10]
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        return ""
