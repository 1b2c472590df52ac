"""Opens an .xlsx within limits and gives its sheets as plain cells; the only module with openpyxl.

openpyxl knows number formats and Excel's calendar. Its own reader is not used: it unfolds merged
ranges, keeps empty rows, stops at odd styles, and gives either formulas or values. Here one pass
over each sheet gives values and what must be known about them.
"""

import math
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.cell import column_index_from_string, range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, from_ISO8601

from etl.issues import NotReadable
from etl.text import address, clean
from etl.workbook.cells import CellValue, ExcelDate, ExcelError
from etl.workbook.container import Container, ZipPart, open_container
from etl.workbook.contents import SheetPart, is_true, list_contents
from etl.workbook.file_kind import REPAIR, refusal, shown_name
from etl.workbook.strings import ItemText, read_items, tidy

# All limits count over the whole workbook, so that many sheets cannot add up to what one may not.
# A hundred times the published matrix has 31,500 rows; this is three times as many.
MAX_ROWS = 100_000
# 27 columns in each of them, and some to spare; about 300 MB in memory.
MAX_CELLS = 3_000_000
# Excel's own bounds; a cell beyond them comes from no spreadsheet.
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
# Memory for text in bytes; a hundred published matrices hold about 60 MB.
MAX_TEXT_BYTES = 200_000_000
# A matrix of 31,500 rows, with country, centre and its columns merged, has about 80,000.
MAX_MERGES = 200_000

_DIGITS = "0123456789"
_COPY_TABLE = "Copy the table with the matrix to a new workbook"


@dataclass(frozen=True)
class Sheet:
    """The cells of one worksheet that hold something, and what is known about them.

    rows: row number -> column number -> value, both from 1, rows ascending; text is cleaned.
    merges: (first row, first column, last row, last column), as stored, never expanded.
    hidden_rows, hidden_columns: those that hold something.
    formulas_without_value: (row, column) of formulas whose result was not stored.
    formulas: number of formulas whose result was stored.
    """

    title: str
    rows: dict[int, dict[int, CellValue]]
    merges: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formulas_without_value: frozenset[tuple[int, int]] = frozenset()
    formulas: int = 0
    hidden: bool = False


def open_workbook(path: Path, max_rows: int | None = None) -> list[Sheet]:
    """Return the worksheets of the workbook at `path` in their order, hidden ones too.

    max_rows: filled rows of all sheets together (`MAX_ROWS`). Chart sheets are left out. Raises NotReadable, and nothing else, when the file is no workbook,
    is damaged, protected, hostile or beyond a limit; its message says what to do.
    """
    try:
        with open_container(path) as container:
            return _read_sheets(container, max_rows)
    except NotReadable:
        raise
    except Exception as error:
        raise refusal(shown_name(path), f"could not be read ({_reason(error)})", REPAIR) from error


def _reason(error: Exception) -> str:
    return clean(f"{type(error).__name__}: {error}".rstrip(": "))[:200]


@dataclass
class _Book:
    """What the sheets of a workbook share, and what they have used up together."""

    container: Container
    max_rows: int
    texts: list[str] = field(default_factory=list)
    # The number format of each cell style that shows a date, time or duration.
    date_formats: dict[str, str] = field(default_factory=dict)
    epoch: datetime = WINDOWS_EPOCH
    rows: int = 0
    cells: int = 0
    text_bytes: int = 0
    merges: int = 0

    def keep_text(self, text: str) -> str:
        """Count the memory of `text`; raises NotReadable when there is too much of it."""
        self.text_bytes += text.__sizeof__()
        if self.text_bytes > MAX_TEXT_BYTES:
            raise self.container.refuse(
                f"holds more than {MAX_TEXT_BYTES // 1_000_000} MB of text", _COPY_TABLE
            )
        return text


def _read_sheets(container: Container, max_rows: int | None) -> list[Sheet]:
    contents = list_contents(container)
    epoch = MAC_EPOCH if contents.counts_from_1904 else WINDOWS_EPOCH
    book = _Book(container, max_rows or MAX_ROWS, epoch=epoch)
    if contents.styles:
        book.date_formats = _read_date_formats(ZipPart(container, contents.styles))
    if contents.texts:
        book.texts = read_items(ZipPart(container, contents.texts), book.keep_text)
    return [_read_sheet(book, part) for part in contents.sheets]


def _read_sheet(book: _Book, part: SheetPart) -> Sheet:
    reader = _SheetReader(book, part)
    try:
        return reader.read()
    except NotReadable:
        raise
    except Exception as error:
        raise book.container.refuse(
            f"could not be read: sheet '{part.title}' holds something that no spreadsheet writes, "
            f"at or after cell {reader.cell} ({_reason(error)})",
            REPAIR,
        ) from error


def _read_date_formats(part: ZipPart) -> dict[str, str]:
    """Return cell style ("0", "1", …) -> number format, for the styles that show dates."""
    formats = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    styles: list[str] = []

    def add_format(attributes: dict[str, str]) -> None:
        formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")

    def add_style(attributes: dict[str, str]) -> None:
        styles.append(formats.get(attributes.get("numFmtId", "0"), ""))

    # The styles of cells follow the named ones, which no cell refers to.
    part.parse({"numFmt": add_format, "cellXfs": lambda _: styles.clear(), "xf": add_style})
    dates = {code for code in set(styles) if is_date_format(code) or is_timedelta_format(code)}
    return {str(number): code for number, code in enumerate(styles) if code in dates}


class _SheetReader:
    """Reads one worksheet part in one pass."""

    def __init__(self, book: _Book, part: SheetPart):
        self._book, self._sheet = book, part
        self._part = ZipPart(book.container, part.part)
        self._inline = ItemText(self._part)
        self._rows: dict[int, dict[int, CellValue]] = {}
        self._merges: list[tuple[int, int, int, int]] = []
        self._hidden_rows: set[int] = set()
        self._column_is_hidden = bytearray(LAST_COLUMN + 1)
        self._without_value: set[tuple[int, int]] = set()
        self._formulas = self._row = self._column = self._column_ranges = 0
        self._row_digits = "0"
        self._letters: dict[str, int] = {}
        self._cells: dict[int, CellValue] = {}  # of the row being read
        self._kind = self._style = ""  # of the cell being read
        self._raw: str | None = None
        self._has_formula = False

    def read(self) -> Sheet:
        """Return the sheet; raises NotReadable beyond a limit, and all sorts for damaged cells."""
        self._part.parse(
            {
                "row": self._start_row,
                "c": self._start_cell,
                "v": lambda _: self._part.listen(),
                "f": self._start_formula,
                "col": self._read_column,
                "mergeCell": self._read_merge,
                **self._inline.on_start,
            },
            {"c": self._end_cell, "v": self._end_value, **self._inline.on_end},
        )
        self._keep_row()
        rows = self._rows
        if any(later < earlier for earlier, later in pairwise(rows)):
            rows = dict(sorted(rows.items()))
        used = {column for cells in rows.values() for column in cells}
        return Sheet(
            title=self._sheet.title,
            rows=rows,
            merges=tuple(self._merges),
            hidden_rows=frozenset(self._hidden_rows & rows.keys()),
            hidden_columns=frozenset(c for c in used if self._column_is_hidden[c]),
            formulas_without_value=frozenset(self._without_value),
            formulas=self._formulas,
            hidden=self._sheet.hidden,
        )

    @property
    def cell(self) -> str:
        """Address of the cell that was read last."""
        return address(max(self._row, 1), max(self._column, 1))

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self._go_to_row(int(float(number)) if number else self._row + 1)
        self._column = 0
        if is_true(attributes.get("hidden")):
            self._hidden_rows.add(self._row)

    def _go_to_row(self, row: int) -> None:
        if not 1 <= row <= LAST_ROW:
            raise ValueError(f"row {row}")
        self._keep_row()
        self._row, self._row_digits = row, str(row)

    def _keep_row(self) -> None:
        if not self._cells:
            return
        if max(self._cells) > LAST_COLUMN:
            raise ValueError(f"column {max(self._cells)}")
        book = self._book
        book.rows += 1
        book.cells += len(self._cells)
        if book.rows > book.max_rows or book.cells > MAX_CELLS:
            raise book.container.refuse(
                f"holds more than {book.max_rows:,} rows or {MAX_CELLS:,} cells that are filled",
                _COPY_TABLE,
            )
        self._rows.setdefault(self._row, {}).update(self._cells)
        self._cells = {}

    def _read_column(self, attributes: dict[str, str]) -> None:
        self._column_ranges += 1
        first, last = int(attributes["min"]), int(attributes["max"])
        if not 1 <= first <= last <= LAST_COLUMN or self._column_ranges > LAST_COLUMN:
            raise ValueError(f"column {last}")
        if is_true(attributes.get("hidden")):
            self._column_is_hidden[first : last + 1] = b"\1" * (last - first + 1)

    def _read_merge(self, attributes: dict[str, str]) -> None:
        first_column, first_row, last_column, last_row = range_boundaries(attributes["ref"])
        self._book.merges += 1
        if self._book.merges > MAX_MERGES:
            raise self._book.container.refuse(
                f"holds more than {MAX_MERGES:,} merged ranges", _COPY_TABLE
            )
        self._merges.append((first_row, first_column, last_row, last_column))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._raw, self._has_formula = None, False
        reference = attributes.get("r")
        if not reference:
            self._column += 1  # it follows the one before
            return
        letters = reference.rstrip(_DIGITS)
        digits = reference[len(letters) :]
        if digits != self._row_digits:
            self._go_to_row(int(digits))
        column = self._letters.get(letters)
        if column is None:
            column = self._letters[letters] = column_index_from_string(letters)
            if column > LAST_COLUMN:
                raise ValueError(f"column {letters}")
        self._column = column

    def _start_formula(self, _attributes: dict[str, str]) -> None:
        self._has_formula = True

    def _end_value(self) -> None:
        self._raw = self._part.heard()

    def _end_cell(self) -> None:
        raw = self._raw
        if self._has_formula:
            if raw or (raw is not None and self._kind == "str"):  # "" as result: empty, type str
                self._formulas += 1
            else:
                self._without_value.add((self._row, self._column))
        value = self._value(self._kind, raw) if raw else None
        if self._kind == "inlineStr":
            value = self._book.keep_text(self._inline.take())
        if value not in (None, ""):
            self._cells[self._column] = value

    def _value(self, kind: str, raw: str) -> CellValue:
        if kind == "s":
            number = int(raw)
            if number < 0:
                raise ValueError(f"text number {number}")
            return self._book.texts[number]
        if kind == "n":
            return self._number(raw, self._book.date_formats.get(self._style))
        if kind == "b":
            return is_true(raw)
        if kind == "e":
            return ExcelError(clean(raw))
        if kind == "d":
            with suppress(ValueError):  # when it is no date after all, it is kept as text
                return ExcelDate(from_ISO8601(raw), self._book.date_formats.get(self._style, ""))
        return self._book.keep_text(tidy(raw))

    def _number(self, raw: str, date_format: str | None) -> CellValue:
        number: int | float = float(raw)
        if not math.isfinite(number):
            return ExcelError("#NUM!")
        if raw.lstrip("-").isdecimal():
            number = int(raw)
        if date_format:
            # Outside Excel's calendar Excel shows #####; the number is all that can be told.
            with suppress(OverflowError, ValueError):
                is_span = is_timedelta_format(date_format)
                return ExcelDate(from_excel(number, self._book.epoch, is_span), date_format)
        return number
