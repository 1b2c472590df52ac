"""Closing the gap step by step: a curve from what is covered today to everybody.

Every step is a bar on the curve, as high as it adds, and a cell in the strip below it, which stays
legible where a step adds little. Both are drawn as the class or state of their country, because
asking, searching and training are not the same thing to do.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.marks.labels import count, escaped, per_cent, wrapped
from dashboard.charts.marks.look import CLASS_STYLES, DARK_BLUE, MARK_STYLES, PAPER, mark_key
from dashboard.charts.marks.marks import (
    HOVER,
    LEGEND_ABOVE,
    STAYS_WHEN_PICKED,
    bar_marker,
    dotted_box,
    figure,
    legend_entry,
)
from dashboard.charts.marks.plot_height import needs
from dashboard.edition.wording import SMALLEST_FOR_PER_CENT

HEIGHT = 460  # px
FILE_HEIGHTS = (360, 200, 480)  # px of the plot in a file: usual, least, most
STRIP = (-0.085, -0.025)  # of the y axis: the strip of cells under the curve
PINS = -0.125  # where planned steps are marked
LINE = "#808080"  # 3 to 1 and more on the paper of both themes
WIDEST_BAR = 0.86  # of a step
TODAY_WIDTH = 0.5
LETTER_SIZE = 10  # px; a letter without room is left out
FEWEST_SLOTS = 8  # fewer steps than this do not become broader

Row = Any


def closing_curve(
    steps: pd.DataFrame,
    start: int,
    total: int,
    marks: Mapping[int, int | None],
    names: Mapping[str, str],
    planned: Sequence[str] = (),
    noun: tuple[str, str] = ("", ""),
) -> go.Figure:
    """The curve of measure 6.

    `steps`: rows of `measures.closing.Closing.steps` with name (of the step). `start` of `total`
    persons are covered today. `marks`: per cent -> number of steps needed (0: reached today; None:
    not reached, left out). `names`: mark key -> what the legend calls it, in its order. `planned`:
    codes of planned steps. `noun`: what is counted, singular and plural.
    """
    rows = list(steps.itertuples(index=False))
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(mark_key(row.country_class, row.state), []).append(row)
    data = [_today(start, total), _line(rows, start, total)]
    for key in sorted(groups, key=list(MARK_STYLES).index):
        data += _bars(key, groups[key], total)
    data += [legend_entry(escaped(names[key]), MARK_STYLES[key]) for key in names]
    pins = [row for row in rows if row.code in planned]
    if pins:
        data.append(_pins(pins))
    slots = max(len(rows), FEWEST_SLOTS)
    notes, lines = _marks(marks, total, slots, noun)
    layout = {
        "barmode": "overlay",
        "height": HEIGHT,
        "meta": needs(*FILE_HEIGHTS),
        "margin": {"l": 48, "r": 8, "t": 12, "b": 26, "pad": 0},
        "xaxis": _steps_axis(slots),
        "yaxis": _share_axis(total),
        "uniformtext": {"minsize": LETTER_SIZE, "mode": "hide"},
        "legend": LEGEND_ABOVE,
        "shapes": [*lines, *_dotted(groups)],
        "annotations": notes,
    }
    return figure(data, layout)


def _today(start: int, total: int) -> dict[str, Any]:
    text = f"<b>Covered today</b><br>{count(start)} of {count(total)} persons"
    share = per_cent(start, total)
    return {
        "type": "bar",
        "x": [0],
        "y": [start / total],
        "width": [TODAY_WIDTH],
        "marker": bar_marker(CLASS_STYLES["covered"]),
        "showlegend": False,
        "name": "",
        "meta": {"of": "class", "mark": "covered"},
        "hovertext": [f"{text} ({share})"],
        "hovertemplate": HOVER,
    }


def _line(rows: list[Row], start: int, total: int) -> dict[str, Any]:
    """The curve itself: where bars are too low to be seen, it still is."""
    heights = [start, *(int(row.cumulative) for row in rows)]
    return {
        "type": "scatter",
        "mode": "lines",
        "line": {"color": LINE, "width": 1.5, "shape": "hvh"},
        "x": list(range(len(heights))),
        "y": [height / total for height in heights],
        "showlegend": False,
        "hoverinfo": "skip",
        "name": "",
    }


def _bars(key: str, rows: list[Row], total: int) -> list[dict[str, Any]]:
    """The steps of one mark on the curve, and their cells in the strip."""
    common = {
        "type": "bar",
        "x": [int(row.step) for row in rows],
        "marker": bar_marker(MARK_STYLES[key]),
        "width": [WIDEST_BAR] * len(rows),
        "showlegend": False,
        "name": "",
        "hovertext": [_hover(row, total) for row in rows],
        "hovertemplate": HOVER,
        "customdata": [[row.code] for row in rows],
        **STAYS_WHEN_PICKED,
    }
    curve = {
        "y": [row.persons / total for row in rows],
        "base": [(row.cumulative - row.persons) / total for row in rows],
    }
    foot, top = _cell(key)
    strip = {"y": [top - foot] * len(rows), "base": [foot] * len(rows)}
    return [common | curve, common | strip | _letter(key)]


def _cell(key: str) -> tuple[float, float]:
    """Foot and top of a cell in the strip. Not reviewed is half as high: it shares its grey."""
    foot, top = STRIP
    return (foot, (foot + top) / 2) if key == "not-reviewed" else STRIP


def _letter(key: str) -> dict[str, Any]:
    """The letter of a state in its cells: two of them share their grey and outline."""
    style = MARK_STYLES[key]
    if not style.dotted:
        return {}
    return {
        "text": f"<b>{style.letter}</b>",
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "insidetextfont": {"color": style.text, "size": LETTER_SIZE},
    }


def _hover(row: Row, total: int) -> str:
    then = f"{count(row.cumulative)} of {count(total)}"
    return "<br>".join(
        [
            f"<b>{int(row.step)}. {wrapped(row.name)}</b>",
            f"{count(row.persons)} persons; then {then} ({per_cent(row.cumulative, total)})",
            f"{escaped(row.class_label)}: {escaped(row.state_letter)}  {wrapped(row.state_label)}",
            f"→ {wrapped(row.ask)}",
        ]
    )


def _pins(rows: list[Row]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [int(row.step) for row in rows],
        "y": [PINS] * len(rows),
        "name": "In the plan",
        "showlegend": True,
        "cliponaxis": False,
        "marker": {
            "symbol": "triangle-up",
            "size": 10,
            "color": DARK_BLUE,
            "line": {"color": PAPER, "width": 1},
        },
        "hovertext": [f"In the plan: {wrapped(row.name)}" for row in rows],
        "hovertemplate": HOVER,
        "customdata": [[row.code] for row in rows],
        **STAYS_WHEN_PICKED,
    }


def _marks(
    marks: Mapping[int, int | None], total: int, slots: int, noun: tuple[str, str]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A label and two lines for each share that is reached by a number of steps.

    A line goes down to the share before, whose words stand to the left of what is below.
    """
    notes, lines, before = [], [], 0.0
    for share, steps in marks.items():
        if not steps:
            continue
        right = steps <= slots / 2
        words = f"{count(steps)} {noun[0] if steps == 1 else noun[1]}"
        notes.append(
            {
                "text": f"<b>{_level(share, total)}</b>: {words}",
                "x": steps,
                "y": share / 100,
                "xref": "x",
                "yref": "y",
                "showarrow": False,
                "font": {"size": 13},
                "xanchor": "left" if right else "right",
                "yanchor": "top" if right else "bottom",
                "xshift": 8 if right else -8,
            }
        )
        ends = ((-0.5, steps, share / 100, share / 100), (steps, steps, before, share / 100))
        before = share / 100
        lines += [
            {
                "type": "line",
                "xref": "x",
                "yref": "y",
                "x0": x0,
                "x1": x1,
                "y0": y0,
                "y1": y1,
                "layer": "below",
                "line": {"color": LINE, "width": 1, "dash": "dot"},
            }
            for x0, x1, y0, y1 in ends
        ]
    return notes, lines


def _level(share: int, total: int) -> str:
    """50%, or the same in persons where there are too few for a percentage."""
    if total >= SMALLEST_FOR_PER_CENT:
        return f"{share}%"
    return f"{count(math.ceil(share * total / 100))} of {count(total)}"


def _steps_axis(slots: int) -> dict[str, Any]:
    pace = next(pace for pace in (1, 2, 5, 10, 20, 50, 100, 200) if slots / pace <= 12)
    places = list(range(0, slots + 1, pace))
    return {
        "range": [-0.8, slots + 0.8],
        "tickmode": "array",
        "tickvals": places,
        "ticktext": ["today", *(count(place) for place in places[1:])],
        "tickangle": 0,
        "tickfont": {"size": 12},
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
    }


def _share_axis(total: int) -> dict[str, Any]:
    """Shares of all persons; counts where there are too few for percentages."""
    shares = (0, 25, 50, 75, 100)
    places, texts = [share / 100 for share in shares], [f"{share}%" for share in shares]
    if total < SMALLEST_FOR_PER_CENT:
        places = [number / total for number in range(total + 1)]
        texts = [count(number) for number in range(total + 1)]
    return {
        "range": [PINS - 0.03, 1.04],
        "tickmode": "array",
        "tickvals": places,
        "ticktext": texts,
        "tickfont": {"size": 12},
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
    }


def _dotted(groups: Mapping[str, list[Row]]) -> list[dict[str, Any]]:
    """The dotted outline of a stretch of cells whose countries have no course or no review."""
    return [
        dotted_box(first - WIDEST_BAR / 2, last + WIDEST_BAR / 2, *_cell(key))
        for key, rows in groups.items()
        if MARK_STYLES[key].dotted
        for first, last in _stretches([int(row.step) for row in rows])
    ]


def _stretches(places: list[int]) -> list[tuple[int, int]]:
    """Runs of neighbours: [3, 4, 7] -> [(3, 4), (7, 7)]."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
