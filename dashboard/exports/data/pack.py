"""A figure to take away: its data, words and citation one by one, or everything as one zip."""

import io
import zipfile
from collections.abc import Collection, Iterator, Mapping
from datetime import date

import pandas as pd

from dashboard.charts.marks.look import BOUNDARIES, DISCLAIMER
from dashboard.charts.marks.sheets import SHEETS
from dashboard.edition.selection import Selection, describe, file_name
from dashboard.edition.tables import Tables
from dashboard.exports.data import csv_files
from dashboard.exports.data.figure_columns import figure_columns
from dashboard.exports.data.metadata import as_json, metadata, readme
from dashboard.exports.data.workbook import about, workbook_of
from dashboard.exports.origin import Origin
from dashboard.exports.pictures.browser import NoBrowser
from dashboard.exports.pictures.picture import FORMATS, Job, pictures, why_not
from dashboard.figures.citation import Citation, cite_figure
from dashboard.figures.figure import Figure

__all__ = [
    "alt",
    "caption",
    "citation",
    "data_csv",
    "data_xlsx",
    "metadata",
    "names",
    "pack",
    "readme",
    "rows_csv",
    "zipped",
]
DATA, ROWS, NUMBERS, METADATA = "Figure data", "Rows behind it", "Numbers", "Metadata"
NUMBER_COLUMNS = ("id", "label", "value", "n", "N", "lower", "upper")
_FIRST_YEAR = 1980  # of what a zip can date
_READABLE = 0o644 << 16
# Files that would not get smaller.
PACKED = (".png", ".pdf", ".xlsx", ".docx", ".pptx", ".zip")


def data_xlsx(
    figure: Figure, tables: Tables, selection: Selection, origin: Origin, title: str = ""
) -> bytes:
    """The figure's data, the rows behind it, its numbers, and what it all is, as one workbook."""
    package, rows = tables.package, figure.rows
    numbers = pd.DataFrame(
        [[getattr(one, name) for name in NUMBER_COLUMNS] for one in figure.numbers],
        columns=list(NUMBER_COLUMNS),
    )
    sheets = {DATA: figure.table, ROWS: rows, NUMBERS: numbers}
    words = Job(figure, "", "", origin, title).words
    told = [
        *about(words.title, describe(selection, package), figure.source, package),
        ("Subtitle", figure.subtitle),
        ("Note", figure.note),
        ("In words", figure.alt),
        *[("Map", f"{BOUNDARIES} {DISCLAIMER}")] * figure.is_map,
        ("Link", origin.link),
        ("Accessed", origin.accessed.isoformat()),
    ]
    columns = figure_columns([name for frame in sheets.values() for name in frame], package)
    return workbook_of(sheets, told, columns, package, told_in=METADATA)


def data_csv(figure: Figure, tables: Tables, selection: Selection) -> bytes:
    """The figure's data, each row with its origin."""
    return csv_files.csv(figure.table, figure.source, selection, tables.package)


def rows_csv(figure: Figure, tables: Tables, selection: Selection) -> bytes:
    """The courses behind the figure, each with its source and workbook cell."""
    return csv_files.csv(figure.rows, figure.source, selection, tables.package)


def alt(figure: Figure) -> str:
    """The finding for those who do not see the picture."""
    return f"{figure.alt}\n"


def caption(figure: Figure, origin: Origin, title: str = "", note: str = "") -> str:
    """Title, subtitle, note, source, statement and origin, a paragraph each, ready to paste."""
    words = Job(figure, "", "", origin, title, note).words
    of_map = f"{BOUNDARIES} {DISCLAIMER}" if figure.is_map else ""
    said = (
        words.title,
        words.subtitle,
        words.note,
        f"Source: {words.source}",
        words.statement,
        of_map,
        words.origin,
    )
    return "".join(f"{' '.join(text.split())}\n" for text in said if text)


def citation(
    figure: Figure, tables: Tables, selection: Selection, origin: Origin, title: str = ""
) -> Citation:
    """How to cite the figure."""
    named = (figure.id, title.strip() or figure.title, figure.subtitle)
    return cite_figure(tables.package, selection.edition, origin.accessed, named, origin.link)


def names(figure: Figure, selection: Selection) -> Mapping[str, str]:
    """What a file is -> its name; `{sheet}.{format}` for each picture."""
    data = {
        "data": f"{file_name(selection, f'{figure.id}-table')}.csv",
        "rows": f"{file_name(selection, f'{figure.id}-courses')}.csv",
        "workbook": f"{file_name(selection, figure.id)}.xlsx",
        "pack": f"{file_name(selection, f'{figure.id}-pack')}.zip",
        **{
            f"citation.{kind}": f"{file_name(selection, f'{figure.id}-citation')}.{kind}"
            for kind in ("txt", "bib", "ris")
        },
    }
    drawn = {
        f"{sheet}.{format}": f"{file_name(selection, f'{figure.id}-{sheet}')}.{format}"
        for sheet in SHEETS
        for format in FORMATS
    }
    return data | drawn


def pack(
    figure: Figure,
    tables: Tables,
    selection: Selection,
    origin: Origin,
    sheets: Collection[str] = tuple(SHEETS),
    formats: Collection[str] = tuple(FORMATS),
    title: str = "",
    caption: str = "",
) -> bytes:
    """Everything about a figure in one zip. What could not be drawn is named in its readme.md.

    `title`, `caption`: in place of the figure's own title and note (`picture.Job`).
    """
    left_out = {
        sheet: reason
        for sheet in sheets
        if formats and (reason := why_not(figure, sheet, origin, title, caption))
    }
    jobs = [
        Job(figure, sheet, format, origin, title, caption)
        for sheet in sheets
        if sheet not in left_out
        for format in formats
    ]
    named = names(figure, selection)
    files: dict[str, bytes] = {}
    try:
        for job, data in zip(jobs, pictures(jobs), strict=True):
            files[named[f"{job.sheet}.{job.format}"]] = data
    except NoBrowser as missing:
        left_out = {"pictures": str(missing)}
    files |= _words_and_data(figure, tables, selection, origin, title, caption)
    told = readme(
        figure,
        tables,
        selection,
        origin,
        title=title,
        files=[*files, "readme.md"],
        left_out=tuple(left_out.values()),
    )
    return zipped(files | {"readme.md": told.encode()}, origin.made)


def _words_and_data(
    figure: Figure, tables: Tables, selection: Selection, origin: Origin, title: str, note: str
) -> dict[str, bytes]:
    """Every file of the pack but the pictures and the readme."""
    named = names(figure, selection)
    cited = citation(figure, tables, selection, origin, title)
    about_it = metadata(figure, tables, selection, origin, title, note)
    return {
        named["data"]: data_csv(figure, tables, selection),
        named["rows"]: rows_csv(figure, tables, selection),
        named["workbook"]: data_xlsx(figure, tables, selection, origin, title),
        "alt.txt": alt(figure).encode(),
        "caption.txt": caption(figure, origin, title, note).encode(),
        "citation.txt": f"{cited.text}\n".encode(),
        "citation.bib": cited.bibtex.encode(),
        "citation.ris": cited.ris.encode(),
        "metadata.json": as_json(about_it),
    }


def zipped(files: Mapping[str, bytes], made: date) -> bytes:
    """A zip of `files` (name -> content), by name, all of them dated `made`.

    A name stays inside the folder that the zip is opened in. The same files give the same bytes.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in sorted(_inside(files)):
            entry = zipfile.ZipInfo(
                name, (max(made.year, _FIRST_YEAR), made.month, made.day, 0, 0, 0)
            )
            entry.external_attr, entry.create_system = _READABLE, 3
            is_packed = name.endswith(PACKED)
            entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return target.getvalue()


def _inside(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The files under names that lead nowhere else."""
    for name, data in files.items():
        parts = [
            part
            for part in name.replace("\\", "/").replace(":", "-").split("/")
            if part not in ("", ".", "..")
        ]
        yield "/".join(parts) or "file", data
