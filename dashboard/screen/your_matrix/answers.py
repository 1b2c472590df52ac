"""What a person answered about their matrix: rows of the tables that teach its reading.

`python -m etl read --answers` takes a folder with these tables; `columns.csv` says what a column
is, `aliases.csv` what a spelling stands for.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.edition.wording import count

COLUMNS, ALIASES = "columns.csv", "aliases.csv"
HEADERS: Mapping[str, tuple[str, ...]] = {
    COLUMNS: ("field", "language", "group", "header"),
    ALIASES: ("field", "written", "code"),
}
FOLDER = "answers"
LEAVE_OUT = "leave-out"
# Bytes of one table, far more than a person writes; what is packed may be a bomb.
MOST_BYTES, MOST_ROWS = 1_000_000, 5_000
# Text that a spreadsheet would run, and the apostrophe that keeps it from that.
_ACTIVE = re.compile(r"'*[=+\-@\t\r\n]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n]")


class NotAnswers(Exception):
    """A file holds no answers that can be used; the message says why and what to do."""


@dataclass(frozen=True)
class Answer:
    """One row of an answers table: the file that it goes to, and its cells by column."""

    file: str
    cells: tuple[str, ...]

    @property
    def row(self) -> dict[str, str]:
        """Column -> cell."""
        return dict(zip(HEADERS[self.file], self.cells, strict=True))

    @property
    def about(self) -> tuple[str, ...]:
        """What it is about: two answers about the same thing cannot both hold."""
        row = self.row
        names = ("group", "header") if self.file == COLUMNS else ("field", "written")
        return (self.file, *(" ".join(row[name].split()).casefold() for name in names))


def answer(question: Mapping[str, Any], chosen: Sequence[str], more: Iterable[Mapping]) -> Answer:
    """The answer to a question of `reading.json`.

    `chosen`: codes of candidates (several where the question takes many), a plain value, or
    `LEAVE_OUT`; `more`: everything else that can be answered (the list that the question names).
    """
    return _answer(question["file"], {**question["row"], **_filled(question, chosen, more)})


def _filled(
    question: Mapping[str, Any], chosen: Sequence[str], more: Iterable[Mapping]
) -> Mapping[str, str]:
    if LEAVE_OUT in chosen and question["can_leave_out"]:
        return question["leave_out"]
    if question["many"]:
        return {"code": ";".join(chosen)}
    known = {one["code"]: one["fills"] for one in [*more, *question["candidates"]]}
    return known.get(chosen[0], {"code": chosen[0]})


def _answer(file: str, row: Mapping[str, str]) -> Answer:
    return Answer(file, tuple(row.get(name, "") for name in HEADERS[file]))


def joined(before: Iterable[Answer], after: Iterable[Answer]) -> tuple[Answer, ...]:
    """All answers; of two about the same thing, the later one."""
    return tuple({one.about: one for one in (*before, *after)}.values())


def tables(answers: Iterable[Answer]) -> dict[str, bytes]:
    """File name -> CSV, for those files that have a row. No spreadsheet runs what stands in them."""
    made: dict[str, bytes] = {}
    answers = tuple(answers)
    for file, header in HEADERS.items():
        rows = [one.cells for one in answers if one.file == file]
        if rows:
            text = io.StringIO()
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(header)
            writer.writerows([_guarded(cell) for cell in row] for row in rows)
            made[file] = text.getvalue().encode()
    return made


def placed(answers: Sequence[Answer]) -> dict[tuple[str, int], Answer]:
    """(file, line) -> answer, as `tables` writes them; the header is line 1."""
    found = {}
    for file in HEADERS:
        own = [one for one in answers if one.file == file]
        found |= {(file, line): one for line, one in enumerate(own, start=2)}
    return found


def zipped(answers: Iterable[Answer]) -> bytes:
    """The answers folder as a zip file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in tables(answers).items():
            archive.writestr(f"{FOLDER}/{name}", data)
    return made.getvalue()


def unzipped(data: bytes) -> tuple[Answer, ...]:
    """The answers of a zip file that was made here, in whatever folder. Raises NotAnswers."""
    found: list[Answer] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                name = member.filename.rpartition("/")[2]
                if name in HEADERS:
                    with archive.open(member) as table:
                        found += _rows(name, table.read(MOST_BYTES + 1))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError) as problem:
        raise NotAnswers(
            f"It is no zip file that can be read ({problem}). Take the one that was "
            "downloaded here."
        ) from problem
    if not found:
        raise NotAnswers(
            f"It has neither {COLUMNS} nor {ALIASES} with an answer in it. Take the "
            "zip file that was downloaded here."
        )
    return joined((), found)


def _rows(name: str, data: bytes) -> list[Answer]:
    if len(data) > MOST_BYTES:
        raise NotAnswers(f"{name} is larger than 1 MB. Shorten it.")
    try:
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        rows = [
            {key: _plain(cell or "") for key, cell in row.items() if isinstance(key, str)}
            for row in reader
        ]
    except (UnicodeDecodeError, csv.Error) as problem:
        raise NotAnswers(f"{name} cannot be read ({problem}). Save it as UTF-8 CSV.") from problem
    if len(rows) > MOST_ROWS:
        raise NotAnswers(f"{name} has more than {count(MOST_ROWS)} rows. Shorten it.")
    return [_answer(name, row) for row in rows if any(row.values())]


def _guarded(cell: str) -> str:
    return f"'{cell}" if _ACTIVE.match(cell) else cell


def _plain(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell
