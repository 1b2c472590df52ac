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
    """One way to read one or two rows of a sheet as its header."""

    sheet: Sheet
    rows: tuple[int, ...]
    columns: tuple[Column, ...]
    duplicates: tuple[tuple[Column, Column], ...]  # (the one not read, the one read for it)
    texts: Mapping[int, frozenset[str]]  # column -> folded texts of its header, group and own
    ticks_in_groups: int = 0

    @property
    def fields(self) -> frozenset[str]:
        """Fields that have a column."""
        return frozenset(column.field for column in self.columns if column.field)

    @property
    def score(self) -> tuple[int, int, int]:
        """How much is recognised: needed fields, all fields and ticks, ticks in known groups."""
        needed = sum(name in self.fields for name in NEEDED)
        known = sum(column.field is not None for column in self.columns)
        return needed, known, self.ticks_in_groups


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
        words = [fold(word) for word in _WORD.findall(header)]
        if words and words[0].isdecimal() and len(words[0]) < 3:
            words = words[1:]  # "1. Country"
        # For each number of words from the left: the fields that these words may be pieces of.
        means: list[set[str]] = [set() for _ in range(len(words) + 1)]
        for start in range(len(words)):
            if start and not means[start]:
                continue
            piece = ""
            for end in range(start, len(words)):
                piece += words[end]
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
    rows = [row for row in range(1, HEADER_ROWS + 1) if row in sheet.rows]
    single = [_read_header(sheet, (row,), synonyms, ticks) for row in rows]
    known = {header.rows[0] for header in single if header.score[1]}
    double = [_read_header(sheet, (row - 1, row), synonyms, ticks)
              for row in rows if row - 1 in rows and known & {row - 1, row}]
    return max([*single, *double], key=lambda header: header.score, default=None)


@dataclass(frozen=True)
class _HeaderCell:
    index: int
    text: str
    group: str
    field: str | None
    tick: tuple[str, str] | None
    in_group: bool = False  # a tick under "Topics" or "Audience"


def _read_header(
    sheet: Sheet, rows: tuple[int, ...], synonyms: Synonyms, ticks: Ticks
) -> Header:
    cells = [_recognise(index, text, group, synonyms, ticks)
             for index, text, group in _header_texts(sheet, rows)]
    cells = _with_police(cells)
    read = _fields_read(cells)
    columns, duplicates = [], []
    for cell in cells:
        column = Column(cell.index, address(1, cell.index)[:-1], cell.text, None)
        if cell.field and read[cell.field] == cell.index:
            column = replace(column, field=cell.field)
        elif cell.tick:
            column = replace(column, field=cell.tick[0], code=cell.tick[1])
        elif cell.field:
            duplicates.append((column, read[cell.field]))
        columns.append(column)
    by_index = {column.index: column for column in columns}
    texts = {cell.index: frozenset({fold(cell.text), fold(cell.group)} - {""}) for cell in cells}
    return Header(
        sheet, rows, tuple(columns),
        tuple((column, by_index[index]) for column, index in duplicates), texts,
        ticks_in_groups=sum(cell.in_group for cell in cells))


def _header_texts(sheet: Sheet, rows: tuple[int, ...]) -> Iterator[tuple[int, str, str]]:
    """Yield (column, header, group) for each column that has a header."""
    lower = sheet.rows.get(rows[-1], {})
    upper = sheet.rows.get(rows[0], {}) if len(rows) == 2 else {}
    # A merged group names the columns that it spans, any other the columns up to the next group.
    ends = {first_column: last_column for first_row, first_column, _, last_column in sheet.merges
            if upper and first_row == rows[0]}
    # One text over the first column alone is the title of the table, not a group.
    has_groups = len(upper) > 1 or bool(upper and lower) and min(upper) > min(lower)
    group, last = "", 0
    for index in sorted(set(lower) | set(upper))[:HEADER_COLUMNS]:
        if index in upper and has_groups:
            group, last = _shown(upper[index]), ends.get(index, HEADER_COLUMNS)
        if index in lower:
            yield index, _shown(lower[index]), group if index <= last else ""
        else:
            yield index, _shown(upper[index]), ""


def _shown(value: object) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""


def _recognise(
    index: int, text: str, group: str, synonyms: Synonyms, ticks: Ticks
) -> _HeaderCell:
    name = synonyms.field_of(text, group)
    tick = None
    if len(text) <= LONGEST_HEADER:
        tick = ticks.get(fold(text)) or (ticks.get(fold(f"{group} {text}")) if group else None)
    kind = synonyms.kind_of(group) if tick and group else ""
    in_group = kind in ("topics", "audience")
    if in_group:
        name = None  # under "Topics", "UN-CMCoord" is a topic
    if tick and tick[1] == "police":
        tick = ("audience" if kind == "audience" else "topics", "police")
    return _HeaderCell(index, text, group, name, tick, in_group)


def _with_police(cells: list[_HeaderCell]) -> list[_HeaderCell]:
    """Read "Police" as an audience where it stands beside a column of another audience."""
    told = {cell.index: cell for cell in cells if not cell.field}
    result = []
    for cell in cells:
        beside = [told[i] for i in (cell.index - 1, cell.index + 1) if i in told]
        if (cell.tick == ("topics", "police") and not cell.in_group and any(
                other.tick and other.tick[0] == "audience" and other.group == cell.group
                for other in beside)):
            cell = replace(cell, tick=("audience", "police"))
        result.append(cell)
    return result


def _fields_read(cells: list[_HeaderCell]) -> dict[str, int]:
    """Return field -> its column: the first, but rather one that could not be a tick column."""
    read: dict[str, int] = {}
    for cell in sorted(cells, key=lambda cell: (cell.tick is not None, cell.index)):
        if cell.field:
            read.setdefault(cell.field, cell.index)
    return read
