"""Every combination of choices as one histogram of the share that each of them gives."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.marks.labels import count
from dashboard.charts.marks.look import BLUE
from dashboard.charts.marks.marks import HOVER, figure
from dashboard.charts.marks.plot_height import needs

HEIGHT = 300  # px
FILE_HEIGHTS = (256, 150, 400)  # px of the plot in a file: usual, least, most
NEUTRAL = "#808080"  # 3 to 1 and more on the paper of both themes
FLAG = 1.04  # of the highest bar: where the label of the selection stands


def combinations_bar(
    counts: Sequence[int], base: float, base_text: str, ticks: Sequence[str],
    ends: tuple[float, float] | None,
) -> go.Figure:  # fmt: skip
    """Bars of `counts` over equal classes from 0 to 1; that of the selection is blue and labelled.

    `base`, `base_text`: share and label of the selection. `ticks`: labels of 0, a quarter, half,
    three quarters and all. `ends`: lowest and highest share, None without any.
    """
    classes, highest = len(counts), max([*counts, 1])
    width = 1 / classes
    own = min(int(base * classes), classes - 1)
    colours = [BLUE if place == own else NEUTRAL for place in range(classes)]
    bars = {
        "type": "bar", "x": [(place + 0.5) * width for place in range(classes)],
        "y": list(counts), "width": [width * 0.94] * classes, "name": "", "showlegend": False,
        "marker": {"color": colours, "line": {"width": 0}},
        "hovertext": [_hover(place, number, classes) for place, number in enumerate(counts)],
        "hovertemplate": HOVER,
    }  # fmt: skip
    layout = {
        "height": HEIGHT,
        "meta": needs(*FILE_HEIGHTS),
        "margin": {"l": 52, "r": 20, "t": 14, "b": 30, "pad": 0},
        "xaxis": {
            "range": [-0.01, 1.01], "tickmode": "array", "tickangle": 0, "tickfont": {"size": 12},
            "tickvals": [place / (len(ticks) - 1) for place in range(len(ticks))],
            "ticktext": list(ticks), "fixedrange": True, "showgrid": False, "zeroline": False,
            "ticks": "", "ticklabeloverflow": "allow",
        },
        "yaxis": _counts_axis(highest),
        "shapes": [_line(base, base, counts[own], highest * FLAG, 1.5)] + ([] if ends is None else [
            _line(*ends, highest * 1.16, highest * 1.16, 1.5),
            *(_line(end, end, highest * 1.13, highest * 1.19, 1.5) for end in ends),
        ]),
        "annotations": [_label(base_text, base, highest * FLAG)],
    }  # fmt: skip
    return figure([bars], layout)


def _hover(place: int, number: int, classes: int) -> str:
    low, high = round(100 * place / classes), round(100 * (place + 1) / classes)
    return f"<b>{count(number)}</b> combinations<br>between {low} and {high} per cent"


def _line(x0: float, x1: float, y0: float, y1: float, width: float) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "x",
        "yref": "y",
        "x0": x0,
        "x1": x1,
        "y0": y0,
        "y1": y1,
        "line": {"color": NEUTRAL, "width": width},
    }


def _label(text: str, x: float, y: float) -> dict[str, Any]:
    """The label of the selection, growing away from the nearer end."""
    right = x < 0.5
    return {
        "text": f"<b>{text}</b>",
        "x": x,
        "y": y,
        "xref": "x",
        "yref": "y",
        "showarrow": False,
        "xanchor": "left" if right else "right",
        "yanchor": "top",
        "font": {"size": 13},
        "xshift": 5 if right else -5,
    }


def _counts_axis(highest: int) -> dict[str, Any]:
    places = sorted({0, highest // 2, highest})
    return {
        "range": [0, highest * 1.22],
        "tickmode": "array",
        "tickvals": places,
        "ticktext": [count(place) for place in places],
        "tickfont": {"size": 12},
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
    }
