"""The issues of a workbook in the order in which fixing pays most, and what to ask a person.

Issues that one answer settles are one group ("Nigera", 12 cells); the others are grouped by kind
and field. A group without a question is mended in the workbook.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from etl.issues import EFFECTS, SEVERITIES, Issue
from etl.matrix.headers import NEEDED
from etl.matrix.records import Reading
from etl.meaning import countries
from etl.meaning.finding import text_of
from etl.reading import candidates
from etl.reading.recognition import Recognition
from etl.review.answers import TICK, Answers, spelling
from etl.review.assembly import UNNAMED_CENTRE
from etl.text import fold

# Cells that a group lists; all of them are in issues.csv.
CELLS_LISTED = 200
_HELD_BACK = frozenset({"country-unknown", "country-ambiguous", "country-missing"})
_COLUMNS = frozenset({"column-unknown", "column-duplicate"})
_ROW = re.compile(r"\(row (\d+)\)$|^[A-Z]+(\d+)$")
_LETTERS = re.compile(r"[A-Z]+")


@dataclass
class Group:
    """Issues that one fix settles; `rows` it would bring, `courses` it would complete.

    persons: uniformed personnel, at the edition's date, of the countries behind it; where the
    country itself is in question, of the largest that it may be.
    """

    code: str
    name: str  # the field, TICK for a mark in a column of ticks
    value: str
    issues: list[Issue] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    courses: set[int] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    persons: int = 0
    values: int = 0  # of a column that is not read

    @property
    def effect(self) -> str:
        """What mending brings, one of `issues.EFFECTS`."""
        return self.issues[0].effect

    @property
    def identifier(self) -> str:
        """What tells the group from others, the same whenever the same thing is wrong."""
        cell = self.issues[0].cell if self.code in _COLUMNS else ""
        return ":".join(filter(None, (self.code, self.name, cell, spelling(self.value))))

    @property
    def cells(self) -> list[dict[str, str]]:
        """The distinct cells, in order."""
        found = dict.fromkeys((one.sheet, one.cell.partition(" ")[0]) for one in self.issues)
        return [{"sheet": sheet, "cell": cell} for sheet, cell in found if cell]


@dataclass(frozen=True)
class MatrixRow:
    """What is known of a row of the matrix: whether it holds a course, and its country."""

    holds_course: bool
    country: str


def groups(
    issues: Iterable[Issue],
    found: Recognition,
    rows: Mapping[int, MatrixRow],
    persons: Mapping[str, int],
) -> list[Group]:
    """Return the groups of `issues`, those first whose fixing pays most.

    rows: what `rows_of` gives; persons: country_iso3 -> uniformed personnel. What brings rows goes before what brings a
    coding, that before what fills a field, and notes come last; then the number of rows or
    courses counts, then the personnel of the countries behind them, then the place.
    """
    made: dict[tuple, Group] = {}
    for issue in issues:
        for value in issue.written or ("",):
            group = _group(made, issue, value, found)
            group.issues.append(issue)
            _weigh(group, issue, rows)
    for group in made.values():
        likely = [persons.get(iso3, 0) for iso3 in candidates.countries_like(group)]
        group.persons = max(likely, default=0) or sum(
            persons.get(iso3, 0) for iso3 in group.countries
        )
        group.values = _values(group, found)
    return sorted(made.values(), key=_order)


def _group(made: dict[tuple, Group], issue: Issue, value: str, found: Recognition) -> Group:
    name = issue.column
    if issue.written and _is_tick(issue, found):
        name = TICK
    if issue.code in _COLUMNS and issue.found:
        name, value = "", issue.found
        key: tuple = (issue.code, issue.cell)
    elif issue.code in ("answered", "answered-left-out", "answer-unused"):
        value = issue.found
        key = (issue.code, name, spelling(value))
    else:
        key = (issue.code, name, spelling(value))
    return made.setdefault(key, Group(issue.code, name, value))


def _is_tick(issue: Issue, found: Recognition) -> bool:
    letters = _LETTERS.match(issue.cell)
    column = found.of_letter(letters[0]) if letters else None
    return column is not None and column.code is not None


def _weigh(group: Group, issue: Issue, rows: Mapping[int, MatrixRow]) -> None:
    place = _ROW.search(issue.cell)
    number = int(place[1] or place[2]) if place else 0
    row = rows.get(number)
    if row is None or not row.holds_course:
        return
    if issue.code in _HELD_BACK:
        group.rows.add(number)
    else:
        group.courses.add(number)
    if row.country:
        group.countries.add(row.country)


def rows_of(reading: Reading, answers: Answers) -> dict[int, MatrixRow]:
    """Return row -> what is known of it, for every row of the matrix that says something."""
    rows, codes = {}, {}
    for record in reading.records:
        cell = record.cells.get("country")
        text = text_of(cell.value) if cell else ""
        if text not in codes:
            alias = answers.alias("country", text)
            codes[text] = countries.resolve(text).iso3 or (alias.value if alias else None) or ""
        rows[record.row] = MatrixRow(record.holds_course, codes[text])
    return rows


def _values(group: Group, found: Recognition) -> int:
    if group.code not in _COLUMNS or not group.value:
        return 0
    letters = _LETTERS.match(group.issues[0].cell)
    column = found.of_letter(letters[0]) if letters else None
    return found.values[column.index] if column else 0


def _order(group: Group) -> tuple:
    first = group.issues[0]
    counted = len(group.rows) or len(group.courses) or group.values
    needed = NEEDED.index(group.name) if group.name in NEEDED else len(NEEDED)
    return (
        EFFECTS.index(group.effect),
        SEVERITIES.index(first.severity),
        -counted,
        -group.persons,
        first.sheet,
        _place(first.cell),
        group.code,
        needed,
        group.name,
        group.value,
    )


def _place(cell: str) -> tuple[int, str]:
    place = _ROW.search(cell)
    return (int(place[1] or place[2]) if place else 0, cell)


def told(group: Group, found: Recognition) -> dict:
    """Return a group as reading.json has it."""
    first, cells = group.issues[0], group.cells
    label = _label(group, found)
    return {
        "id": group.identifier,
        "title": _title(group, len(cells), label),
        "severity": first.severity,
        "code": group.code,
        "effect": group.effect,
        "field": group.name,
        "field_label": label,
        "value": group.value,
        "issues": len(group.issues),
        "cells": cells[:CELLS_LISTED],
        "cells_total": len(cells),
        "rows": len(group.rows),
        "courses": len(group.courses),
        "values": group.values,
        "persons": group.persons,
        "problem": first.problem,
        "done": first.done,
        "do": first.to_do,
        "question": candidates.question(group, found),
    }


def _label(group: Group, found: Recognition) -> str:
    if group.name == TICK:
        return "Column of ticks"
    return found.synonyms.names.get(group.name, group.name)


def _title(group: Group, cells: int, label: str) -> str:
    counted = f"{cells:,} cell{'' if cells == 1 else 's'}"
    if group.code in _COLUMNS and group.value:
        number = f"{group.values:,} value{'' if group.values == 1 else 's'}"
        return f'Column "{group.value}", {number}'
    if group.value and fold(group.value) != fold(UNNAMED_CENTRE):
        return f'"{group.value}", {counted}'
    what = group.issues[0].problem
    return f"{what}: {label}, {counted}" if label else (f"{what}, {counted}" if cells else what)
