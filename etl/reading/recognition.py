"""What was recognised in a workbook: its sheets and why one is read, its header, each column.

Everything here looks at a reading that is done, or at what hindered it, and changes nothing.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import InitVar, dataclass, field, replace

from etl.matrix import coder_heads
from etl.matrix.headers import HEADER_ROWS, NEEDED, Column, Header, Ticks, best_header, group_ends
from etl.matrix.records import Reading
from etl.matrix.synonyms import LONGEST_HEADER, Synonyms, load_synonyms
from etl.matrix.table_search import is_table
from etl.meaning import countries, fields, vocabulary
from etl.meaning.finding import text_of
from etl.meaning.vocabulary import near
from etl.review.answers import VOCABULARY_OF, Answers
from etl.text import address, fold
from etl.workbook.cells import CellValue
from etl.workbook.reader import LAST_COLUMN, Sheet

# Values that are shown of a column, and that are tried as values of a field.
EXAMPLES, SAMPLED = 5, 50
# Fields that are proposed for a column; how alike a header must be, and what share of the values
# must be readable. These only propose: a person chooses.
PROPOSED, ALIKE, READABLE = 3, 0.6, 0.6
_FEWEST_VALUES = 2
# Fields whose values can be told from other text.
_TOLD = ("country", *VOCABULARY_OF, "duration", "year", "source_url")


@dataclass(frozen=True)
class Proposal:
    """A field that a column may be, and why it is proposed ("header", or "12 of 14 values")."""

    field: str
    why: str


@dataclass
class Recognition:
    """A workbook as it was recognised.

    `title` of the sheet, `rows` of the header and `columns` are those of the table that is read
    or, when none could be read, of what looks most like one (`rows` empty: nothing does). `values`:
    column -> number of filled cells below the header; `samples`: column -> some distinct values.
    The sheet itself is not kept: it can take a few hundred MB.
    """

    sheet: InitVar[Sheet | None]
    rows: tuple[int, ...]
    columns: tuple[Column, ...]
    synonyms: Synonyms
    ticks: Ticks
    answers: Answers
    values: Counter[int] = field(default_factory=Counter)
    samples: dict[int, dict[str, None]] = field(default_factory=dict)
    title: str = ""

    def __post_init__(self, sheet: Sheet | None) -> None:
        self.title = sheet.title if sheet else ""
        below = self.rows[-1] if self.rows else 0
        for row, cells in sheet.rows.items() if sheet else ():
            if row > below:
                self._count(cells)

    def _count(self, cells: Mapping[int, CellValue]) -> None:
        for index, value in cells.items():
            self.values[index] += 1
            sample = self.samples.setdefault(index, {})
            if len(sample) < SAMPLED:
                sample[fields.shown(value)] = None

    def of_letter(self, letter: str) -> Column | None:
        """Return the column of a letter ("F"), None when the table has no such column."""
        return next((column for column in self.columns if column.letter == letter), None)

    def rule(self, column: Column) -> str:
        """Return by which rule a column was recognised, empty when it was not.

        exact: the name of the field; synonym: another known header; group: a header that the one
        above it makes clear; pieces: known headers side by side ("Country / Pays"); tick: the name
        of a topic or an audience; duplicate: known, but another column is read for that field;
        answer: a person said so.
        """
        heading = self.answers.heading(column)
        if heading and (heading.field, heading.code) == (column.field or "", column.code or ""):
            return "answer"
        key = fold(column.header)
        if column.code:
            return "tick"
        if column.field is None:
            known = self.synonyms.field_of(column.header, column.group)
            return "duplicate" if known else ""
        if key == fold(self.synonyms.names[column.field]):
            return "exact"
        if column.group and key in self.synonyms.general:
            return "group"
        return "synonym" if self.synonyms.alone.get(key) == column.field else "pieces"

    def without_answer(self, column: Column) -> str:
        """Return the field that the program itself takes a column for, empty when for none."""
        return load_synonyms().field_of(column.header, column.group) or ""

    def proposals(self, column: Column) -> list[Proposal]:
        """Return fields that an unrecognised column may be: by its header, then by its values."""
        read = {other.field for other in self.columns if not other.code}
        spellings = [key for key, name in self.synonyms.alone.items() if name and name not in read]
        key = fold(column.header[:LONGEST_HEADER])
        found = {
            self.synonyms.alone[close]: "header" for close in near(key, spellings, PROPOSED, ALIKE)
        }
        for name, why in self._by_values(column):
            if name not in read:
                found.setdefault(name, why)
        # What is needed goes first.
        ordered = sorted(found, key=lambda name: name not in NEEDED)
        return [Proposal(name, found[name]) for name in ordered][:PROPOSED]

    def _by_values(self, column: Column) -> list[tuple[str, str]]:
        sample = list(self.samples.get(column.index, ()))
        if len(sample) < _FEWEST_VALUES:
            return []
        read = {name: sum(_reads(name, text) for text in sample) for name in _TOLD}
        likely = [name for name in _TOLD if read[name] >= READABLE * len(sample)]
        return [
            (name, f"{read[name]} of {len(sample)} values")
            for name in sorted(likely, key=lambda name: -read[name])
        ]


def recognise(sheets: Sequence[Sheet], answers: Answers, reading: Reading | None) -> Recognition:
    """Return what was recognised in `sheets`; reading: None when no matrix was found."""
    synonyms, ticks = answers.taught(load_synonyms(), vocabulary.tick_headers())
    synonyms = coder_heads.taught(sheets, synonyms)
    if reading:
        sheet: Sheet | None = next(one for one in sheets if one.title == reading.sheet)
        rows, columns = reading.header_rows, reading.columns
    else:
        sheet, rows, columns = _likeliest(sheets, synonyms, ticks)
    if sheet and len(rows) == 1:
        columns = _told_apart(sheet, rows[0], columns)
    return Recognition(sheet, rows, columns, synonyms, ticks, answers)


def _told_apart(sheet: Sheet, row: int, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Give unknown columns of one header the group above them, by which they can be answered.

    The row above counts as groups only once something under it is known: an answer makes it so.
    """
    above = sheet.rows.get(row - 1, {})
    if len(above) < 2:
        return columns
    ends, groups, group, last = group_ends(sheet, row), {}, "", 0
    for index in range(min(above), max(column.index for column in columns) + 1):
        if index in above:
            group = text_of(above[index])
            last = ends.get((row - 1, index), LAST_COLUMN)
        groups[index] = group if index <= last else ""
    seen = Counter(column.header for column in columns)
    return tuple(
        replace(column, group=groups.get(column.index, ""))
        if seen[column.header] > 1 and not column.field and not column.group
        else column
        for column in columns
    )


def sheets_told(sheets: Sequence[Sheet], found: Recognition, is_read: bool) -> list[dict]:
    """Return for each sheet its title, filled rows, whether it is read or hidden, and why (not)."""
    told = []
    for sheet in sheets:
        header = best_header(sheet, found.synonyms, found.ticks)
        needed, known = header.score[:2] if header else (0, 0)
        used = is_read and sheet.title == found.title
        told.append(
            {
                "title": sheet.title,
                "rows": len(sheet.rows),
                "hidden": sheet.hidden,
                "used": used,
                "needed_columns": needed,
                "known_columns": known,
                "why": _why(sheet, header, used),
            }
        )
    return told


def _why(sheet: Sheet, header: Header | None, used: bool) -> str:
    if header is None:
        return "empty" if not sheet.rows else f"no text in its first {HEADER_ROWS} rows"
    needed, known, _ = header.score
    said = f"{needed} of the {len(NEEDED)} needed columns are recognised, {known} in all"
    if used:
        return f"no other sheet is more like a matrix: {said}"
    return f"looks like a matrix too: {said}" if needed == len(NEEDED) else said


def _likeliest(
    sheets: Sequence[Sheet], synonyms: Synonyms, ticks: Ticks
) -> tuple[Sheet | None, tuple[int, ...], tuple[Column, ...]]:
    """Return the sheet, header rows and columns of what looks most like the table of a matrix."""
    headers = [header for sheet in sheets if (header := best_header(sheet, synonyms, ticks))]
    best = max(headers, key=lambda header: header.score, default=None)
    if best and is_table(best):
        below = _columns_of(best.sheet.rows.get(best.rows[-1] + 1, {}), synonyms)
        if len(below) > len(best.columns) and sum(bool(one.field) for one in below) > 1:
            return best.sheet, (best.rows[-1] + 1,), below  # what was found names its groups
        return best.sheet, best.rows, best.columns
    rows = [
        (sheet, row, cells)
        for sheet in sheets
        for row, cells in sheet.rows.items()
        if row <= HEADER_ROWS
    ]
    if not rows:
        return None, (), ()
    sheet, row, cells = max(rows, key=lambda one: _headers_in(one[2]))
    return sheet, (row,), _columns_of(cells, synonyms)


def _columns_of(cells: Mapping[int, CellValue], synonyms: Synonyms) -> tuple[Column, ...]:
    texts = {index: text_of(value) for index, value in sorted(cells.items())}
    return tuple(
        Column(index, address(1, index)[:-1], text, synonyms.field_of(text))
        for index, text in texts.items()
    )


def _headers_in(cells: Mapping[int, object]) -> int:
    return sum(isinstance(value, str) and len(value) <= LONGEST_HEADER for value in cells.values())


def _reads(name: str, text: str) -> bool:
    """Whether a text can only be meant as a value of field `name`, or at least may be."""
    if name == "country":
        return countries.resolve(text).iso3 is not None
    if vocabulary.load("ticks").code_for(text):
        return False  # a tick says nothing about what its column is
    finding = fields.FIELDS[name](text)
    empty = fields.FIELDS[name](None).value
    return not finding.code and finding.value != empty
