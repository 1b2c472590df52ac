"""The header of a matrix: which rows of a sheet it stands in, and what each column is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from etl.cells import CellValue
from etl.synonyms import LONGEST_HEADER, Synonyms
from etl.text import address, fold
from etl.workbook import LAST_COLUMN, Sheet

NEEDED = ("country", "centre_name", "course_title", "cmcoord_level")
# A title, some words of explanation and an empty line stand above a header, not a whole page.
HEADER_ROWS = 25
# 27 fields and some dozens of tick columns; more would be searched for nothing.
HEADER_COLUMNS = 200
# Topics whose names are also words for an audience: topic -> audience.
_ALSO_AUDIENCE = {"police": "police", "military-observer": "military", "staff-officer": "military"}

Ticks = Mapping[str, tuple[str, str]]  # folded header -> ("topics" or "audience", code)


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


class _Heading(NamedTuple):
    """The header of one column, and what it means without regard to other columns."""

    index: int
    text: str
    key: str  # folded
    field: str | None
    tick: tuple[str, str] | None
    group: str = ""
    in_group: bool = False  # a tick under "Topics" or "Audience"


def best_header(sheet: Sheet, synonyms: Synonyms, ticks: Ticks) -> Header | None:
    """Return the reading of the first rows of `sheet` that recognises most, None without text.

    On a tie one row is preferred to two, and an earlier row to a later one.
    """
    rows = {row: _read_row(sheet.rows[row], synonyms, ticks)
            for row in range(1, HEADER_ROWS + 1) if row in sheet.rows}
    known = {row for row, headings in rows.items()
             if any(one.field or one.tick for one in headings)}
    # A merged group names the columns that it spans, any other the columns up to the next group.
    ends = {(row, column): last for row, column, _, last in sheet.merges if row <= HEADER_ROWS}
    readings = [((row,), headings) for row, headings in rows.items()]
    readings += [
        ((row - 1, row), _read_pair(row - 1, rows[row - 1], rows[row], ends, synonyms, ticks))
        for row in rows if row - 1 in rows and known & {row - 1, row}]
    readings = [(numbers, _beside_audiences(headings)) for numbers, headings in readings]
    best = max(readings, key=lambda reading: _score(reading[1]), default=None)
    return best and _as_header(sheet, *best)


def _read_row(
    cells: Mapping[int, CellValue], synonyms: Synonyms, ticks: Ticks
) -> list[_Heading]:
    """Return the cells of a row as headers without groups."""
    headings = []
    for index in sorted(cells)[:HEADER_COLUMNS]:
        value = cells[index]
        text = str(getattr(value, "code", getattr(value, "value", value)))
        key = fold(text) if len(text) <= LONGEST_HEADER else ""
        tick = ticks.get(key)
        if tick == ("audience", "police"):
            tick = ("topics", "police")
        headings.append(_Heading(index, text, key, synonyms.field_of(text), tick))
    return headings


def _read_pair(
    row: int, upper: list[_Heading], lower: list[_Heading], ends: Mapping[tuple[int, int], int],
    synonyms: Synonyms, ticks: Ticks,
) -> list[_Heading]:
    """Return two rows as one header; the upper one, `row`, names groups or stands for a blank."""
    # One text over the first column alone is the title of the table, not a group.
    has_groups = len(upper) > 1 or upper[0].index > lower[0].index
    above, below = ({one.index: one for one in headings} for headings in (upper, lower))
    group, last, read = None, 0, []
    for index in sorted(above.keys() | below.keys()):
        if index in above and has_groups:
            group, last = above[index], ends.get((row, index), LAST_COLUMN)
        if index not in below:
            read.append(above[index])
        elif group and index <= last:
            read.append(_under(group, below[index], synonyms, ticks))
        else:
            read.append(below[index])
    return read


def _under(group: _Heading, heading: _Heading, synonyms: Synonyms, ticks: Ticks) -> _Heading:
    """Return `heading` as it is meant under `group`."""
    name = heading.field
    if heading.key in synonyms.general:
        name = synonyms.field_of(heading.text, group.text)
    tick = heading.tick or ticks.get(group.key + heading.key)
    kind = synonyms.kind_of(group.text) if tick else ""
    if kind == "audience":
        tick = _as_audience(tick)
    in_group = kind in ("topics", "audience")
    if in_group:
        name = None  # under "Topics", "UN-CMCoord" is a topic
    return _Heading(heading.index, heading.text, heading.key, name, tick, group.text, in_group)


def _as_audience(tick: tuple[str, str] | None) -> tuple[str, str] | None:
    if tick and tick[0] == "topics" and tick[1] in _ALSO_AUDIENCE:
        return ("audience", _ALSO_AUDIENCE[tick[1]])
    return tick


def _beside_audiences(headings: list[_Heading]) -> list[_Heading]:
    """Read "Police" as an audience where it stands beside a column of another audience."""
    groups = {one.index: one.group for one in headings
              if one.tick and one.tick[0] == "audience" and not one.field}
    if not groups:
        return headings
    return [
        one._replace(tick=_as_audience(one.tick)) if not one.in_group and one.group in (
            groups.get(one.index - 1), groups.get(one.index + 1)) else one
        for one in headings]


def _fields_read(headings: Sequence[_Heading]) -> dict[str, int]:
    """Return field -> its column: the first, but rather one that could not be a tick column."""
    read: dict[str, int] = {}
    for one in sorted(headings, key=lambda one: (one.tick is not None, one.index)):
        if one.field:
            read.setdefault(one.field, one.index)
    return read


def _score(headings: list[_Heading]) -> tuple[int, int, int]:
    known = [one for one in headings if one.field or one.tick]
    read = _fields_read(known)
    ticks = sum(one.tick is not None and read.get(one.field) != one.index for one in known)
    return (sum(name in read for name in NEEDED), len(read) + ticks,
            sum(one.in_group for one in known))


def _as_header(sheet: Sheet, rows: tuple[int, ...], headings: list[_Heading]) -> Header:
    read = _fields_read(headings)
    columns: dict[int, Column] = {}
    duplicates = []
    for one in headings:
        name, code = one.field, None
        if name and read[name] != one.index:
            if not one.tick:
                duplicates.append((one.index, read[name]))
            name = None
        if name is None and one.tick:
            name, code = one.tick
        letter = address(1, one.index)[:-1]
        columns[one.index] = Column(one.index, letter, one.text, name, code)
    return Header(
        sheet, rows, tuple(columns.values()), _score(headings),
        tuple((columns[index], columns[first]) for index, first in duplicates),
        {one.index: frozenset({one.key, fold(one.group)} - {""}) for one in headings})
