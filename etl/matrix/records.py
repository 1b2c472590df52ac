"""From a sheet to records with their cells: where things are in a matrix, never what they say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from etl.issues import Issue, NotAMatrix
from etl.matrix import coder_heads
from etl.matrix.headers import Column, Header, Ticks, group_ends, header_from
from etl.matrix.remarks import header_issues, rows_above, sheet_issues
from etl.matrix.row_kinds import (
    folded_words,
    is_column_numbers,
    is_header_again,
    is_note,
    says_no_course,
)
from etl.matrix.synonyms import Synonyms
from etl.matrix.table_search import find_header
from etl.text import address, fold
from etl.workbook.cells import CellValue, ExcelError, Lines
from etl.workbook.reader import Sheet

# What people write in the course column to say that there is none; a text that folds to nothing
# ("-", "?", "…") says so too.
NO_COURSE_WORDS = folded_words("no-course")

# Fields of several values, which people also write one below the other within a cell.
_LISTS = frozenset({"country", "audience", "language", "topics"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and the cell it was read from, for a merged or carried one the cell that holds it."""

    value: CellValue
    address: str
    row: int
    column: int


@dataclass(frozen=True)
class Record:
    """One row: field -> cell, and the cells under tick headers as (field, code, cell).

    A field without a value has no cell. What a tick means is decided later.
    """

    row: int
    cells: dict[str, Cell]
    ticks: tuple[tuple[str, str, Cell], ...] = ()

    @property
    def holds_course(self) -> bool:
        """Whether the row names a course."""
        return "course_title" in self.cells


@dataclass(frozen=True)
class Reading:
    """A matrix as it was found.

    records: every row that names a course, and every row that names a country or a centre but no
    course. rows_read == number of records that hold a course + rows_without_course.
    """

    sheet: str
    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    records: tuple[Record, ...]
    rows_read: int
    rows_without_course: int
    issues: tuple[Issue, ...]


def read_matrix(
    sheets: Sequence[Sheet],
    synonyms: Synonyms,
    tick_headers: Ticks,
    no_course_words: frozenset[str] = NO_COURSE_WORDS,
) -> Reading:
    """Find the matrix in `sheets` and return its records.

    synonyms: how columns are headed; tick_headers: folded header -> ("topics" or "audience",
    code); no_course_words: folded texts that stand in the course column where there is no course.
    Raises NotAMatrix (no-table, column-missing, no-rows).
    """
    untaught, synonyms = synonyms, coder_heads.taught(sheets, synonyms)
    header, others = find_header(sheets, synonyms, tick_headers)
    rows = _Rows(header, synonyms, tick_headers, no_course_words)
    for row in rows.numbers:
        rows.read(row)
    if not any(record.holds_course for record in rows.records):
        raise NotAMatrix([_no_rows(header, rows)])
    columns, issues = sheet_issues(rows.all_headers, rows.values_in)
    issues = [
        *header_issues(header, others, untaught),
        *rows_above(header, synonyms),
        *issues,
        *rows.issues,
    ]
    return Reading(
        header.sheet.title,
        header.rows,
        columns,
        tuple(rows.records),
        len(rows.numbers),
        rows.without_course,
        tuple(issues),
    )


def _no_rows(header: Header, rows: "_Rows") -> Issue:
    where = f"Sheet '{header.sheet.title}' has its header in row {header.rows[-1]}"
    title = rows.columns_of["course_title"]
    formulas = sum(column == title for _, column in header.sheet.formulas_without_value)
    message = f"{where}, but no course below it. Write one row for each course."
    if formulas:
        message = (
            f"{where}; below it, {formulas:,} course cells are formulas without a stored "
            "value. Open the workbook in Excel, save it and try once more."
        )
    return Issue(
        "no-rows", message, header.sheet.title, address(header.rows[-1], title), "course_title"
    )


@dataclass
class _Rows:
    """Reads the rows below a header one after the other; carries country and centre down."""

    header: Header
    synonyms: Synonyms
    ticks: Ticks
    no_course_words: frozenset[str]
    records: list[Record] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    without_course: int = 0
    values_in: dict[int, int] = field(default_factory=dict)  # column -> values below the header

    def __post_init__(self) -> None:
        sheet, last = self.header.sheet, self.header.rows[-1]
        self.all_headers = self.header  # with the columns that headers further down add
        self._hold(self.header, last)
        formulas = {row for row, column in sheet.formulas_without_value if column in self.by_index}
        self.numbers = sorted(row for row in sheet.rows.keys() | formulas if row > last)
        self._country: Cell | None = None
        self._centre: Cell | None = None

    def _hold(self, header: Header, row: int) -> None:
        """Read the rows below `row` by `header`."""
        self._now, self._header_row = header, row
        self.by_index = {column.index: column for column in header.columns if column.field}
        self.columns_of = {
            column.field: column.index
            for column in self.by_index.values()
            if column.field and not column.code
        }
        self._letters = {column.index: column.letter for column in self.by_index.values()}
        self._first_column = min(column.index for column in header.columns)
        self._merges = _Merges(header.sheet, frozenset(self.by_index), row)

    @cached_property
    def _ends(self) -> dict[tuple[int, int], int]:
        return group_ends(self.header.sheet)

    def read(self, row: int) -> None:
        """Read one row: a record, a note, or a header that is repeated."""
        own = self.header.sheet.rows.get(row, {})
        if row == self._header_row + 1 and is_column_numbers(own):
            self._leave_out("row-header", row, own, "The row numbers the columns; it is left out.")
        elif is_note(own, self._first_column, self.columns_of):
            self._merges.drop(row)  # a note merged over rows is a note in none of them
            self._leave_out("row-note", row, own, "The row is a note; it is not read as a course.")
        elif is_header_again(own, self._now, self.synonyms):
            self._merges.drop(row)
            self._leave_out("row-header", row, own, "The row repeats the header; it is left out.")
            self._follow(row)
        else:
            self._add(row, own)

    def _follow(self, row: int) -> None:
        """Read on by the header that stands in `row`, when it can be read as one."""
        header, issue = header_from(row, self._now, self.synonyms, self.ticks, self._ends)
        self._header_row = row
        if issue:
            self.issues.append(issue)
        if header is not self._now:
            self._hold(header, row)
            headed = {column.index for column in self.all_headers.columns}
            added = (column for column in header.columns if column.index not in headed)
            self.all_headers = replace(
                self.all_headers, columns=(*self.all_headers.columns, *added)
            )

    def _add(self, row: int, own: dict[int, CellValue]) -> None:
        cells, ticks = self._cells(row, own)
        if heading := self._heading(row, own):
            cells["country"] = heading
        named = "country" in cells or "centre_name" in cells
        title = cells.get("course_title")
        if title and self._is_no_course(title):
            del cells["course_title"]
        self._carry(row, cells)
        record = Record(row, cells, ticks)
        if record.holds_course or named:
            self.records.append(record)
        if not record.holds_course:
            self._tell_without_course(record, own, title, named)

    def _cells(
        self, row: int, own: dict[int, CellValue]
    ) -> tuple[dict[str, Cell], tuple[tuple[str, str, Cell], ...]]:
        by_index, letters, values_in = self.by_index, self._letters, self.values_in
        found = {}
        for index, value in own.items():
            values_in[index] = values_in.get(index, 0) + 1
            if index in by_index:
                found[index] = Cell(value, f"{letters[index]}{row}", row, index)
        for index, first, value in self._merges.over(row):
            found[index] = Cell(value, f"{letters[index]}{first}", first, index)
        cells: dict[str, Cell] = {}
        ticks: list[tuple[str, str, Cell]] = []
        for index in sorted(found):
            column, cell = by_index[index], found[index]
            assert column.field, "by_index holds the columns that mean a field"
            if column.code:
                ticks.append((column.field, column.code, cell))
            elif column.field in _LISTS and isinstance(cell.value, Lines):
                cells[column.field] = replace(cell, value=cell.value.listed)
            else:
                cells[column.field] = cell
        return cells, tuple(ticks)

    def _heading(self, row: int, own: dict[int, CellValue]) -> Cell | None:
        """Return the only text of a row when it stands in a first column that has no meaning.

        It can only be a heading over the rows that follow. It is read as their country: better
        held back than given to the country above.
        """
        if len(own) == 1 and self._first_column not in self.by_index:
            value = own.get(self._first_column)
            if isinstance(value, str) and not fold(value).isdecimal():
                return Cell(value, address(row, self._first_column), row, self._first_column)
        return None

    def _is_no_course(self, title: Cell) -> bool:
        if isinstance(title.value, str):
            folded = fold(title.value)
            return not folded or folded in self.no_course_words or says_no_course(title.value)
        return isinstance(title.value, ExcelError)

    def _carry(self, row: int, cells: dict[str, Cell]) -> None:
        """Fill blank country and centre cells from above, or remember what is filled."""
        country = cells.get("country")
        if self._is_formula(row, "country"):
            self._country = self._centre = None  # not blank: nobody knows what it says
        elif country is None:
            if self._country:
                cells["country"] = self._country
        else:
            if self._country is None or _key(country) != _key(self._country):
                self._centre = None  # a blank centre is not the centre of another country
            self._country = country
        centre = cells.get("centre_name")
        if self._is_formula(row, "centre_name"):
            self._centre = None
        elif centre is not None:
            self._centre = centre
        elif self._centre:
            cells["centre_name"] = self._centre

    def _is_formula(self, row: int, name: str) -> bool:
        return (row, self.columns_of[name]) in self.header.sheet.formulas_without_value

    def _tell_without_course(
        self, record: Record, own: dict[int, CellValue], title: Cell | None, named: bool
    ) -> None:
        if title and isinstance(title.value, ExcelError):
            self.issues.append(
                Issue(
                    "excel-error",
                    f"The course title is the Excel error {title.value.code}. Write the "
                    "title into the cell; until then the row holds no course.",
                    self.header.sheet.title,
                    title.address,
                    "course_title",
                    title.value.code,
                )
            )
        what = (
            "names a country or centre, but no course"
            if named
            else ("holds values, but no country, centre or course of its own")
        )
        self._leave_out(
            "row-without-course",
            record.row,
            own,
            f"The row {what}. If there is one, write its title into the row.",
        )

    def _leave_out(self, code: str, row: int, own: dict[int, CellValue], message: str) -> None:
        self.without_course += 1
        index = min(own, default=self.columns_of["course_title"])
        found = " | ".join(
            value.code if isinstance(value, ExcelError) else str(getattr(value, "value", value))
            for value in list(own.values())[:3]
        )
        self.issues.append(
            Issue(code, message, self.header.sheet.title, address(row, index), found=found[:200])
        )


def _key(cell: Cell) -> object:
    return fold(cell.value) if isinstance(cell.value, str) else cell.value


class _Merges:
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
