"""The files of an answers folder: which there are, their lines, and what is wrong with one."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.text import clean

COLUMNS, ALIASES = "columns.csv", "aliases.csv"
LEAVE_OUT = "leave-out"
# file -> the columns it needs, and those that it may have.
_NEEDED = {COLUMNS: ("field", "header"), ALIASES: ("field", "written", "code")}
# A matrix has some dozens of columns and spellings to ask about; these are a hundred times as many.
MAX_BYTES, MAX_LINES = 1_000_000, 5_000
# Text that a spreadsheet would run was written with an apostrophe before it (etl.publish.inert).
_INERT = re.compile(r"'+[=+\-@\t\r]")


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


def files(folder: Path) -> dict[str, Path]:
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


def lines(path: Path | None) -> Iterator[Line]:
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
