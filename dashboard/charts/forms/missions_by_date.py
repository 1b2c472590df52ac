"""Persons of one country by mission (rows) and date (columns), each number over its bar."""

import itertools
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.forms.personnel_by_date import TYPE_STYLES, years_between
from dashboard.charts.marks.labels import axis_room, count, escaped, wrapped
from dashboard.charts.marks.look import GREY
from dashboard.charts.marks.marks import HOVER, dotted_box, figure
from dashboard.charts.marks.plot_height import BOXED, needs
from dashboard.edition.wording import long_date

ROW = 36  # px
FILE_ROWS = (36, 26, 48)  # px of a row in a file: usual, least, most
HEADS = 40  # px, two lines over the columns
BAR = 0.3  # of a row, along its foot
NUMBERS = 0.33  # of a row from its top: middle of the number
WIDTH = 0.86  # of a column, the longest bar
APART = 0.35  # of a column, between dates a year or more apart
STYLE = TYPE_STYLES["troops"]
NO_MISSION = "Mission not given"

Row = dict[str, Any]


def missions_by_date(frame: pd.DataFrame, as_of: str, types: Mapping[str, str]) -> go.Figure:
    """A grid of persons, bars on one scale.

    `frame`: mission, as_of, persons and one column a type (measures/country.py,
    `missions_by_date`), in the order of the rows. `as_of`: the date whose head is bold. `types`:
    code -> label, for the hover boxes. A date that is not divided by mission is one dotted box.
    """
    missions = list(dict.fromkeys(frame["mission"]))
    columns = _columns(sorted(frame["as_of"].unique()))
    cells = frame.to_dict("records")
    largest = int(frame["persons"].max()) if frame["persons"].notna().any() else 1
    empty = [day for day in columns if frame.loc[frame["as_of"] == day, "persons"].isna().all()]
    known = [cell for cell in cells if pd.notna(cell["persons"])]
    names = [NO_MISSION if name == "ALL" else name for name in missions]
    end = max(columns.values(), default=0) + 1
    layout = {
        "barmode": "overlay",
        "height": max(1, len(missions)) * ROW + HEADS + 4,
        "meta": needs(*(max(1, len(missions)) * row for row in FILE_ROWS), box=WIDTH),
        "margin": {"l": axis_room(names), "r": 4, "t": HEADS, "b": 4, "pad": 0},
        "xaxis": _heads(columns, as_of, end),
        "yaxis": _names(names),
        "shapes": [
            *_breaks(columns, len(missions)),
            *(
                dotted_box(columns[day], columns[day] + WIDTH, -0.4, len(missions) - 0.6)
                for day in empty
            ),
        ],
        "annotations": [
            *(_number(cell, columns, missions) for cell in known),
            *(_undivided(columns[day], len(missions)) for day in empty),
        ],
    }
    return figure([_bars(known, columns, missions, largest, types)], layout)


def _columns(days: list[str]) -> dict[str, float]:
    """Where the column of each date begins; dates a year or more apart stand apart."""
    places: dict[str, float] = {}
    before, place = "", 0.0
    for day in days:
        place += APART * bool(years_between(before, day))
        places[day] = place
        before, place = day, place + 1
    return places


def _bars(
    cells: list[Row],
    columns: Mapping[str, float],
    missions: list[str],
    largest: int,
    types: Mapping[str, str],
) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": "",
        "showlegend": False,
        "x": [WIDTH * int(cell["persons"]) / (largest or 1) for cell in cells],
        "base": [columns[cell["as_of"]] for cell in cells],
        "y": [missions.index(cell["mission"]) + 0.5 - BAR / 2 - 0.06 for cell in cells],
        "width": [BAR] * len(cells),
        "marker": {"color": STYLE.fill, "line": {"color": STYLE.outline, "width": 1}},
        "hovertext": [_hover(cell, types) for cell in cells],
        "hovertemplate": HOVER,
    }


def _hover(cell: Row, types: Mapping[str, str]) -> str:
    lines = [
        f"{escaped(label)}: {count(cell[code])}"
        for code, label in types.items()
        if code in cell and pd.notna(cell[code]) and cell[code]
    ]
    head = f"<b>{wrapped(cell['mission'])}</b>, {long_date(cell['as_of'])}"
    return "<br>".join([head, f"{count(cell['persons'])} persons", *lines])


def _number(cell: Row, columns: Mapping[str, float], missions: list[str]) -> dict[str, Any]:
    y = missions.index(cell["mission"]) - 0.5 + NUMBERS
    return _text(count(cell["persons"]), columns[cell["as_of"]], y, "left", 12)


def _undivided(column: float, rows: int) -> dict[str, Any]:
    words = "not given<br>by<br>mission" if rows > 1 else "not by<br>mission"
    return _text(words, column + WIDTH / 2, (rows - 1) / 2, "center", 11) | {"name": BOXED}


def _text(text: str, x: float, y: float, anchor: str, size: int) -> dict[str, Any]:
    return {
        "text": text,
        "x": x,
        "y": y,
        "xref": "x",
        "yref": "y",
        "showarrow": False,
        "xanchor": anchor,
        "yanchor": "middle",
        "align": anchor,
        "borderpad": 0,
        "font": {"size": size},
    }


def _breaks(columns: Mapping[str, float], rows: int) -> list[dict[str, Any]]:
    """A dotted line where years lie between two columns."""
    days = list(columns)
    return [
        {
            "type": "line",
            "xref": "x",
            "yref": "y",
            "y0": -0.5,
            "y1": rows - 0.5,
            "x0": columns[later] - APART / 2 - (1 - WIDTH) / 2,
            "x1": columns[later] - APART / 2 - (1 - WIDTH) / 2,
            "line": {"color": GREY, "width": 1.4, "dash": "2px,4px"},
        }
        for earlier, later in itertools.pairwise(days)
        if years_between(earlier, later)
    ]


def _heads(columns: Mapping[str, float], as_of: str, end: float) -> dict[str, Any]:
    """Dates in two lines over the middle of the cells; hover boxes have them whole."""
    heads = [f"<b>{_short(day)}</b>" if day == as_of else _short(day) for day in columns]
    return {
        "side": "top",
        "tickmode": "array",
        "ticktext": heads,
        "tickvals": [place + WIDTH / 2 for place in columns.values()],
        "range": [-0.02, end],
        "tickangle": 0,
        "tickfont": {"size": 11},
        "ticklabeloverflow": "allow",
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
    }


def _short(day: str) -> str:
    parsed = date.fromisoformat(day)
    return f"{parsed.day} {parsed:%b}<br>{parsed.year}"


def _names(names: list[str]) -> dict[str, Any]:
    return {
        "tickmode": "array",
        "tickvals": list(range(len(names))),
        "ticktext": [f"{escaped(name)} " for name in names],
        "tickfont": {"size": 12},
        "range": [max(1, len(names)) - 0.5, -0.5],
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
    }
