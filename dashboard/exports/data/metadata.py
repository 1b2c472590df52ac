"""Everything about a figure that a program may want to know, as a plain dict for JSON."""

import json
from dataclasses import asdict
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
from dashboard.exports.data.figure_columns import figure_columns
from dashboard.exports.origin import Origin
from dashboard.exports.pictures.picture import Job
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
