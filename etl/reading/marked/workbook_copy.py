"""The workbook with every issue in its cell: coloured, and told in a comment.

Nothing else in it changes: parts are copied as they are, in a sheet with issues only the style of
their cells. What cannot be kept: macros (an .xlsx may not have them), a digital signature (any
change breaks it), and a colour of the cell's own where an issue's colour takes its place.
"""

import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from etl.issues import SEVERITIES
from etl.reading.marked import comments, issues_list
from etl.reading.marked.package import Package
from etl.reading.marked.sheet import MarkedSheet, NotMarked, Place, column_of
from etl.reading.marked.styles import Styles
from etl.workbook.contents import SheetPart

# Excel shows at most 32,767 letters in a comment; more than these nobody reads.
LONGEST_COMMENT = 4_000
_CUT = "\n…"
NOT_MARKED = {"file": "", "cells": 0, "issues": 0, "sheet": "", "macros": False}


def write(workbook: Path, target: Path, report: Mapping) -> dict:
    """Write the marked copy of `workbook` to `target`; return what came of it.

    report: the content of reading.json. Returns file ("" when there is none), cells (marked), issues
    (told on the sheet `sheet`), macros (whether they were left out) and why (there is no copy).
    """
    package = None
    try:
        package = Package(workbook)
        told = _mark(package, report)
        package.save(target)
    except (NotMarked, zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError) as error:
        target.unlink(missing_ok=True)
        said = str(error) if isinstance(error, NotMarked) else f"It is damaged ({error})."
        return {**NOT_MARKED, "why": said}
    finally:
        if package:
            package.close()
    return {"file": target.name, **told, "why": ""}


def _mark(package: Package, report: Mapping) -> dict:
    issues = [dict(issue, marked=False) for issue in report["issues"]]
    perhaps = {
        group["id"]: [one["label"] for one in (group["question"] or {})["candidates"]]
        for group in report["groups"]
        if group["question"]
    }
    macros = package.drop_macros()
    styles = Styles(package)
    cells = 0
    for number, sheet in enumerate(package.contents.sheets, start=1):
        here = _by_place(issue for issue in issues if issue["sheet"] == sheet.title)
        if here:
            cells += _mark_sheet(package, sheet, number, here, perhaps, styles)
    title = issues_list.add(package, issues, report["issues_total"], styles)
    package.declare_extension("rels", "application/vnd.openxmlformats-package.relationships+xml")
    return {"cells": cells, "issues": len(issues), "sheet": title, "macros": macros}


def _by_place(issues: Iterable[dict]) -> dict[Place, list[dict]]:
    found: dict[Place, list[dict]] = {}
    for issue in issues:
        cell = issue["cell"].partition(" ")[0]
        digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        if cell and digits.isdecimal():
            found.setdefault((int(digits), column_of(cell)), []).append(issue)
    return found


def _mark_sheet(
    package: Package,
    sheet: SheetPart,
    number: int,
    here: dict[Place, list[dict]],
    perhaps: Mapping[str, list[str]],
    styles: Styles,
) -> int:
    worst = {
        place: min((one["severity"] for one in issues), key=SEVERITIES.index)
        for place, issues in here.items()
    }
    marked = MarkedSheet(package.read(sheet.part), worst, styles.marked)
    if not marked.marked:
        return 0
    texts = {place: _text(here[place], perhaps) for place in sorted(marked.marked)}
    drawn_by = comments.add(package, sheet.part, marked.comments_id, texts, number)
    package.write(sheet.part, marked.render(drawn_by))
    for place in marked.marked:
        for issue in here[place]:
            issue["marked"] = True
    return len(marked.marked)


def _text(issues: Sequence[dict], perhaps: Mapping[str, list[str]]) -> str:
    """Return the comment of one cell: each different thing that is wrong with it, once."""
    told: dict[str, int] = {}
    for issue in issues:
        text = _told(issue, perhaps.get(issue["group"], []))
        told[text] = told.get(text, 0) + 1
    parts = [f"{text}\n({count} rows)" if count > 1 else text for text, count in told.items()]
    whole = "\n\n".join(parts)
    return whole if len(whole) <= LONGEST_COMMENT else whole[:LONGEST_COMMENT] + _CUT


def _told(issue: Mapping, perhaps: Sequence[str]) -> str:
    done = f"; {issue['done']}" if issue["done"] else ""
    lines = [f"{issue['severity'].upper()}: {issue['problem']}{done}."]
    if issue["severity"] == "note" or not issue["do"]:
        lines.append(issue["message"])
    if issue["found"]:
        lines.append(f"Found: {issue['found']}")
    if issue["used"]:
        lines.append(f"Used: {issue['used']}")
    if perhaps:
        lines.append(f"Perhaps: {', '.join(perhaps)}")
    if issue["do"]:
        lines.append(f"To do: {issue['do']}.")
    return "\n".join(lines)
