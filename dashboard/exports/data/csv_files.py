"""Files a person takes away: CSV that says where it comes from and that no spreadsheet executes."""

import re
from collections.abc import Mapping

import pandas as pd

from dashboard.edition.selection import Selection, describe
from dashboard.edition.tables import Package

# A spreadsheet takes text that starts with one of these for a formula, a command or a new cell. An
# apostrophe that stands there already gets another, so that taking one away gives the text back.
_ACTIVE = re.compile(r"'*[=+\-@\t\r\n]")
# Excel opens a CSV by double click in the old code page of the computer unless the file starts with
# this mark: without it "Côte d'Ivoire" and "Türkiye" break. pandas, readr and LibreOffice skip it.
ENCODING = "utf-8-sig"


def inert(frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` with a leading apostrophe before text that a spreadsheet would execute.

    Numbers, dates and booleans stay as they are; column names are treated like text.
    """
    safe = frame.copy()
    for column in safe.columns:
        if pd.api.types.is_numeric_dtype(safe[column]):
            continue
        safe[column] = safe[column].map(_inert_cell, na_action="ignore")
    return safe.rename(columns=_inert_cell)


def _inert_cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and _ACTIVE.match(value) else value


def csv(
    frame: pd.DataFrame,
    source: str,
    selection: Selection,
    package: Package,
    filters: str | None = None,
) -> bytes:
    """A CSV file of `frame`: one header row, then rows, each with its origin in the last columns.

    The origin stands in every row, not in a comment above the header, because programs take the
    first row for the header and because rows are copied from one file into another. `filters`:
    what was chosen, where the selection alone does not say it.
    """
    return _encoded(inert(_with_origin(frame, source, selection, package, filters)))


def hxl(
    frame: pd.DataFrame,
    tags: Mapping[str, str],
    source: str,
    selection: Selection,
    package: Package,
    filters: str | None = None,
) -> bytes:
    """The same with a row of HXL tags directly below the header (hxlstandard.org).

    `tags`: column -> tag, those of the origin columns too; a column without one stays untagged.
    """
    rows = inert(_with_origin(frame, source, selection, package, filters)).astype("object")
    tag_row = pd.DataFrame([[tags.get(name, "") for name in rows.columns]], columns=rows.columns)
    return _encoded(pd.concat([tag_row.astype("object"), rows], ignore_index=True))


def _with_origin(
    frame: pd.DataFrame, source: str, selection: Selection, package: Package, filters: str | None
) -> pd.DataFrame:
    origin = {
        "edition": selection.edition,
        "edition_statement": package.statement,
        "personnel_as_of": selection.as_of,
        "filters": describe(selection, package) if filters is None else filters,
        "source": source,
    }
    return frame.assign(**origin)


def _encoded(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False, lineterminator="\n").encode(ENCODING)
