"""What a reading says of a workbook, as tables for people. `report`: the content of `reading.json`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.edition.wording import count, counted, listing, quantity
from dashboard.screen.your_matrix.answers import Answer, placed

Report = Mapping[str, Any]
# By which rule a column was recognised.
RULES: Mapping[str, str] = {
    "exact": "its name",
    "synonym": "another known name",
    "group": "the header above it",
    "pieces": "known names side by side",
    "tick": "the name of what is ticked",
    "duplicate": "known, but another column is read for it",
    "answer": "your answer",
    "": "not recognised: kept aside",
}
# Issues that tell of an answer stand with the answers, apart from what the program read.
ABOUT_ANSWERS = ("answered", "answered-left-out", "answer-unused")
CELLS_SHOWN = 12
_SEPARATOR = " · "


def sheets(report: Report) -> pd.DataFrame:
    """One row a sheet: sheet_title, rows, sheet_use (read or left aside), needed_columns,
    known_columns: how many of its headers are known, and how many of those that are needed."""
    rows = [
        (
            one["title"] + " (hidden)" * one["hidden"],
            one["rows"],
            "read" if one["used"] and report["status"] == "read" else "left aside",
            one["needed_columns"],
            one["known_columns"],
        )
        for one in report["sheets"]
    ]
    names = ["sheet_title", "rows", "sheet_use", "needed_columns", "known_columns"]
    return pd.DataFrame(rows, columns=names)


def columns(report: Report) -> pd.DataFrame:
    """One row a column: header_cell, header, taken_for, recognised_by, filled_cells, examples."""
    rows = [
        (
            one["cell"],
            f"{one['group']} / {one['header']}" if one["group"] else one["header"],
            one["label"],
            RULES.get(one["rule"], one["rule"]),
            one["values"],
            _SEPARATOR.join(one["examples"]),
        )
        for one in report["columns"]
    ]
    names = ["header_cell", "header", "taken_for", "recognised_by", "filled_cells", "examples"]
    return pd.DataFrame(rows, columns=names)


def groups(report: Report) -> list[Mapping[str, Any]]:
    """The groups of issues in the order in which fixing pays most, without what was answered."""
    return [group for group in report["groups"] if group["code"] not in ABOUT_ANSWERS]


def issues_table(groups: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """One row a group: severity, issue, fixing_brings, persons, cells, what_is_wrong, what_to_do."""
    rows = [
        (
            one["severity"],
            one["title"],
            brings(one),
            one["persons"] or None,
            cells(one),
            _SEPARATOR.join(filter(None, (one["problem"], one["done"]))),
            one["do"],
        )
        for one in groups
    ]
    names = [
        "severity",
        "issue",
        "fixing_brings",
        "persons",
        "cells",
        "what_is_wrong",
        "what_to_do",
    ]
    return pd.DataFrame(rows, columns=names).astype({"persons": "Int64"})


def brings(group: Mapping[str, Any]) -> str:
    """What fixing a group would bring, in words; empty when nothing."""
    rows, courses = group["rows"], group["courses"]
    if group["effect"] == "rows":
        return f"{quantity(rows, 'course')} more" if rows else "the rows of the table"
    if group["effect"] == "coding" and courses:
        return f"the coding of {quantity(courses, 'course')}"
    if group["effect"] == "field" and courses:
        return f"a detail of {quantity(courses, 'course')}"
    return ""


def cells(group: Mapping[str, Any], most: int = CELLS_SHOWN) -> str:
    """The cells of a group: "A5, A6 and 12 others"; the sheet where it is not the same for all."""
    several = len({one["sheet"] for one in group["cells"]}) > 1
    names = [f"{one['sheet']}!{one['cell']}" if several else one["cell"] for one in group["cells"]]
    shown = names[:most]
    rest = group["cells_total"] - len(shown)
    return f"{', '.join(shown)} and {counted(rest, 'other')}" if rest > 0 else ", ".join(shown)


def issues_of(report: Report, group: Mapping[str, Any]) -> pd.DataFrame:
    """One row an issue of a group: workbook_cell, found, used, message."""
    rows = [
        (
            f"{one['sheet']}!{one['cell']}" if one["cell"] else one["sheet"],
            one["found"],
            one["used"],
            one["message"],
        )
        for one in report["issues"]
        if one["group"] == group["id"]
    ]
    return pd.DataFrame(rows, columns=["workbook_cell", "found", "used", "message"])


def found(report: Report) -> str:
    """What stands in the matrix: "68 countries, 123 centres and 315 courses"."""
    one = {"countries": "country", "centres": "centre", "courses": "course"}
    return listing([counted(report["found"][name], one[name], name) for name in one], most=9)


def where_read(report: Report) -> str:
    """Where the matrix stands: "Sheet “Matrix”, header in rows 4 and 5"."""
    if not report["sheet"]:
        return "No sheet has anything that looks like a table."
    rows = [count(row) for row in report["header_rows"]]
    header = (
        f"header in row{'s' * (len(rows) > 1)} {listing(rows, most=9)}" if rows else "no header"
    )
    return f"Sheet “{report['sheet']}”, {header}."


def used_answers(report: Report, answers: Sequence[Answer]) -> list[tuple[Answer, str, int]]:
    """(answer, what it says, cells in which it was used), in the order of the files."""
    messages = {
        one["message"].rpartition("(")[2].rstrip(".)"): one["message"]
        for one in report["issues"]
        if one["code"] in ABOUT_ANSWERS
    }
    where = placed(answers)
    told = []
    for one in report["answers"]:
        answer = where.get((one["file"], one["line"]))
        if answer:
            message = messages.get(f"{one['file']} line {one['line']}", "")
            told.append((answer, _said(answer, message), one["used"]))
    return told


def _said(answer: Answer, message: str) -> str:
    if message:
        return message.rpartition(" (")[0].removeprefix("A person answered that ") + "."
    row = answer.row
    return f"“{row.get('written') or row.get('header')}” is {row.get('code') or row['field']}."
