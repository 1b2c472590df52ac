"""Merged ranges of a sheet, looked up row by row without unfolding them."""

from collections.abc import Iterator

from etl.workbook.cells import CellValue
from etl.workbook.reader import Sheet


class Merges:
    """The values that merged ranges carry down the columns of a table.

    Rows must be asked for in ascending order. A range carries its value in the column of its first
    cell alone, and only when it begins below the header.
    """

    def __init__(self, sheet: Sheet, columns: frozenset[int], last_header_row: int):
        ranges: dict[int, list[tuple[int, int]]] = {}
        for first_row, column, last_row, _ in sheet.merges:
            if column in columns and last_header_row < first_row < last_row:
                ranges.setdefault(column, []).append((first_row, last_row))
        self._rows = sheet.rows
        self._dropped: set[int] = set()
        # column -> its ranges, the next one last; what is passed is taken off the end.
        self._ahead = {column: sorted(found, reverse=True) for column, found in ranges.items()}
        self._now: dict[int, tuple[int, int]] = {}

    def drop(self, row: int) -> None:
        """Carry nothing from the ranges that begin in `row`."""
        self._dropped.add(row)

    def over(self, row: int) -> Iterator[tuple[int, int, CellValue]]:
        """Yield (column, first row, value) for the ranges that began above `row` and reach it."""
        for column, ahead in self._ahead.items():
            while ahead and ahead[-1][0] <= row:
                self._now[column] = ahead.pop()
            first, last = self._now.get(column, (0, 0))
            if first < row <= last and first not in self._dropped:
                value = self._rows.get(first, {}).get(column)
                if value is not None:
                    yield column, first, value
