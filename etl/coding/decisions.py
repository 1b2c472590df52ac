"""What people decided where two coders differ: `decisions.csv`.

course_id, level (a code, or a word for one), decided_by, date (ISO 8601), why. Other columns are
for people; a row without a level is not decided yet.
"""

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from etl.meaning import fields
from etl.review.answers import Line
from etl.text import clean

COLUMNS = ("course_id", "level", "decided_by", "date", "why")
_NEEDED = ("course_id", "level", "decided_by")
# The most rows that a matrix can have; a line says little.
MAX_BYTES, MAX_LINES = 25_000_000, 100_000


class DecisionsBroken(Exception):
    """The decisions cannot be used; says which line, and what to do."""


@dataclass(frozen=True)
class Decision:
    """What somebody decided about the level of a course; date and why may be empty."""

    course_id: str
    level: str
    decided_by: str
    date: str
    why: str
    where: str


def load(path: Path, courses: Collection[str]) -> dict[str, Decision]:
    """Return course_id -> decision. Raises DecisionsBroken, also for a course not in `courses`."""
    decided: dict[str, Decision] = {}
    for line in _lines(path):
        course, level = line.text("course_id"), line.text("level")
        if course not in courses:
            raise _broken(
                line,
                f"there is no course '{course}' in these codings; copy the "
                "course_id from to-decide.csv",
            )
        if not level:
            continue
        one = Decision(
            course, _level(line, level), _who(line), _date(line), line.text("why"), line.where
        )
        earlier = decided.setdefault(course, one)
        if earlier.level != one.level:
            raise _broken(
                line,
                f"it contradicts {earlier.where}, which decides the same course; "
                "delete the one that is wrong",
            )
    return decided


def _level(line: Line, text: str) -> str:
    finding = fields.level(text)
    if finding.code:
        raise _broken(line, finding.message.rstrip("."))
    return finding.value


def _who(line: Line) -> str:
    who = line.text("decided_by")
    if not who:
        raise _broken(line, "nobody stands under decided_by; name who decided")
    return who


def _date(line: Line) -> str:
    text = line.text("date")
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise _broken(line, f"'{text}' is no date; write it as 2027-03-31") from None


def _lines(path: Path) -> Iterator[Line]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DecisionsBroken(f"{path.name} is larger than {MAX_BYTES // 1_000_000} MB.")
        text = path.read_text(encoding="utf-8-sig")
        reader = csv.DictReader(text.splitlines(keepends=True), strict=True)
        rows = [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise DecisionsBroken(
            f"{path.name} cannot be read ({reason}). Save it as UTF-8 CSV."
        ) from error
    missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
    if missing:
        raise DecisionsBroken(
            f"{path.name} lacks the columns {', '.join(missing)}. Fill in to-decide.csv, and save "
            "it as CSV with commas."
        )
    if len(rows) > MAX_LINES:
        raise DecisionsBroken(f"{path.name} has more than {MAX_LINES:,} lines.")
    for number, row in rows:
        if None in row or None in row.values():
            raise DecisionsBroken(
                f"{path.name} line {number}: expected {len(reader.fieldnames or ())} cells."
            )
        if any(clean(cell) for cell in row.values()):
            yield Line(row, f"{path.name} line {number}")


def _broken(line: Line, why: str) -> DecisionsBroken:
    return DecisionsBroken(f"{line.where}: {why}.")
