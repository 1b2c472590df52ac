"""Buttons for one table in three files: CSV, Excel workbook, and CSV with a row of HXL tags."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.edition.selection import Selection, file_name
from dashboard.edition.tables import Tables
from dashboard.exports.data import csv_files
from dashboard.exports.data.dictionary import ORIGIN, dictionary
from dashboard.exports.data.workbook import MEDIA_TYPE, about, workbook


@dataclass(frozen=True)
class TableFile:
    """A table to take away. `what` names the file, `sheet` its rows in a workbook, `title` what it
    is; `make` returns the rows when a button is pressed; `of`: column -> (table, column) of the
    data package; `filters`: what was chosen, in words."""

    what: str
    sheet: str
    title: str
    make: Callable[[], pd.DataFrame]
    of: Mapping[str, tuple[str, str]]
    filters: str
    source: str


def table_buttons(file: TableFile, tables: Tables, selection: Selection) -> None:
    """The three buttons side by side. Nothing is made before one is pressed."""
    name = file_name(selection, file.what)
    with st.container(horizontal=True, gap="small"):
        _button(file, "CSV", f"{name}.csv", "text/csv", lambda: _csv(file, tables, selection))
        _button(file, "Excel", f"{name}.xlsx", MEDIA_TYPE, lambda: _workbook(file, tables))
        _button(
            file,
            "CSV with HXL tags",
            f"{name}.hxl.csv",
            "text/csv",
            lambda: _hxl(file, tables, selection),
        )


def _button(
    file: TableFile, label: str, name: str, media_type: str, make: Callable[[], bytes]
) -> None:
    st.download_button(
        label,
        data=make,
        file_name=name,
        mime=media_type,
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
        key=f"download-{file.what}-{label}",
    )


def _csv(file: TableFile, tables: Tables, selection: Selection) -> bytes:
    return csv_files.csv(file.make(), file.source, selection, tables.package, file.filters)


def _hxl(file: TableFile, tables: Tables, selection: Selection) -> bytes:
    frame = file.make()
    columns = dictionary([*frame.columns, *ORIGIN], file.of, tables.package)
    tags = {column.name: column.hxl for column in columns}
    return csv_files.hxl(frame, tags, file.source, selection, tables.package, file.filters)


def _workbook(file: TableFile, tables: Tables) -> bytes:
    frame, package = file.make(), tables.package
    told = about(file.title, file.filters, file.source, package)
    return workbook(file.sheet, frame, told, dictionary(frame.columns, file.of, package), package)
