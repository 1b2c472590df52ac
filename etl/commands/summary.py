"""What the command line prints: sentences and small tables for people, JSON for programs."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict

from etl.build.pipeline import Built
from etl.issues import SEVERITIES, Issue
from etl.matrix.records import Reading
from etl.review.model import Review

# A list longer than this hides what comes after it; `check` and issues.csv have them all.
ISSUES_SHOWN = 20


def built(result: Built) -> str:
    """Return the summary of a build: what was read, kept, held back, and the control totals."""
    found, expected = result.reconciliation["found"], result.reconciliation["expected"]
    totals = "; ".join(
        f"{name} {found[name]}" + (f" (expected {expected[name]})" if name in expected else "")
        for name in found
    )
    lines = [
        f"{result.edition.name}: built from sheet '{result.reading.sheet}'",
        f"  rows read {where_rows_went(result.reconciliation)}",
        f"  {totals}",
        f"  issues: {_severities(result.issues)} (issues.csv has them all)",
    ]
    if said := result.consultations["rows"]:
        counts = result.consultations
        lines.append(
            f"  consultations: {said} rows, {counts['applied']} applied, "
            f"{counts['unmatched']} that match nothing, {counts['open']} without an answer yet"
        )
    errors = [issue for issue in result.issues if issue.severity == "error"]
    lines += [f"  {line(issue)}" for issue in errors[:ISSUES_SHOWN]]
    if len(errors) > ISSUES_SHOWN:
        lines.append(f"  … and {len(errors) - ISSUES_SHOWN} more errors")
    return "\n".join(lines)


def checked(reading: Reading | None, review: Review | None, issues: Iterable[Issue]) -> str:
    """Return what `check` prints: how the matrix was recognised, the counts, and every issue."""
    issues = list(issues)
    lines = []
    if reading and review:
        header = " and ".join(str(row) for row in reading.header_rows)
        lines += [
            f"Sheet '{reading.sheet}', header in row {header}",
            f"Rows read {where_rows_went(review.rows)}",
            "Found: " + ", ".join(f"{count} {name}" for name, count in review.found.items()),
        ]
    lines += [
        line(issue) for severity in SEVERITIES for issue in issues if issue.severity == severity
    ]
    lines.append(f"Issues: {_severities(issues)}")
    return "\n".join(lines)


def checked_json(
    reading: Reading | None, review: Review | None, issues: Iterable[Issue], path: str
) -> dict:
    """Return the same as a JSON object; every issue has severity, code, sheet, cell and message."""
    told: dict = {
        "file": path,
        "issues": [_told(issue) for issue in issues],
    }
    if reading and review:
        told |= {
            "sheet": reading.sheet,
            "header_rows": list(reading.header_rows),
            "columns": [asdict(column) for column in reading.columns],
            **review.rows,
            "countries": review.found["countries"],
            "centres": review.found["centres"],
        }
    return told


def _told(issue: Issue) -> dict:
    told = {"severity": issue.severity, **asdict(issue)}
    del told["written"]  # what is asked about it: `read` tells that
    return told


def line(issue: Issue) -> str:
    """Return one issue as one line: severity, cell, message, and what stands in the cell."""
    where = "!".join(part for part in (issue.sheet, issue.cell) if part) or "workbook"
    found = f" Found: '{issue.found}'." if issue.found else ""
    used = f" Used: '{issue.used}'." if issue.used else ""
    return f"{issue.severity} {where} [{issue.code}] {issue.message}{found}{used}"


def _severities(issues: Iterable[Issue]) -> str:
    counted = Counter(issue.severity for issue in issues)
    return ", ".join(
        f"{counted[severity]} {severity}{'' if counted[severity] == 1 else 's'}"
        for severity in SEVERITIES
    )


def where_rows_went(rows: dict) -> str:
    """Return the arithmetic of the rows: those read are the sum of what became of them."""
    return (
        f"{rows['rows_read']} = courses kept {rows['courses_kept']}"
        f" + duplicates merged {rows['duplicates_merged']}"
        f" + rows held back {rows['rows_held_back']}"
        f" + rows without a course {rows['rows_without_course']}"
    )
