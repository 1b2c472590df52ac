"""Many rows in two columns: a wide sheet has more room beside a chart than below it."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from dashboard.charts.marks.plot_height import PlotHeight

GUTTER = 30  # px between the columns, beside what stands in it


def best_fold(plain: dict[str, Any], room: PlotHeight) -> float | None:
    """Where to go on in a second column, so that both are about as high; None when nowhere."""
    axis = plain["layout"].get("yaxis") or {}
    others = [name for name in plain["layout"] if name in ("xaxis2", "xaxis3", "yaxis2")]
    if not room.folds or not axis.get("range") or others:
        return None
    at = min(room.folds, key=lambda place: higher_part(axis["range"], place))
    return at if higher_part(axis["range"], at) < 0.8 else None


def higher_part(ends: Sequence[float], at: float) -> float:
    """Of a plot between two `ends` of its axis (foot, top): the part of the higher column."""
    foot, top = ends
    above = (at - top) / (foot - top)
    return max(above, 1 - above)


def folded(plain: dict[str, Any], at: float, gutter: float) -> dict[str, Any]:
    """The figure (as a dict) with all that lies below `at` on the y axis in a second column.

    `gutter`: room between the columns as a part of the width. Axes are doubled, so that both
    columns have one scale.
    """
    layout = plain["layout"]
    foot, top = layout["yaxis"]["range"]
    step = (foot - top) * higher_part((foot, top), at)
    half = (1 - gutter) / 2

    def is_second(y: float) -> bool:
        return (y - top) / (foot - top) >= (at - top) / (foot - top) - 1e-9

    def moved(mark: dict[str, Any], second: bool) -> dict[str, Any]:
        """An annotation or a shape on the axes of its column."""
        number, start = ("2", 1 - half) if second else ("", 0.0)
        if mark.get("xref") != "paper":
            return mark | {"xref": f"x{number}", "yref": f"y{number}"}
        ends = {key: start + half * mark[key] for key in ("x", "x0", "x1") if key in mark}
        return mark | ends | {"yref": f"y{number}"}

    start, end = layout["xaxis"].get("domain") or (0, 1)
    second = [1 - half + half * start, 1 - half + half * end]
    axes = {
        "xaxis": layout["xaxis"] | {"domain": [half * start, half * end]},
        "yaxis": _ticks(layout["yaxis"], lambda y: not is_second(y)) | {"range": [top + step, top]},
        "xaxis2": layout["xaxis"] | {"domain": second, "anchor": "y2"},
        "yaxis2": _ticks(layout["yaxis"], is_second) | {"range": [at + step, at], "anchor": "x2"},
    }
    data = [part for trace in plain["data"] for part in _parted(trace, is_second)]
    notes = [moved(note, is_second(note["y"])) for note in layout.get("annotations", ())]
    shapes = [
        moved(shape, is_second((shape["y0"] + shape["y1"]) / 2))
        for shape in layout.get("shapes", ())
    ]
    return {"data": data, "layout": {**layout, **axes, "annotations": notes, "shapes": shapes}}


def _ticks(axis: dict[str, Any], kept: Callable[[float], bool]) -> dict[str, Any]:
    """An axis with the names of its own column: a lower column has room for one of the other."""
    if not axis.get("ticktext"):
        return axis
    own = [pair for pair in zip(axis["tickvals"], axis["ticktext"], strict=True) if kept(pair[0])]
    return axis | {"tickvals": [place for place, _ in own], "ticktext": [name for _, name in own]}


def _parted(trace: dict[str, Any], is_second: Any) -> list[dict[str, Any]]:
    """A trace in up to two parts; what only stands in the legend stays whole."""
    places = list(trace.get("y") or ())
    if not places or places == [None]:
        return [trace]
    second = np.array([place is not None and is_second(place) for place in places])
    parts = []
    if not second.all():
        parts.append(_kept(trace, ~second))
    if second.any():
        axes = {"xaxis": "x2", "yaxis": "y2"}
        hidden = {"showlegend": False} if parts else {}
        parts.append(_kept(trace, second) | axes | hidden)
    return parts


def _kept(value: Any, kept: np.ndarray) -> Any:
    """The same with the marked places of every list that has one for each point."""
    if isinstance(value, dict):
        return {key: _kept(part, kept) for key, part in value.items()}
    if isinstance(value, list | tuple | np.ndarray) and len(value) == len(kept):
        return [part for part, keep in zip(value, kept, strict=True) if keep]
    return value
