"""What one coder wrote: the review that their levels amount to, and the cell of every level.

Each coding is read as a matrix of its own, by the same rules as any matrix, with the columns of the
other coders left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from etl.build import pipeline
from etl.issues import Issue, NotAMatrix
from etl.matrix import coder_heads
from etl.matrix.coder_heads import FIELDS, LEVEL, CoderHead
from etl.matrix.headers import Column, Header, Ticks
from etl.matrix.records import Reading, Record
from etl.matrix.synonyms import Synonyms, load_synonyms
from etl.matrix.table_search import find_header
from etl.meaning import fields, vocabulary
from etl.meaning.finding import text_of
from etl.review.answers import NO_ANSWERS, Answers
from etl.review.assembly import assemble
from etl.review.model import CourseKey, Review
from etl.text import address
from etl.workbook.reader import Sheet, open_workbook

# What a cell for the level is: a level, nothing, something that no rule can read, or no cell at
# all, because the course is not in the workbook.
# What a level rests on, beside the level itself.
GROUNDS = tuple(name for name in FIELDS if name != LEVEL)
CODED, BLANK, NOT_READ, MISSING = "coded", "blank", "not-read", "missing"


class CannotCompare(Exception):
    """There are no two codings to compare; says why, where, and what to do."""


@dataclass(frozen=True)
class CoderMark:
    """What a coder wrote about one course; level: the code that it was read as, where `status` is
    CODED; written, cell: what stands in the workbook and where."""

    status: str
    level: str = ""
    written: str = ""
    evidence: str = ""
    evidence_type: str = ""
    source_url: str = ""
    sheet: str = ""
    cell: str = ""


NO_MARK = CoderMark(MISSING)


@dataclass(frozen=True)
class Coding:
    """All that one coder wrote. head: cell of the head of their level; issues: of the reading."""

    coder: str
    file: str
    sheet: str
    head: str
    header: str
    review: Review
    marks: Mapping[CourseKey, CoderMark]
    issues: Sequence[Issue]

    @property
    def where(self) -> str:
        """File, sheet and cell of the head of the level, for messages."""
        return f"{self.file}, sheet '{self.sheet}', cell {self.head} '{self.header}'"

    def count(self, status: str) -> int:
        """How many courses have a cell of this status."""
        return sum(mark.status == status for mark in self.marks.values())


@dataclass
class Workbook:
    """An open workbook, and the heads in it that name a coder."""

    name: str
    sheets: Sequence[Sheet]
    said: Answers = NO_ANSWERS
    coders: dict[str, str] = field(default_factory=dict)  # key -> as it is written first
    _columns: list[tuple[Column, CoderHead | None]] = field(default_factory=list)
    _header: Header = field(init=False)

    def __post_init__(self) -> None:
        synonyms, ticks = self.said.taught(load_synonyms(), vocabulary.tick_headers())
        heads = coder_heads.found(self.sheets, synonyms)
        try:
            header, _ = find_header(self.sheets, heads.teach(synonyms), ticks)
        except NotAMatrix as error:
            raise CannotCompare(f"{self.name}: {error}") from error
        self._header = header
        named = coder_heads.coders_of(header, synonyms)
        twice = {column.index for column, _ in header.duplicates}
        self._columns = [
            (column, named.get(column.index))
            for column in header.columns
            if column.field in FIELDS or column.index in twice
        ]
        self._refuse_one_coder_twice()
        for _, head in self._levels():
            self.coders.setdefault(head.key, head.coder)

    def _levels(self) -> list[tuple[Column, CoderHead]]:
        return [(column, head) for column, head in self._columns if head and head.field == LEVEL]

    def _refuse_one_coder_twice(self) -> None:
        seen: dict[str, Column] = {}
        for column, head in self._levels():
            earlier = seen.setdefault(head.key, column)
            if earlier is not column:
                raise CannotCompare(
                    f"{self._place(earlier)} and {self._place(column)} both name the coder "
                    f"'{head.coder}'. Name another coder in one of them."
                )

    def _place(self, column: Column) -> str:
        cell = address(self._header.rows[-1], column.index)
        return f"{self.name}, sheet '{self._header.sheet.title}', cell {cell} '{column.header}'"

    def without_second(self) -> CannotCompare:
        """Return the exception for a workbook that holds one coding alone."""
        levels = [
            column
            for column, head in self._columns
            if column.field == LEVEL or (head and head.field == LEVEL)
        ]
        levels += [column for column, read in self._header.duplicates if read.field == LEVEL]
        listed = " and ".join(dict.fromkeys(self._place(column) for column in levels))
        return CannotCompare(
            f"{self.name} has no second coding: the level is in {listed}. Give a second workbook, "
            "or head two columns with the level and the name of who coded it, for example "
            "'level (coder A)' and 'level (coder B)'."
        )

    def read(self, key: str, coder: str) -> Coding:
        """Return what one coder wrote: `key` of `coders`, or "" where no head names one.

        Raises CannotCompare when the workbook cannot be read so, NotReadable as `read_matrix`.
        """
        as_coder = _AsCoder(
            self.said.headings, self.said.aliases, self.said.files, *self._lessons(key)
        )
        try:
            reading, review = pipeline.read_sheets(self.sheets, self.name, as_coder)
        except NotAMatrix as error:
            raise CannotCompare(f"{self.name}: {error}") from error
        column = next(one for one in reading.columns if one.field == LEVEL and not one.code)
        wanted = [one.index for one, head in self._levels() if head.key == key]
        if wanted and wanted != [column.index]:
            raise CannotCompare(
                f"{self._place(column)} is read as the level of {coder}. Head the columns "
                "'level (coder A)' and 'level (coder B)'."
            )
        marks = _marks(reading, review, self._formulas(reading))
        head = address(reading.header_rows[-1], column.index)
        ours = {address(reading.header_rows[-1], one.index) for one, _ in self._columns}
        issues = [
            issue
            for issue in review.issues
            if issue.code != "column-unknown" or issue.cell not in ours
        ]
        return Coding(coder, self.name, reading.sheet, head, column.header, review, marks, issues)

    def _formulas(self, reading: Reading) -> frozenset[tuple[int, int]]:
        return next(one.formulas_without_value for one in self.sheets if one.title == reading.sheet)

    def _lessons(self, key: str) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
        """Return how the heads are to be read as one coder: by text, and by group and text.

        Columns of others are left out; so are columns that name nobody where the coder has their
        own.
        """
        if not key:
            return {}, {}
        own = {head.field for _, head in self._columns if head and head.key == key}
        alone: dict[str, str] = {}
        grouped: dict[tuple[str, str], str] = {}
        for column, head in self._columns:
            meant = column.field or self._means_as_duplicate(column)
            if head is not None:
                name = head.field if head.key == key else ""
            elif meant in own:
                name = ""
            else:
                continue
            if column.group:
                grouped[column.group, column.header] = name
            else:
                alone[column.header] = name
        return alone, grouped

    def _means_as_duplicate(self, column: Column) -> str:
        read = [read.field for one, read in self._header.duplicates if one.index == column.index]
        return (read or [""])[0] or ""


@dataclass(frozen=True)
class _AsCoder(Answers):
    """What a person answered, and how the heads that name a coder are read this time."""

    alone: Mapping[str, str] = field(default_factory=dict)
    grouped: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def taught(self, synonyms: Synonyms, ticks: Ticks) -> tuple[Synonyms, Ticks]:
        synonyms, ticks = super().taught(synonyms, ticks)
        return synonyms.taught(self.alone, self.grouped), ticks


def open_coded(path: Path, max_rows: int | None = None, said: Answers = NO_ANSWERS) -> Workbook:
    """Open a workbook and find who coded in it. Raises NotReadable and CannotCompare."""
    return Workbook(path.name, open_workbook(path, max_rows), said)


def _marks(
    reading: Reading, review: Review, formulas: frozenset[tuple[int, int]]
) -> dict[CourseKey, CoderMark]:
    """Return what was written about each course: of several rows the one whose level was kept."""
    by_row = {record.row: record for record in reading.records if record.holds_course}
    rows = {key: [by_row[course.row]] for key, course in review.courses.items()}
    if review.duplicates_merged:
        first = {course.row for course in review.courses.values()}
        for record in by_row.values():
            if record.row not in first and (key := _key(reading, record, review)) in rows:
                rows[key].append(record)
    column = next(one.index for one in reading.columns if one.field == LEVEL and not one.code)
    marks = {}
    for key, course in review.courses.items():
        kept = course.values[LEVEL]
        several = [_mark(record, reading.sheet, column, formulas, review) for record in rows[key]]
        best = next((mark for mark in several if mark.level == kept), several[0])
        grounds = {name: course.values[name] for name in GROUNDS}
        marks[key] = replace(best, **grounds)
    return marks


def _key(reading: Reading, record: Record, review: Review) -> CourseKey | None:
    """Return which course a row is about, None when its country is not certain."""
    alone = assemble(replace(reading, records=(record,), issues=()), review.answers)
    return next(iter(alone.courses), None)


def _mark(
    record: Record, sheet: str, column: int, formulas: frozenset[tuple[int, int]], review: Review
) -> CoderMark:
    cell = record.cells.get(LEVEL)
    where = {"sheet": sheet, "cell": cell.address if cell else address(record.row, column)}
    if cell is None or not text_of(cell.value):
        status = NOT_READ if (record.row, column) in formulas else BLANK
        return CoderMark(status, **where)
    written = text_of(cell.value)
    finding = fields.level(cell.value)
    if not finding.code:
        return CoderMark(CODED, finding.value, written, **where)
    alias = review.answers.alias(LEVEL, written)
    if alias is None or alias.is_left_out:
        return CoderMark(NOT_READ if alias is None else BLANK, "", written, **where)
    return CoderMark(CODED, alias.value, written, **where)
