"""Tables as an Excel workbook: the rows, where they come from, and what the columns mean.

Numbers are numbers and text is text: every text is written as a string, so that none can become a
formula, and no address becomes a link.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.edition.selection import Selection, describe
from dashboard.edition.tables import Package, Tables
from dashboard.exports.data.dictionary import Column
from dashboard.figures.figure import Figure

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Excel's own limits, and a width that a screen can show.
LONGEST_TEXT, MOST_ROWS = 32_767, 1_048_576
NARROWEST, WIDEST = 8, 48
LONGEST_PROPERTY = 255
ROWS_MEASURED = 200
ABOUT, COLUMNS = "About", "Columns"
_HEADER = {"bold": True, "bg_color": "#D4E5F7", "bottom": 1, "valign": "top"}
# The same rows give the same bytes; a workbook needs some date of its making.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def workbook(
    sheet: str,
    frame: pd.DataFrame,
    told: Sequence[tuple[str, str]],
    columns: Sequence[Column],
    package: Package,
) -> bytes:
    """`frame` as a workbook of three sheets: `sheet`, "About" and "Columns".

    `told`: name and text of each line of "About" (`about`). `columns`: those of the frame, in any
    order. The header row of the rows is frozen and has a filter. Raises ValueError for more rows
    than a sheet can hold.
    """
    return workbook_of({sheet: frame}, told, columns, package)


def workbook_of(
    sheets: Mapping[str, pd.DataFrame],
    told: Sequence[tuple[str, str]],
    columns: Sequence[Column],
    package: Package,
    told_in: str = ABOUT,
) -> bytes:
    """The same for several tables, one sheet each, before those that say what they are.

    `told_in`: the name of the sheet with `told`. A column that several tables have is explained
    once. Raises ValueError for more rows than a sheet can hold.
    """
    for frame in sheets.values():
        if len(frame) >= MOST_ROWS:
            raise ValueError(f"{len(frame)} rows; a sheet holds {MOST_ROWS - 1}")
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        title = dict(told).get("Title", next(iter(sheets)))
        book.set_properties({"title": title[:LONGEST_PROPERTY], "created": _made(package)})
        header = book.add_format(_HEADER)
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet, frame in sheets.items():
            _rows(book.add_worksheet(sheet), frame, header)
        _lines(book.add_worksheet(told_in), ("What", "Text"), told, header, wrapped)
        meanings = [(c.name, c.title, c.description, c.unit, c.hxl) for c in columns]
        names = ("Column", "Title", "Meaning", "Unit", "HXL tag")
        _lines(book.add_worksheet(COLUMNS), names, dict.fromkeys(meanings), header, wrapped)
    return target.getvalue()


def about(title: str, filters: str, source: str, package: Package) -> list[tuple[str, str]]:
    """What a file says about itself, as (name, text)."""
    edition = package.edition
    inputs = [(f"SHA-256 of {one['path']}", one["sha256"]) for one in package.inputs]
    return [
        ("Title", title),
        ("Filters", filters),
        ("Source", source),
        ("Edition", package.title),
        ("Statement", package.statement),
        ("Review as of", edition["as_of"]),
        ("Producer", edition["producer"]),
        ("Licence", edition["licence"]),
        *inputs,
    ]


def _made(package: Package) -> datetime:
    return datetime.fromisoformat(package.edition["as_of"])


def _rows(sheet: Worksheet, frame: pd.DataFrame, header: Format) -> None:
    for place, name in enumerate(frame.columns):
        values = frame[name].tolist()
        _write_text(sheet, 0, place, str(name), header)
        sheet.set_column(place, place, _width(str(name), values))
        for row, value in enumerate(values, start=1):
            _write(sheet, row, place, value)
    sheet.freeze_panes(1, 0)
    if len(frame.columns):
        sheet.autofilter(0, 0, max(1, len(frame)), len(frame.columns) - 1)


def _lines(
    sheet: Worksheet,
    names: Sequence[str],
    lines: Iterable[Sequence[str]],
    header: Format,
    wrapped: Format,
) -> None:
    sheet.set_column(0, 1, 28)
    sheet.set_column(1, len(names) - 1, 28 if len(names) > 2 else 100)
    for place, name in enumerate(names):
        _write_text(sheet, 0, place, name, header)
    for row, texts in enumerate(lines, start=1):
        for place, text in enumerate(texts):
            _write_text(sheet, row, place, text, wrapped)
    sheet.freeze_panes(1, 0)


def _write(sheet: Worksheet, row: int, column: int, value: object) -> None:
    """A value with its own type; what is missing leaves the cell empty."""
    if isinstance(value, str):
        _write_text(sheet, row, column, value)
    elif value is None or pd.isna(value):
        return
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    else:
        sheet.write_number(row, column, value)


def _write_text(
    sheet: Worksheet, row: int, column: int, text: str, look: Format | None = None
) -> None:
    if text:
        cut = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
        sheet.write_string(row, column, cut, look)


def _width(name: str, values: Sequence[object]) -> int:
    longest = max((len(str(value)) for value in islice(values, ROWS_MEASURED)), default=0)
    return min(max(longest, len(name) + 3, NARROWEST), WIDEST)


SHEET = "Shortlist"
# Column -> title, description, unit, HXL tag.
MEANINGS: Mapping[str, tuple[str, str, str, str]] = {
    "step": ("Step", "Place in the order: most persons newly covered first", "", "#meta+rank"),
    "country_name": ("Country", "United Nations short name", "", "#country+name"),
    "centre_name": (
        "Centre",
        "The centre that stands for the country; empty: none recorded",
        "",
        "#org+name",
    ),
    "persons": (
        "Persons",
        "Persons newly covered: all that the country deploys",
        "persons",
        "#indicator+persons+num",
    ),
    "persons_total": (
        "All persons",
        "All persons of the selection",
        "persons",
        "#indicator+total+num",
    ),
    "covered_then": (
        "Covered then",
        "Share covered after this step and all before it",
        "",
        "#indicator+text",
    ),
    "class_label": ("Class", "Class of the country today", "", "#status+name"),
    "state_letter": (
        "Letter",
        "Letter of its highest level, or of its state without a course",
        "",
        "#status+code",
    ),
    "action": ("Action", "Engage (training), ask, or search", "", "#x_action"),
    "ask": ("What it asks for", "What to do, in words", "", "#x_action+text"),
    "reason": ("Why", "Why the country is in its class", "", "#description+reason"),
    "why_centre": (
        "Why this centre",
        "Why this centre stands for its country",
        "",
        "#description+centre",
    ),
    "centre_courses": (
        "Courses there",
        "Considered courses of the centre",
        "courses",
        "#indicator+centre+num",
    ),
    "other_centres": (
        "Other centres",
        "Other centres of the country, which would add nothing",
        "centres",
        "#indicator+other+num",
    ),
    "centre_id": ("Centre code", "Id of the centre; empty: none recorded", "", "#org+code"),
    "courses": (
        "Courses",
        "Considered courses of the country",
        "courses",
        "#indicator+courses+num",
    ),
    "questions": (
        "Open questions",
        "Questions to its centres that the evidence leaves open",
        "questions",
        "#indicator+questions+num",
    ),
    "office": ("OCHA regional office", "Office in whose area the country lies", "", "#region+name"),
    "country_class": ("Class code", "Code of the class", "", "#status+class+code"),
    "state": ("State code", "Code of the level or state", "", "#status+state+code"),
    "country_iso3": ("ISO3", "ISO 3166-1 alpha-3", "", "#country+code+v_iso3"),
}


def shortlist_workbook(shortlist: Figure, tables: Tables, selection: Selection) -> bytes:
    """The table of figure `closing` as a workbook: rows, where they come from, columns."""
    told = [
        *about(
            shortlist.title, describe(selection, tables.package), shortlist.source, tables.package
        ),
        ("Note", shortlist.note),
    ]
    columns = [Column(name, *MEANINGS[name]) for name in shortlist.table.columns]
    return workbook(SHEET, shortlist.table, told, columns, tables.package)
