"""Compares two codings that a person brought, in a process of its own; keeps no file of them."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.screen.your_matrix.process import (
    MEGABYTES,
    MEMORY_MB,
    PROCESSOR_SECONDS,
    ROWS,
    SECONDS,
    NotRead,
    file_name,
    folder_of_its_own,
    run,
    why,
)

CODINGS, RESOLVED, MATRIX, ISSUES = "codings.csv", "resolved.csv", "resolved.xlsx", "issues.csv"
DECISIONS, REPORT = "decisions.csv", "agreement.json"
COLUMNS = ("course_id", "level", "decided_by", "date", "why")
MOST_WORKBOOKS = 2
# Bytes of a file of decisions: a line for each of a few thousand courses.
MOST_BYTES = 5_000_000
# Text that a spreadsheet would run, and the apostrophe that keeps it from that.
_ACTIVE = re.compile(r"'*[=+\-@\t\r\n]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n]")
_COMPARED = 0
_SAID = "Not compared. "


class NotCompared(Exception):
    """The codings were not compared; the message says why and what to do."""


@dataclass(frozen=True)
class Workbook:
    """A workbook as it was dropped."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Decision:
    """What somebody decided about the level of a course; date: ISO 8601; why may be empty."""

    course_id: str
    level: str
    decided_by: str
    date: str
    why: str = ""


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two codings compared. `report`: the content of agreement.json; `codings`: a row a course;
    `files`: name -> bytes of what can be taken away."""

    workbooks: tuple[Workbook, ...]
    report: Mapping[str, Any]
    codings: pd.DataFrame
    files: Mapping[str, bytes]

    @property
    def coders(self) -> tuple[str, str]:
        """The names of the two coders."""
        first, second = (coder["name"] for coder in self.report["coders"])
        return first, second


def compare(
    workbooks: Sequence[Workbook],
    decisions: Iterable[Decision] = (),
    coders: Sequence[str] = (),
) -> Comparison:
    """Compare the codings in one workbook or two. Raises NotCompared.

    `coders`: which two, where one workbook has more.
    """
    for workbook in workbooks:
        if len(workbook.data) > MEGABYTES * 1_000_000:
            raise NotCompared(
                f"{workbook.name} is larger than {MEGABYTES} MB. Copy the sheet with "
                "the matrix to a new workbook, without pictures."
            )
    with folder_of_its_own() as folder:
        arguments, out = _arguments(workbooks, tuple(decisions), coders, folder)
        try:
            status, said = run(arguments, folder, SECONDS)
        except NotRead as problem:
            raise NotCompared(str(problem)) from problem
        if status != _COMPARED:
            name = " and ".join(workbook.name for workbook in workbooks)
            raise NotCompared(why(name, status, said).removeprefix(_SAID))
        report = json.loads((out / REPORT).read_text(encoding="utf-8"))
        files = {name: (out / name).read_bytes() for name in (CODINGS, RESOLVED, MATRIX, ISSUES)}
    return Comparison(tuple(workbooks), report, _frame(files[CODINGS]), files)


def _arguments(
    workbooks: Sequence[Workbook],
    decisions: tuple[Decision, ...],
    coders: Sequence[str],
    folder: Path,
) -> tuple[list[str], Path]:
    """Write what is to be compared into the folder; returns the command and where it writes."""
    out, paths = folder / "agreement", []
    for place, workbook in enumerate(workbooks, start=1):
        path = folder / f"workbook-{place}" / file_name(workbook.name)
        if any(path.name == other.name for other in paths):
            path = path.with_stem(f"{path.stem} ({place})")
        path.parent.mkdir()
        path.write_bytes(workbook.data)
        paths.append(path)
    options = [
        f"--out={out}",
        f"--max-rows={ROWS}",
        f"--memory-mb={MEMORY_MB}",
        f"--seconds={PROCESSOR_SECONDS}",
    ]
    if decisions:
        decided = folder / DECISIONS
        decided.write_bytes(written(decisions))
        options.append(f"--decisions={decided}")
    if coders:
        options += ["--coders", *coders]
    return ["agree", *map(str, paths), *options], out


def _frame(data: bytes) -> pd.DataFrame:
    """A table of text, without the apostrophes that keep a spreadsheet from running it."""
    reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    rows = [{name: _plain(row[name] or "") for name in reader.fieldnames or ()} for row in reader]
    return pd.DataFrame(rows, columns=list(reader.fieldnames or ()), dtype=object)


def _plain(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell


def written(decisions: Iterable[Decision]) -> bytes:
    """decisions.csv. No spreadsheet runs what stands in it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in decisions:
        cells = (getattr(one, name) for name in COLUMNS)
        writer.writerow([f"'{cell}" if _ACTIVE.match(cell) else cell for cell in cells])
    return text.getvalue().encode()


def read(data: bytes, levels: Sequence[str], courses: Iterable[str]) -> dict[str, Decision]:
    """The decisions of a file that was made here: course_id -> decision. Raises NotCompared."""
    if len(data) > MOST_BYTES:
        raise NotCompared(f"It is larger than {MOST_BYTES // 1_000_000} MB.")
    try:
        frame = _frame(data)
    except (UnicodeDecodeError, csv.Error) as problem:
        raise NotCompared(f"It is no table ({problem}). Save it as UTF-8 CSV.") from problem
    missing = [name for name in COLUMNS if name not in frame]
    if missing:
        raise NotCompared(
            f"It lacks the columns {', '.join(missing)}. Take {DECISIONS} as it was "
            "downloaded here."
        )
    known, found = set(courses), {}
    for line, row in enumerate(frame[list(COLUMNS)].to_dict("records"), start=2):
        if not row["level"]:
            continue
        one = Decision(**{name: text.strip() for name, text in row.items()})
        if one.course_id not in known:
            raise NotCompared(f"Line {line}: these codings have no course '{one.course_id}'.")
        if one.level not in levels or not one.decided_by:
            raise NotCompared(f"Line {line} needs the code of a level and who decided.")
        found[one.course_id] = one
    return found
