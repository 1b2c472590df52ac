"""The header of a matrix: which rows of a sheet it stands in, and what each column is.

A header may stand again within a table (`header_from`); the columns below it need not mean the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from etl.issues import Issue
from etl.matrix.synonyms import LONGEST_HEADER, Synonyms
from etl.text import address, fold
from etl.workbook.cells import CellValue
from etl.workbook.reader import LAST_COLUMN, LAST_ROW, Sheet

NEEDED = ("country", "centre_name", "course_title", "cmcoord_level")
# A title, some words of explanation and an empty line stand above a header, not a whole page.
HEADER_ROWS = 25
# 27 fields and some dozens of tick columns, among whatever else people keep in their tables.
HEADER_COLUMNS = 1_000
# Topics whose names are also words for an audience: topic -> audience.
_ALSO_AUDIENCE = {"police": "police", "military-observer": "military", "staff-officer": "military"}

# Folded header, or group and header -> ("topics" or "audience", code); None = no tick after all.
Ticks = Mapping[str, tuple[str, str] | None]


@dataclass(frozen=True)
class Column:
    """A column of the table: `field` None = kept aside, `code` set = a column of ticks.

    `group` is what stands above its header where a row of groups does.
    """

    index: int
    letter: str
    header: str
    field: str | None
    code: str | None = None
    group: str = ""


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

    index: int  # type: ignore[assignment]  # hides a method of tuple that nobody calls
    text: str
    key: str  # folded
    field: str | None
    tick: tuple[str, str] | None
    group: str = ""
    in_group: bool = False  # a tick under "Topics" or "Audience"


_RowsRead = tuple[tuple[int, ...], list[_Heading]]  # the numbers of one or two rows, their headers


def best_header(sheet: Sheet, synonyms: Synonyms, ticks: Ticks) -> Header | None:
    """Return the header of `sheet`, None without text in its first rows.

    The highest with all needed columns; of several ways to read it, and when no row has them all,
    the one that recognises most. On a tie one row is preferred to two, an earlier row to a later.
    """
    rows = {
        row: _read_row(sheet.rows[row], synonyms, ticks)
        for row in range(1, HEADER_ROWS + 1)
        if row in sheet.rows
    }
    known = {
        row for row, headings in rows.items() if any(one.field or one.tick for one in headings)
    }
    # A merged group names the columns that it spans, any other the columns up to the next group.
    ends = group_ends(sheet, HEADER_ROWS)
    readings: list[_RowsRead] = [((row,), headings) for row, headings in rows.items()]
    readings += [
        ((row - 1, row), _read_pair(row - 1, rows[row - 1], rows[row], ends, synonyms, ticks))
        for row in rows
        if row - 1 in rows and known & {row - 1, row}
    ]
    readings = [(numbers, _beside_audiences(headings)) for numbers, headings in readings]
    readings = _of_first_table(readings, rows)
    best = max(readings, key=lambda reading: _score(reading[1]), default=None)
    return best and _as_header(sheet, *best)


def header_at(
    sheet: Sheet, row: int, synonyms: Synonyms, ticks: Ticks, ends: Mapping[tuple[int, int], int]
) -> Header | None:
    """Return `row`, or it and the row below, as a header with all needed columns; None if not one.

    ends: what `group_ends` gives for the sheet.
    """
    upper = _read_row(sheet.rows[row], synonyms, ticks)
    lower = _read_row(sheet.rows.get(row + 1, {}), synonyms, ticks)
    single = _beside_audiences(upper)
    # Below a row that is whole, only words that need a group are still of the header.
    if _is_whole(single) and not (
        len(lower) > 1 and all(one.key in synonyms.general for one in lower)
    ):
        return _as_header(sheet, (row,), single)
    if not lower:
        return None
    pair = _beside_audiences(_read_pair(row, upper, lower, ends, synonyms, ticks))
    return _as_header(sheet, (row, row + 1), pair) if _is_whole(pair) else None


def group_ends(sheet: Sheet, last_row: int = LAST_ROW) -> dict[tuple[int, int], int]:
    """Return (row, column) of each merged range that begins by `last_row` -> its last column."""
    return {(row, column): last for row, column, _, last in sheet.merges if row <= last_row}


def _of_first_table(
    readings: list[_RowsRead], rows: Mapping[int, list[_Heading]]
) -> list[_RowsRead]:
    """Return the readings that have all needed columns and no course above them; else all.

    A header below a course is that of the next part of the table, however much it recognises.
    """
    whole = [reading for reading in readings if _is_whole(reading[1])]
    if not whole:
        return readings
    numbers, headings = min(whole, key=lambda reading: reading[0][-1])
    read = _fields_read(headings)
    end = min(
        (row for row, cells in rows.items() if row > numbers[-1] and _is_course(cells, read)),
        default=HEADER_ROWS,
    )
    return [reading for reading in whole if reading[0][-1] <= end]


def _is_course(headings: list[_Heading], read: Mapping[str, int]) -> bool:
    """Return whether a row has a course, and not headers for both its country and its course."""
    known = {one.index: one.field is not None for one in headings}
    return read["course_title"] in known and not (
        known[read["course_title"]] and known.get(read["country"])
    )


def _is_whole(headings: list[_Heading]) -> bool:
    return _score(headings)[0] == len(NEEDED)


def _read_row(cells: Mapping[int, CellValue], synonyms: Synonyms, ticks: Ticks) -> list[_Heading]:
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
    row: int,
    upper: list[_Heading],
    lower: list[_Heading],
    ends: Mapping[tuple[int, int], int],
    synonyms: Synonyms,
    ticks: Ticks,
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
    both = group.key + heading.key
    tick = heading.tick or ticks.get(both)
    if both in ticks and ticks[both] is None:
        tick = None  # a person answered that it is no tick
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
    groups = {
        one.index: one.group
        for one in headings
        if one.tick and one.tick[0] == "audience" and not one.field
    }
    if not groups:
        return headings
    return [
        one._replace(tick=_as_audience(one.tick))
        if not one.in_group and one.group in (groups.get(one.index - 1), groups.get(one.index + 1))
        else one
        for one in headings
    ]


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
    ticks = sum(one.tick is not None and read.get(one.field or "") != one.index for one in known)
    return (
        sum(name in read for name in NEEDED),
        len(read) + ticks,
        sum(one.in_group for one in known),
    )


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
        columns[one.index] = Column(one.index, letter, one.text, name, code, one.group)
    return Header(
        sheet,
        rows,
        tuple(columns.values()),
        _score(headings),
        tuple((columns[index], columns[first]) for index, first in duplicates),
        {one.index: frozenset({one.key, fold(one.group)} - {""}) for one in headings},
    )


def header_from(
    row: int, now: Header, synonyms: Synonyms, ticks: Ticks, ends: Mapping[tuple[int, int], int]
) -> tuple[Header, Issue | None]:
    """Return the header that holds below `row`, which is a header again, and what to tell.

    now: the header that holds above `row`; ends: what `headers.group_ends` gives for the sheet.
    """
    own = now.sheet.rows[row]
    if all(fold(str(value)) in now.texts.get(index, ()) for index, value in own.items()):
        return now, None
    before = {column.index: (column.field, column.code) for column in now.columns}
    found = header_at(now.sheet, row, synonyms, ticks, ends)
    if found is None:
        others = [
            index
            for index, value in own.items()
            if isinstance(value, str)
            and fold(value) not in now.texts.get(index, ())
            and synonyms.field_of(value) not in (None, before.get(index, (None,))[0])
        ]
        return now, _unclear(now, row, others) if others else None
    header = _joined(found, now)
    changed = [
        column
        for column in header.columns
        if (column.field, column.code) != before.get(column.index, (None, None))
    ]
    return header, _changed(header, row, changed) if changed else None


def _joined(found: Header, now: Header) -> Header:
    """Return `found`; a column that it leaves without a header keeps the meaning it had."""
    headed = {column.index for column in found.columns}
    kept = [
        column
        for column in now.columns
        if column.index not in headed and (column.code or column.field not in found.fields)
    ]
    texts = {column.index: now.texts[column.index] for column in kept}
    columns = sorted((*found.columns, *kept), key=lambda column: column.index)
    return replace(found, columns=tuple(columns), texts={**texts, **found.texts})


def _changed(header: Header, row: int, columns: list[Column]) -> Issue:
    told = "; ".join(f"{column.letter} '{column.header}' {_meaning(column)}" for column in columns)
    return Issue(
        "header-changed",
        (
            f"Row {row} is a header with other columns than the one above. The rows below are read by "
            f"it: {told}."
        ),
        header.sheet.title,
        address(row, columns[0].index),
    )


def _meaning(column: Column) -> str:
    if column.code:
        return f"as {column.field}: {column.code}"
    return f"as {column.field}" if column.field else "kept aside"


def _unclear(now: Header, row: int, indexes: list[int]) -> Issue:
    letters = ", ".join(address(1, index)[:-1] for index in indexes)
    return Issue(
        "header-unclear",
        (
            f"Row {row} looks like a header with other columns ({letters}), but not all that are "
            "needed; the rows below are read as those above, and may be misread. Write all the "
            "headers into that row."
        ),
        now.sheet.title,
        address(row, indexes[0]),
    )
