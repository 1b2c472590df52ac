"""The header of a matrix: which sheet and rows it stands in, and what each column is.

Spellings come from `maps/columns.csv` (field, language, group, header). A header that says too
little alone ("Name", "Source") has a `group`: what must stand above it, several separated by ";".
The first header of a field without a group is its name in messages.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from etl.cells import CellValue
from etl.text import address, fold
from etl.workbook import Sheet

NEEDED = ("country", "centre_name", "course_title", "cmcoord_level")
# A title, some words of explanation and an empty line stand above a header, not a whole page.
HEADER_ROWS = 25
# 27 fields and some dozens of tick columns; more would be searched for nothing.
HEADER_COLUMNS = 200
# Longer text is a title or an explanation above the table.
LONGEST_HEADER = 120

# The first words of a group say what it is about.
_GROUP_WORDS = 8

# Topics whose names are also words for an audience: topic -> audience.
_ALSO_AUDIENCE = {"police": "police", "military-observer": "military", "staff-officer": "military"}

Ticks = Mapping[str, tuple[str, str]]  # folded header -> ("topics" or "audience", code)

_MAP = Path(__file__).parent / "maps" / "columns.csv"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Column:
    """A column of the table: `field` None = kept aside, `code` set = a column of ticks."""

    index: int
    letter: str
    header: str
    field: str | None
    code: str | None = None


@dataclass(frozen=True)
class Header:
    """One way to read one or two rows of a sheet as its header.

    score: how much is recognised (needed fields; all fields and tick columns; tick columns in a
    group that is known); duplicates: (a column that is not read, the one that is read for it);
    texts: column -> folded texts of its header, group and own.
    """

    sheet: Sheet
    rows: tuple[int, ...]
    columns: tuple[Column, ...]
    score: tuple[int, int, int]
    duplicates: tuple[tuple[Column, Column], ...]
    texts: Mapping[int, frozenset[str]]

    @property
    def fields(self) -> frozenset[str]:
        """Fields that have a column."""
        return frozenset(column.field for column in self.columns if column.field)


@dataclass(frozen=True)
class Synonyms:
    """How people head their columns: folded header -> field, alone or under a group."""

    alone: Mapping[str, str]
    grouped: Mapping[tuple[str, str], str]  # (kind of group, folded header) -> field
    groups: Mapping[str, str]  # folded text of a group -> kind of group
    names: Mapping[str, str]  # field -> its name in messages
    _beginnings: frozenset[str] = field(repr=False)  # of the headers known alone, letter by letter
    _generic: frozenset[str] = field(repr=False)  # headers that mean something under a group

    def field_of(self, header: str, group: str = "") -> str | None:
        """Return the field that `header` means, under `group` if there is one; None if unknown.

        A header that is not known whole is known when it can be cut between words into pieces
        that all mean one field: "Country / Pays", "Course title (Titre du cours)".
        """
        if len(header) > LONGEST_HEADER:
            return None
        key = fold(header)
        if group and key in self._generic and (
                name := self.grouped.get((self.kind_of(group), key))):
            return name
        return self.alone.get(key) or self._in_pieces(header)

    def kind_of(self, group: str) -> str:
        """Return what a group is about: a field, or its own folded text when nobody knows it.

        The longest known header in it decides: "Training centre details" is about the centre.
        """
        key = fold(group[:LONGEST_HEADER])
        known = self.groups.get(key) or self.alone.get(key)
        if known:
            return known
        words = [fold(word) for word in _WORD.findall(group[:LONGEST_HEADER])][:_GROUP_WORDS]
        runs = ("".join(words[first:end]) for first in range(len(words))
                for end in range(first + 1, len(words) + 1))
        longest = max((run for run in runs if run in self.alone), key=len, default="")
        return self.alone.get(longest, key)

    def _in_pieces(self, header: str) -> str | None:
        words = _WORD.findall(header)
        if words and words[0].isdecimal() and len(words[0]) < 3:
            words = words[1:]  # "1. Country"
        # For each number of words from the left: the fields that these words may be pieces of.
        means: list[set[str]] = [set() for _ in range(len(words) + 1)]
        for start in range(len(words)):
            if start and not means[start]:
                continue
            piece = ""
            for end in range(start, len(words)):
                piece += fold(words[end])
                if piece not in self._beginnings:
                    break
                name = self.alone.get(piece)
                if name and (start == 0 or name in means[start]):
                    means[end + 1].add(name)
        return next(iter(means[-1])) if words and len(means[-1]) == 1 else None


@cache
def load_synonyms(path: Path = _MAP) -> Synonyms:
    """Return the synonyms in `path` (columns field, language, group, header).

    Raises ValueError naming the line when one header would mean two fields.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        lines = [(reader.line_num, line) for line in reader]
    alone: dict[str, str] = {}
    grouped: dict[tuple[str, str], str] = {}
    names: dict[str, str] = {}
    for number, line in lines:
        if not line["group"]:
            names.setdefault(line["field"], line["header"])
            _claim(alone, fold(line["header"]), line["field"], f"{path.name} line {number}")
    groups = _group_kinds([line["group"].split(";") for _, line in lines], alone)
    for number, line in lines:
        for group in filter(None, line["group"].split(";")):
            key = (groups[fold(group)], fold(line["header"]))
            _claim(grouped, key, line["field"], f"{path.name} line {number}")
    beginnings = frozenset(key[:end] for key in alone for end in range(1, len(key) + 1))
    generic = frozenset(header for _, header in grouped)
    return Synonyms(alone, grouped, groups, names, beginnings, generic)


def _group_kinds(lists: list[list[str]], alone: Mapping[str, str]) -> dict[str, str]:
    """Return folded group -> kind; those listed together are of the kind of the first."""
    kinds = {}
    for group, *others in lists:
        kind = alone.get(fold(group), fold(group))
        kinds.update({fold(name): kind for name in (group, *others) if fold(name)})
    return kinds


def _claim(claimed: dict, key: object, name: str, where: str) -> None:
    owner = claimed.setdefault(key, name)
    if owner != name:
        raise ValueError(f"{where}: the header means '{owner}' already, it cannot mean '{name}'.")


def best_header(sheet: Sheet, synonyms: Synonyms, ticks: Ticks) -> Header | None:
    """Return the reading of the first rows of `sheet` that recognises most, None without text.

    On a tie one row is preferred to two, and an earlier row to a later one.
    """
    rows = {row: _read_row(sheet.rows[row], synonyms, ticks)
            for row in range(1, HEADER_ROWS + 1) if row in sheet.rows}
    known = {row for row, cells in rows.items() if any(cell.field or cell.tick for cell in cells)}
    readings = [((row,), cells) for row, cells in rows.items()]
    readings += [((row - 1, row), _read_pair(sheet, rows[row - 1], rows[row], synonyms, ticks))
                 for row in rows if row - 1 in rows and known & {row - 1, row}]
    best = max(readings, key=lambda reading: _score(reading[1]), default=None)
    return best and _as_header(sheet, *best)


class _HeaderCell(NamedTuple):
    """The header of one column, and what it means without regard to other columns."""

    index: int
    text: str
    key: str
    field: str | None
    tick: tuple[str, str] | None
    group: str = ""
    group_row: int = 0
    in_group: bool = False  # a tick under "Topics" or "Audience"


def _read_row(
    cells: Mapping[int, CellValue], synonyms: Synonyms, ticks: Ticks
) -> list[_HeaderCell]:
    """Return the cells of a row as headers without groups."""
    read = []
    for index in sorted(cells)[:HEADER_COLUMNS]:
        value = cells[index]
        text = value if isinstance(value, str) else _shown(value)
        key = fold(text[:LONGEST_HEADER])
        tick = ticks.get(key) if len(text) <= LONGEST_HEADER else None
        if tick and tick[1] == "police":
            tick = ("topics", "police")
        read.append(_HeaderCell(index, text, key, synonyms.field_of(text), tick))
    return _beside_audiences(read)


def _shown(value: CellValue) -> str:
    return str(getattr(value, "code", getattr(value, "value", value)))


def _read_pair(
    sheet: Sheet, upper: list[_HeaderCell], lower: list[_HeaderCell], synonyms: Synonyms,
    ticks: Ticks,
) -> list[_HeaderCell]:
    """Return two rows as one header: the upper one names groups where the lower one has text."""
    row = min(row for row in sheet.rows if sheet.rows[row] and row)
    return []
