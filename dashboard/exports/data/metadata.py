"""What a figure pack says of itself: for programs as a dict for JSON, for people as readme.md."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import Any

from dashboard.charts.marks.look import BOUNDARIES, DISCLAIMER
from dashboard.edition.selection import (
    COURSE_FILTERS,
    Selection,
    describe,
    personnel_label,
    threshold_label,
)
from dashboard.edition.tables import Package, Tables
from dashboard.edition.wording import long_date
from dashboard.exports.data.dictionary import ORIGIN as ORIGIN_COLUMNS
from dashboard.exports.data.dictionary import Column
from dashboard.exports.data.figure_columns import figure_columns
from dashboard.exports.origin import Origin
from dashboard.exports.pictures.picture import Job
from dashboard.figures.citation import cite_figure
from dashboard.figures.figure import Figure
from dashboard.views.choices import URL_NAMES


def metadata(
    figure: Figure,
    tables: Tables,
    selection: Selection,
    origin: Origin,
    title: str = "",
    caption: str = "",
) -> dict[str, Any]:
    """Figure, selection by code and by name, edition, inputs, numbers with bounds, and columns.

    The day of access is its only timestamp.
    """
    package = tables.package
    words = Job(figure, "", "", origin, title, caption).words
    boundaries = {"boundaries": BOUNDARIES, "disclaimer": DISCLAIMER} if figure.is_map else {}
    names = [*figure.table.columns, *figure.rows.columns]
    return {
        "figure": {
            "id": figure.id,
            "title": words.title,
            "finding": figure.title,
            "subtitle": words.subtitle,
            "note": words.note,
            "source": words.source,
            "alt": words.alt,
        }
        | boundaries,
        "selection": chosen(selection, tables),
        "edition": {"code": tables.edition, "title": package.title, **package.edition},
        "inputs": [dict(one) for one in package.inputs],
        "personnel": {"as_of": selection.as_of, **package.source_of(selection.as_of)},
        "numbers": [asdict(number) for number in figure.numbers],
        "columns": [asdict(column) for column in figure_columns(names, package)],
        "link": origin.link,
        "accessed": origin.accessed.isoformat(),
    }


def chosen(selection: Selection, tables: Tables) -> dict[str, Any]:
    """A selection by name: each choice with its codes and their labels; no labels mean all."""
    package = tables.package
    choices = {
        "edition": ("Edition", {selection.edition: package.title}),
        "as_of": ("Personnel as of", {selection.as_of: long_date(selection.as_of)}),
        "personnel": (
            "Personnel",
            {selection.personnel: personnel_label(selection.personnel, package)},
        ),
        "threshold": (
            "Counts as covered from",
            {selection.threshold: threshold_label(selection.threshold, package)},
        ),
        "mission": ("Missions", {code: code for code in selection.missions}),
        **_course_filters(selection, package),
        "years": (
            "Years",
            {
                f"{first}-{last}": f"{first} to {last}"
                for first, last in filter(None, [selection.years])
            },
        ),
    }
    return {
        "text": describe(selection, package),
        "choices": {
            key: {"name": name, "codes": list(labels), "labels": list(labels.values())}
            for key, (name, labels) in choices.items()
        },
    }


def _course_filters(selection: Selection, package: Package) -> dict[str, Any]:
    return {
        URL_NAMES[field]: (
            name.capitalize(),
            {code: package.label(vocabulary, code) for code in getattr(selection, field)},
        )
        for field, (name, vocabulary) in COURSE_FILTERS.items()
    }


def as_json(content: Any) -> bytes:
    """JSON for people and programs: indented, accents as they are, one newline at the end."""
    return (json.dumps(content, ensure_ascii=False, indent=2, default=_number) + "\n").encode()


def _number(value: Any) -> Any:
    """A number of numpy as one of Python."""
    return value.item()


_MARKUP = re.compile(r"([\\`*_\[\]<>|#])")
# End of a name -> what the file is. The longest that fits counts.
_KINDS = (
    ("readme.md", "this text"),
    ("metadata.json", "selection, edition, inputs with their SHA-256, numbers, columns"),
    ("alt.txt", "the finding in words, as alternative text of the picture"),
    ("caption.txt", "title, subtitle, note, source and statement, ready to paste"),
    ("citation.txt", "how to cite the figure"),
    ("citation.bib", "the same for BibTeX"),
    ("citation.ris", "the same for reference managers"),
    (".xlsx", "the data, the rows behind it with source and workbook cell, numbers, metadata"),
    (".png", "the figure as a picture"),
    (".svg", "the figure as a drawing, its text as text"),
    (".pdf", "the figure as a page of its own size"),
)
_TABLES = (
    ("-table_", "the data of the figure"),
    ("-courses_", "the rows behind it, each with source and workbook cell"),
)


def readme(
    figure: Figure, tables: Tables, selection: Selection, origin: Origin, title: str = "",
    files: Sequence[str] = (), left_out: Sequence[str] = (),
) -> str:  # fmt: skip
    """The text. `files`: what is in the pack; `left_out`: why something is not, in sentences."""
    package = tables.package
    named = (figure.id, title.strip() or figure.title, figure.subtitle)
    cited = cite_figure(package, selection.edition, origin.accessed, named, origin.link)
    lines = [
        f"# {_plain(named[1])}", "", _plain(figure.subtitle), "", _plain(figure.alt), "",
        "## What is in this pack", "", *(f"- `{name}`: {_kind(name)}" for name in sorted(files)),
        *(f"- Not included: {_plain(reason)}" for reason in dict.fromkeys(left_out)), "",
        "## What was chosen", "", *_filters(selection, tables), "",
        "## What the figure cannot tell", "", _plain(figure.note or "Nothing is noted."), "",
        "## How the data are built", "", *_structure(figure, tables), "",
        "## How to cite", "", f"    {cited.text}", "",
        "## Sources", "", *_sources(figure, tables, selection), "",
        "## How to see this view again", "", *_view(origin),
    ]  # fmt: skip
    return "\n".join(lines).rstrip() + "\n"


def _plain(text: str) -> str:
    """One line of text for a place that reads Markdown, so that it is shown as it is."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _kind(name: str) -> str:
    if PurePosixPath(name).suffix == ".csv":
        return next((what for part, what in _TABLES if part in name), "data")
    return next((what for end, what in _KINDS if name.endswith(end)), "a file")


def _filters(selection: Selection, tables: Tables) -> Iterator[str]:
    for choice in chosen(selection, tables)["choices"].values():
        labels = ", ".join(choice["labels"]) or "all"
        yield f"- {choice['name']}: {_plain(labels)}"


def _structure(figure: Figure, tables: Tables) -> Iterator[str]:
    package = tables.package
    yield f"Data of the figure, {len(figure.table)} rows:"
    yield ""
    yield from _columns(figure_columns(figure.table.columns, package))
    rows = figure.rows
    yield ""
    yield f"Rows behind it, {len(rows)} rows:"
    yield ""
    yield from _columns(figure_columns(rows.columns, package))
    yield ""
    yield "Each row of a CSV ends with where it comes from:"
    yield ""
    yield from _columns(Column(name, *words) for name, words in ORIGIN_COLUMNS.items())


def _columns(columns: Iterable[Column]) -> Iterator[str]:
    for column in columns:
        meaning = f": {_plain(column.description)}" if column.description else ""
        unit = f" [{_plain(column.unit)}]" if column.unit else ""
        yield f"- `{column.name}` ({_plain(column.title)}){meaning}{unit}"


def _sources(figure: Figure, tables: Tables, selection: Selection) -> Iterator[str]:
    package = tables.package
    about = package.edition
    yield f"- {_plain(figure.source)}"
    yield f"- {_plain(package.title)}. {_plain(about['statement'])}"
    yield f"- Producer: {_plain(about['producer'])}. Licence: {_plain(about['licence'])}."
    if figure.is_map:
        yield f"- {BOUNDARIES} {DISCLAIMER}"
    yield ""
    yield (
        f"Review as of {long_date(about['as_of'])}; personnel as of "
        f"{long_date(selection.as_of)}. Built from these files:"
    )
    yield ""
    for one in package.inputs:
        yield f"- `{one['path']}`, SHA-256 `{one['sha256']}`"


def _view(origin: Origin) -> Iterator[str]:
    if origin.link:
        yield "This link restores edition, date, filters and choices:"
        yield ""
        yield f"    {origin.link}"
    else:
        yield "No link was recorded; choose the filters above in the dashboard."
    yield ""
    yield f"Accessed {long_date(origin.accessed.isoformat())}."
