"""The files of a comparison of two codings: tables for people and for programs."""

import csv
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from etl.build.pipeline import issue_rows
from etl.build.publish import NotWritten, cell
from etl.coding import resolved
from etl.coding.codings import BLANK, CODED, NOT_READ, CoderMark, Coding
from etl.coding.compared import AGREED, DISAGREED, Compared, Pair
from etl.coding.decisions import COLUMNS, Decision
from etl.coding.resolved import Resolved
from etl.meaning import countries

CODINGS, TO_DECIDE, RESOLVED = "codings.csv", "to-decide.csv", "resolved.csv"
MATRIX, ISSUES, REPORT = "resolved.xlsx", "issues.csv", "agreement.json"
FILES = (CODINGS, TO_DECIDE, RESOLVED, MATRIX, ISSUES, REPORT)
FORMAT = 1

_COURSE = ("course_id", "country_iso3", "country_name", "centre_name", "course_title")
_SIDE = (
    "coder",
    "status",
    "level",
    "written",
    "evidence",
    "evidence_type",
    "source_url",
    "file",
    "sheet",
    "cell",
)
_ISSUE = ("file", "severity", "code", "sheet", "cell", "column", "found", "used", "message")


def write(
    compared: Compared, decided: Mapping[str, Decision], out: Path, keep: Sequence[Path] = ()
) -> dict:
    """Write `FILES` into the folder `out`, all or nothing; return the content of agreement.json.

    keep: files that were read and may not be replaced. Raises NotWritten and NotResolved.
    """
    for path in keep:
        if path.parent.resolve() == out.resolve() and path.name in FILES:
            raise NotWritten(f"{path} would be replaced by the comparison. Name another folder.")
    done = resolved.resolve(compared, decided)
    report = _report(compared, done)
    was_there = out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".agree-", dir=out) as name:
            folder = Path(name)
            _write_all(compared, done, report, folder)
            for file in FILES:
                (folder / file).chmod(0o644)
                (folder / file).replace(out / file)
    except OSError as error:
        raise NotWritten(
            f"Could not write {out}: {error.strerror or error}. Free some space or choose a folder "
            "that can be written."
        ) from error
    finally:
        if not was_there:
            with suppress(OSError):  # it holds the comparison
                out.rmdir()
    return report


def _write_all(compared: Compared, done: list[Resolved], report: dict, folder: Path) -> None:
    sides = [f"{side}_{name}" for side in ("first", "second") for name in _SIDE]
    _table(
        folder / CODINGS,
        (*_COURSE, "comparison", *sides),
        (_codings_row(compared, pair) for pair in compared.pairs),
    )
    context = ("country_name", "centre_name", "course_title", "first_level", "second_level")
    _table(
        folder / TO_DECIDE,
        (*COLUMNS, *context),
        (_codings_row(compared, one.pair) for one in done if one.basis == resolved.UNDECIDED),
    )
    _table(
        folder / RESOLVED,
        (*_COURSE, "level", "basis", "decided_by", "date", "why", "first_level", "second_level"),
        (_resolved_row(compared, one) for one in done),
    )
    _table(folder / ISSUES, _ISSUE, _issue_rows(compared))
    text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
    (folder / REPORT).write_text(text, encoding="utf-8", newline="\n")
    resolved.write_matrix(compared, done, folder / MATRIX)


def _table(path: Path, names: Sequence[str], rows: Iterable[Mapping]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([cell(row.get(name)) for name in names] for row in rows)


def _course(compared: Compared, pair: Pair) -> dict[str, str]:
    course = compared.review.courses[pair.key]
    centre = compared.review.centres[course.centre]
    name = countries.reference(centre.country_iso3).name
    return dict(
        zip(
            _COURSE,
            (pair.course_id, centre.country_iso3, name, centre.name, course.title),
            strict=True,
        )
    )


def _codings_row(compared: Compared, pair: Pair) -> dict[str, str]:
    return {
        **_course(compared, pair),
        "comparison": pair.comparison,
        **_side("first", compared.first, pair.first),
        **_side("second", compared.second, pair.second),
    }


def _side(side: str, coding: Coding, mark: CoderMark) -> dict[str, str]:
    cells = {"coder": coding.coder, "file": coding.file}
    return {f"{side}_{name}": cells.get(name, "") or getattr(mark, name, "") for name in _SIDE}


def _resolved_row(compared: Compared, one: Resolved) -> dict[str, str]:
    said = one.decision
    return {
        **_course(compared, one.pair),
        "level": one.level,
        "basis": one.basis,
        "decided_by": said.decided_by if said else "",
        "date": said.date if said else "",
        "why": said.why if said else "",
        "first_level": one.pair.first.level,
        "second_level": one.pair.second.level,
    }


def _issue_rows(compared: Compared) -> list[dict]:
    """Return what both readings found, each thing once; rows of issues.csv with their file."""
    rows: dict[tuple, dict] = {}
    for coding in (compared.first, compared.second):
        for row in issue_rows(coding.issues):
            row["file"] = coding.file
            rows.setdefault(tuple(row[name] for name in _ISSUE), row)
    return list(rows.values())


def _report(compared: Compared, done: list[Resolved]) -> dict:
    found = Counter(one.basis for one in done)
    severities = Counter(row["severity"] for row in _issue_rows(compared))
    counts = compared.counts()
    return {
        "format": FORMAT,
        "coders": [_coder(coding) for coding in (compared.first, compared.second)],
        "other_coders": list(compared.others),
        "courses": len(compared.pairs),
        "compared": counts[AGREED] + counts[DISAGREED],
        "counts": dict(sorted(counts.items())),
        "resolved": {
            basis: found[basis]
            for basis in (
                AGREED,
                resolved.DECIDED,
                resolved.ONE_CODER,
                resolved.UNDECIDED,
                resolved.NOT_CODED,
            )
        },
        "differing": dict(sorted(compared.differing.items())),
        "severities": dict(sorted(severities.items())),
    }


def _coder(coding: Coding) -> dict:
    statuses = (CODED, BLANK, NOT_READ)
    held_back = coding.review.rows_held_back
    return {
        "name": coding.coder,
        "file": coding.file,
        "sheet": coding.sheet,
        "cell": coding.head,
        "header": coding.header,
        "courses": len(coding.marks),
        "rows_held_back": held_back,
        **{status: coding.count(status) for status in statuses},
    }
