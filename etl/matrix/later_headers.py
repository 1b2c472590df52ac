"""Headers that stand again within a table: whether the columns below them still mean the same."""

from collections.abc import Mapping
from dataclasses import replace

from etl.issues import Issue
from etl.matrix.headers import Column, Header, Ticks, header_at
from etl.matrix.synonyms import Synonyms
from etl.text import address, fold


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
