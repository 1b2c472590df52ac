"""What a person answered about one matrix: what a column is, and what a spelling stands for.

The answers are a folder of two small tables, each optional. They teach the reading of this matrix
alone; the lists that every matrix is read by (`maps/columns.csv`, `vocab/*.csv`) stay as they are.

columns.csv: field, language, group, header (as `maps/columns.csv`). `field` may also be
    "leave-out", or name what ticks below the header stand for ("topics:gender").
aliases.csv: field, written, code. `code` is an ISO 3166-1 alpha-3 code for a country, codes of the
    vocabulary separated by ";" for a word, a plain value ("10 days") for a length, year, place or
    address, "yes" or "no" for a mark in a column of ticks (field "tick"), or "leave-out".
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from etl.matrix.headers import Column, Ticks
from etl.matrix.synonyms import Synonyms, load_synonyms
from etl.meaning import countries, fields, vocabulary
from etl.text import clean, fold

COLUMNS, ALIASES = "columns.csv", "aliases.csv"
LEAVE_OUT = "leave-out"
# file -> the columns it needs, and those that it may have.
_NEEDED = {COLUMNS: ("field", "header"), ALIASES: ("field", "written", "code")}
# A matrix has some dozens of columns and spellings to ask about; these are a hundred times as many.
MAX_BYTES, MAX_LINES = 1_000_000, 5_000
# Text that a spreadsheet would run was written with an apostrophe before it (etl.build.publish.inert).
_INERT = re.compile(r"'+[=+\-@\t\r]")

# field -> the vocabulary whose codes it takes; other fields of aliases.csv take a plain value.
VOCABULARY_OF = {
    "cmcoord_level": "levels",
    "audience": "audiences",
    "language": "languages",
    "topics": "topics",
    "course_type": "course_types",
    "evidence_type": "evidence_types",
    "operator": "operators",
    "provider_type": "provider_types",
    "scope": "scopes",
    "un_recognised": "recognition",
}
MULTIPLE = frozenset({"audience", "language", "topics"})
TICK = "tick"
# Columns of ticks can be taught by "topics:gender" and "audience:police".
_TICKED = ("topics", "audience")


class AnswersBroken(Exception):
    """The answers cannot be used; says which file and line, and what to do."""


@dataclass(frozen=True)
class Line:
    """One line of a file, by column name, and where it stands."""

    cells: dict[str, str]
    where: str

    def text(self, name: str) -> str:
        """Return one cell as clean text; empty when the file has no such column."""
        raw = self.cells.get(name) or ""
        return clean(raw[1:] if _INERT.match(raw) else raw)

    def broken(self, why: str) -> AnswersBroken:
        """Return the exception for something that is wrong with this line."""
        return AnswersBroken(f"{self.where}: {why}.")


def spelling(text: str) -> str:
    """Return the key of an answered spelling: case and spaces aside, every sign counts.

    An answer reaches no further than what the person saw: "5-7 wks" is not "57 wks".
    """
    return clean(text).casefold()


@dataclass(frozen=True)
class Alias:
    """One line of aliases.csv: the value that stands in for a spelling, None to leave it out."""

    field: str
    written: str
    value: Any
    where: str  # "aliases.csv line 3"

    @property
    def is_left_out(self) -> bool:
        """Whether the person answered that the value is not used."""
        return self.value is None


@dataclass(frozen=True)
class Heading:
    """One line of columns.csv: field and code that a header means, both empty to leave it out."""

    group: str
    header: str
    field: str
    code: str
    where: str


@dataclass(frozen=True)
class Answers:
    """Everything that a person answered about one matrix; files: name -> path, as they were read."""

    headings: tuple[Heading, ...] = ()
    aliases: Mapping[tuple[str, str], Alias] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)

    def alias(self, name: str, text: str) -> Alias | None:
        """Return what was answered about `text` as field `name`, None when nothing was."""
        return self.aliases.get((name, spelling(text))) if self.aliases else None

    def heading(self, column: Column) -> Heading | None:
        """Return what was answered about a column: under its group, else about its header."""
        key = fold(column.header)
        return self._headings.get((fold(column.group), key)) or self._headings.get(("", key))

    def taught(self, synonyms: Synonyms, ticks: Ticks) -> tuple[Synonyms, Ticks]:
        """Return how columns are headed, with what was answered before what is known."""
        if not self.headings:
            return synonyms, ticks
        alone = {
            one.header: "" if one.code else one.field for one in self.headings if not one.group
        }
        grouped = {
            (one.group, one.header): "" if one.code else one.field
            for one in self.headings
            if one.group
        }
        ticked = {
            fold(one.group) + fold(one.header): (one.field, one.code) if one.code else None
            for one in self.headings
        }
        return synonyms.taught(alone, grouped), {**ticks, **ticked}

    @cached_property
    def _headings(self) -> dict[tuple[str, str], Heading]:
        return {(fold(one.group), fold(one.header)): one for one in self.headings}


NO_ANSWERS = Answers()


def load(folder: Path) -> Answers:
    """Return the answers in `folder`; none when there is no such folder.

    Raises AnswersBroken (file and line) for an answer that cannot be read, contradicts another, or
    contradicts what the program knows for certain.
    """
    files = _files(folder)
    headings: dict[tuple[str, str], Heading] = {}
    for line in _lines(files.get(COLUMNS)):
        one = _heading(line)
        _keep(headings, (fold(one.group), fold(one.header)), one, lambda old: (old.field, old.code))
    aliases: dict[tuple[str, str], Alias] = {}
    for line in _lines(files.get(ALIASES)):
        alias = _alias(line)
        _keep(aliases, (alias.field, spelling(alias.written)), alias, lambda old: old.value)
    return Answers(tuple(headings.values()), aliases, files)


def _keep(kept: dict, key: tuple[str, str], one: Any, meaning: Any) -> None:
    earlier = kept.setdefault(key, one)
    if meaning(earlier) != meaning(one):
        raise AnswersBroken(
            f"{one.where} contradicts {earlier.where}: one of the two must go. Delete the line "
            "that is wrong."
        )


def _heading(line: Line) -> Heading:
    group, header, name = (line.text(part) for part in ("group", "header", "field"))
    if not fold(header):
        raise line.broken("the column header is empty; name the column that is meant")
    wanted, _, code = name.partition(":")
    if name == LEAVE_OUT:
        return Heading(group, header, "", "", line.where)
    if code and wanted in _TICKED:
        if code in vocabulary.load(VOCABULARY_OF[wanted]).codes:
            return Heading(group, header, wanted, code, line.where)
    elif name in load_synonyms().names:
        return Heading(group, header, name, "", line.where)
    known = ", ".join(load_synonyms().names)
    raise line.broken(
        f"'{name}' is no field; write one of {known}, topics:CODE or audience:CODE for a column of "
        f"ticks, or {LEAVE_OUT}"
    )


def _alias(line: Line) -> Alias:
    name, written, code = (line.text(part) for part in ("field", "written", "code"))
    known = ("country", *VOCABULARY_OF, *PLAIN_FIELDS, TICK)
    if name not in known:
        raise line.broken(
            f"'{name}' is no field that takes answers; write one of {', '.join(known)}"
        )
    if not spelling(written):
        raise line.broken("the column written is empty; copy what stands in the cell")
    value = None if code == LEAVE_OUT else _value(line, name, code)
    already = _known(name, written)
    if already is not None and already != _canonical(name, value):
        raise line.broken(
            f"'{written}' is read as {_shown(name, already)} already, an answer may not change "
            "that; correct the cells in the workbook instead"
        )
    return Alias(name, written, value, line.where)


# Fields whose cells are read as a plain value: an answer writes the value as it should stand.
PLAIN_FIELDS = (
    "duration",
    "year",
    "established_year",
    "latitude",
    "longitude",
    "website",
    "source_url",
    "centre_source_url",
)


def _value(line: Line, name: str, code: str) -> Any:
    """Return the value that `code` stands for; raises AnswersBroken when it stands for none."""
    if name == "country":
        if code in countries.all_iso3():
            return code
        raise line.broken(f"'{code}' is no country; write a code such as GHA, or {LEAVE_OUT}")
    if name in PLAIN_FIELDS:
        finding = fields.FIELDS[name](code)
        if finding.code or fields.render(name, finding.value) == "":
            reason = finding.message or "It says nothing."
            raise line.broken(f"the answer '{code}' cannot be read. {reason.rstrip('.')}")
        return finding.value
    allowed = ("yes", "no") if name == TICK else vocabulary.load(VOCABULARY_OF[name]).codes
    codes = tuple(part.strip() for part in code.split(vocabulary.SEPARATOR))
    if not set(codes) <= set(allowed) or (len(codes) > 1 and name not in MULTIPLE):
        raise line.broken(
            f"'{code}' is no code of {name}; write one of {', '.join(allowed)}, or {LEAVE_OUT}"
        )
    if name in MULTIPLE:
        return tuple(one for one in allowed if one in codes)
    return code == "yes" if name in (TICK, "un_recognised") else code


def _known(name: str, written: str) -> str | None:
    """Return the canonical text of what the program reads in `written`; None when it is not sure."""
    if name == "country":
        return countries.resolve(written).iso3
    finding = fields.ticked(written) if name == TICK else fields.FIELDS[name](written)
    return None if finding.code else fields.render(name, finding.value)


def _canonical(name: str, value: Any) -> str:
    """Return the canonical text of an answer; leaving out is what an empty cell gives."""
    if value is None:
        if name == "country":
            return ""
        value = False if name == TICK else fields.FIELDS[name](None).value
    return fields.render(name, value)


def _shown(name: str, known: str) -> str:
    return countries.reference(known).name if name == "country" else f"'{known or 'nothing'}'"


def _files(folder: Path) -> dict[str, Path]:
    """Return name -> path of the files in `folder`; none when there is no such folder.

    Raises AnswersBroken for a table under another name, which would be passed over in silence.
    """
    if not folder.is_dir():
        return {}
    for path in sorted(folder.glob("*.csv")):
        if path.name not in _NEEDED:
            raise AnswersBroken(
                f"{folder.name}/{path.name} is no table of answers. Call it {COLUMNS} or "
                f"{ALIASES}, or take it out of the folder."
            )
    return {name: folder / name for name in _NEEDED if (folder / name).exists()}


def _lines(path: Path | None) -> Iterator[Line]:
    """Yield the lines of one file that say something; nothing without a file.

    Raises AnswersBroken when the file is no UTF-8 table with the needed columns, or too long.
    """
    if path is None:
        return
    name = path.name
    try:
        if path.stat().st_size > MAX_BYTES:
            raise AnswersBroken(f"{name} is larger than {MAX_BYTES // 1_000_000} MB. Shorten it.")
        text = path.read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(text.splitlines(keepends=True), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise AnswersBroken(f"{name} cannot be read ({error}). Save it as UTF-8 CSV.") from error
    header = next(csv.reader(text.splitlines()), [])
    missing = [column for column in _NEEDED[name] if column not in header]
    if missing:
        raise AnswersBroken(f"{name} lacks the columns {', '.join(missing)}. Add them.")
    if len(rows) > MAX_LINES:
        raise AnswersBroken(f"{name} has more than {MAX_LINES:,} lines. Shorten it.")
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise AnswersBroken(f"{name} line {number}: expected {len(header)} cells.")
        if any(clean(cell) for cell in row.values()):
            yield Line(row, f"{name} line {number}")
