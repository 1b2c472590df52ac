"""What the build did with the matrix: rows read and kept, control totals, issues, inputs."""

import pandas as pd

from dashboard.edition.tables import Tables

SEVERITIES = ("error", "warning", "note")
# What became of the rows that were read, in the order of the sum.
_ROWS = (
    ("courses_kept", "kept as courses"),
    ("duplicates_merged", "merged into another row of the same course"),
    ("rows_held_back", "held back, each with an issue that says why"),
    ("rows_without_course", "without a course (notes, repeated headers)"),
)
_TOTALS = ("countries", "centres", "courses")


def rows_read(tables: Tables) -> pd.DataFrame:
    """What became of every row: sign ("", "=", "+"), rows, became_of. Empty without a record of it."""
    record = tables.package.reconciliation
    if "rows_read" not in record:
        return pd.DataFrame(columns=["sign", "rows", "became_of"])
    parts = [(int(record.get(name, 0)), words) for name, words in _ROWS]
    signs = ["=", *["+"] * (len(parts) - 1)]
    lines = [("", int(record["rows_read"]), "rows read from the matrix")]
    lines += [(sign, rows, words) for sign, (rows, words) in zip(signs, parts, strict=True)]
    return pd.DataFrame(lines, columns=["sign", "rows", "became_of"])


def adds_up(tables: Tables) -> bool:
    """Whether the rows read are all accounted for."""
    rows = rows_read(tables)["rows"]
    return bool(len(rows)) and int(rows.iloc[0]) == int(rows.iloc[1:].sum())


def control_totals(tables: Tables) -> pd.DataFrame:
    """Expected against found, for countries, centres and courses: total, expected, found, matches.

    `expected` is missing (Int64) where the edition names no control total.
    """
    record = tables.package.reconciliation
    expected, found = record.get("expected") or {}, record.get("found") or {}
    rows = [
        (name, expected.get(name), found[name], expected.get(name) in (None, found[name]))
        for name in _TOTALS
        if name in found
    ]
    frame = pd.DataFrame(rows, columns=["total", "expected", "found", "matches"])
    return frame.astype({"expected": "Int64", "found": "Int64", "matches": "bool"})


def issues(
    tables: Tables, severities: tuple[str, ...] = (), codes: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Issues of these severities and codes (all, when none is named), errors first, then by cell.

    Columns: severity, code, workbook_cell ("Matrix!A322"), column, found, used, message.
    """
    rows = tables.issues
    if severities:
        rows = rows[rows["severity"].isin(severities)]
    if codes:
        rows = rows[rows["code"].isin(codes)]
    place = rows["severity"].map({name: n for n, name in enumerate(SEVERITIES)})
    rows = rows.assign(_place=place.fillna(len(SEVERITIES))).sort_values("_place", kind="stable")
    cell = (rows["sheet"] + "!" + rows["cell"]).where(rows["cell"] != "", rows["sheet"])
    rows = rows.assign(workbook_cell=cell)
    order = ["severity", "code", "workbook_cell", "column", "found", "used", "message"]
    return rows[order].reset_index(drop=True)


def issue_counts(tables: Tables) -> dict[str, dict[str, int]]:
    """Number of issues by severity (most severe first) and by code (most frequent first)."""
    severities = tables.issues["severity"].value_counts()
    known = [name for name in SEVERITIES if name in severities]
    others = [name for name in severities.index if name not in SEVERITIES]
    return {
        "severity": {name: int(severities[name]) for name in [*known, *others]},
        "code": {str(k): int(n) for k, n in tables.issues["code"].value_counts().items()},
    }


def inputs(tables: Tables) -> pd.DataFrame:
    """Files that the edition was built from: path (below data/raw), sha256."""
    rows = [(one.get("path", ""), one.get("sha256", "")) for one in tables.package.inputs]
    return pd.DataFrame(rows, columns=["path", "sha256"])
