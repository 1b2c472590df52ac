"""Countries by UN-CMCoord level: how many considered courses each has at each level."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.forms import grid
from dashboard.charts.marks.labels import axis_name, axis_room, count, escaped, wrapped
from dashboard.charts.marks.look import STATE_STYLES
from dashboard.charts.marks.marks import LEGEND_ABOVE, dotted_box, figure
from dashboard.charts.marks.plot_height import needs
from dashboard.edition.wording import counted

LEVELS = ("dedicated", "module", "cimic", "related", "none-found", "not-documented")
EMPTY_STATES = ("no-course", "not-reviewed")
# Column heads that fit a sixth of a phone; the legend carries the labels in full.
HEADS = {
    "dedicated": "Dedicated",
    "module": "Module",
    "cimic": "CIMIC",
    "related": "Related",
    "none-found": "None",
    "not-documented": "Not doc.",
}
ROW_HEIGHT = 30  # px
FILE_ROWS = (30, 19, 40)  # px of a row in a file: usual, least, most
HEADS_HEIGHT = 140  # px, with the legend; on a phone it takes some from the rows
HEADS_ROOM = 8  # px right of the last column, whose head may be wider on a phone

Row = dict[str, Any]
Place = tuple[int, Row]


def level_matrix(frame: pd.DataFrame, labels: Mapping[str, str] | None = None) -> go.Figure:
    """A grid of counts, one row a country and one column a level.

    `frame`: the columns of measures/states.py, in the order of the rows. `labels`: level code to
    its label in the data package, for legend and hover boxes; without them the heads are used.
    A cell without a course is blank and says why when pointed at; a country without any considered
    course is one dotted cell with its state.
    """
    rows: list[Place] = list(enumerate(frame.to_dict("records")))
    full = {level: (labels or {}).get(level) or HEADS[level] for level in LEVELS}
    counted = [place for place in rows if place[1]["state"] not in EMPTY_STATES]
    empty = [place for place in rows if place[1]["state"] in EMPTY_STATES]
    data = [trace for level in LEVELS for trace in _level(level, full[level], counted)]
    data += [*_blanks(counted, full), *_stateless(empty), *grid.state_legend(full)]
    names = [axis_name(row["country_iso3"], row["country_name"]) for _, row in rows]
    layout = {
        "barmode": "overlay",
        "height": max(1, len(rows)) * ROW_HEIGHT + HEADS_HEIGHT,
        "margin": {"l": axis_room(names), "r": HEADS_ROOM, "t": 4, "b": 4, "pad": 0},
        "meta": needs(
            *(max(1, len(rows)) * row for row in FILE_ROWS),
            folds=[row + 0.5 for row in range(len(rows) - 1)],
            rows=len(rows),
        ),
        "xaxis": _heads(),
        "yaxis": grid.names_axis(names),
        "legend": LEGEND_ABOVE,
        "shapes": [
            dotted_box(grid.GAP, len(LEVELS) - grid.GAP, i - grid.HALF_CELL, i + grid.HALF_CELL)
            for i, _ in empty
        ],
    }
    return figure(data, layout)


def _level(level: str, label: str, rows: list[Place]) -> list[dict[str, Any]]:
    """The cells of one level that hold a course."""
    column = LEVELS.index(level)
    held = [(i, row) for i, row in rows if row[level] > 0]
    hover = [
        _about(row, f"{escaped(label)}: {count(row[level])} of {_courses(row)}") for _, row in held
    ]
    return grid.filled(
        level,
        escaped(label),
        [(i, column) for i, _ in held],
        [row[level] for _, row in held],
        hover,
        [[row["country_iso3"]] for _, row in held],
    )


def _blanks(rows: list[Place], labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """Clear cells that say, when pointed at, that no course is considered there, and why."""
    blank = [(i, row, level) for i, row in rows for level in LEVELS if row[level] == 0]
    hover = [
        _about(row, f"{escaped(labels[level])}: none of {_courses(row)}") for _, row, level in blank
    ]
    return grid.blank([(i, LEVELS.index(level)) for i, _, level in blank], hover)


def _stateless(rows: list[Place]) -> list[dict[str, Any]]:
    """One cell over all columns for a country without a considered course, its state in words."""
    words = [
        f"<b>{escaped(row['state_letter'])}</b>  {escaped(row['state_label'])}" for _, row in rows
    ]
    hover = [_about(row, escaped(row["state_label"])) for _, row in rows]
    keys = [[row["country_iso3"]] for _, row in rows]
    return grid.whole_rows([i for i, _ in rows], len(LEVELS), words, hover, keys)


def _about(row: Row, line: str) -> str:
    return (
        f"<b>{wrapped(row['country_name'])}</b> ({escaped(row['country_iso3'])})<br>{line}"
        f"<br><i>{wrapped(row['reason'])}</i>"
    )


def _courses(row: Row) -> str:
    courses = int(row["courses"])
    return counted(courses, "considered course")


def _heads() -> dict[str, Any]:
    """The letters and short names of the levels above the columns."""
    ticks = [f"<b>{STATE_STYLES[level].letter}</b><br>{HEADS[level]}" for level in LEVELS]
    return {
        "side": "top",
        "tickmode": "array",
        "ticktext": ticks,
        "tickvals": [i + 0.5 for i in range(len(LEVELS))],
        "range": [0, len(LEVELS)],
        "tickangle": 0,
        "tickfont": {"size": 10},
        "ticklabeloverflow": "allow",
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
    }
