"""Fits a map of the world onto a sheet: as wide as can be, legends below or beside it.

On paper nobody can look closer, so a letter only stands where it is apart from all others.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from dashboard.charts import legends, natural_earth
from dashboard.charts.fit import LEAST_TYPE, Fit
from dashboard.charts.margins import Margins, size_of
from dashboard.charts.sheets import DoesNotFit, Sheet

LARGEST_TYPE = 1.2  # against that on screen: the map needs the room more than the legend does
GAP = 16  # px between a legend and the map
LEAST_WIDTH = 260  # px: on a smaller map nothing can be told apart
# px of map where points have the size that their module gives them, and the least part of it.
FULL_POINTS, LEAST_POINTS = 850, 0.5
LETTER = (0.8, 0.95)  # width and height of a letter and the air around it, in sizes of its type
ROUND = 1.15  # of the size of a letter: the circle that holds it
_NO_MARGINS = Margins(0, 0, 0, 0, {})

Plain = Mapping[str, Any]
Box = tuple[float, float, float, float]  # middle and half sides, in px


def map_fitted(plain: dict[str, Any], sheet: Sheet, above: float, below: float) -> Fit:
    """The map in what the words leave of a sheet. Raises DoesNotFit."""
    across = sheet.width - 2 * sheet.pad
    type = max(LEAST_TYPE, min(sheet.chart, LARGEST_TYPE))
    room = sheet.height - above - below if sheet.height else None
    ratio = _ratio(plain["layout"]["geo"])
    names = [name for name in legends.NAMES if legends.entries(plain, name)]
    hung = _hung(plain, names)
    under = legends.heights(hung, 0, across + sheet.pad, type)
    wide = across if room is None else min(across, (room - under) * ratio)
    beside = max((legends.width_of(plain, name, type) for name in names), default=0) + GAP
    stack = sum(legends.height_of(plain, name, 0, type) for name in names)
    narrow = 0.0
    if room is not None and stack <= room:
        narrow = min(across - beside, room * ratio)
    if max(wide, narrow) < LEAST_WIDTH:
        raise DoesNotFit(
            f"The words leave no room for the map on “{sheet.label}”: choose a page width, "
            "which is as high as the figure needs."
        )
    if wide >= narrow:
        laid = _lettered(_over(hung, (0, 1)), wide, type)
        return Fit(laid, type, wide / ratio, _NO_MARGINS, 0, under, 1, True)
    laid = _over(_stacked(plain, names, (sheet.pad, across), type, room), (beside / across, 1))
    return Fit(_lettered(laid, narrow, type), type, room, _NO_MARGINS, 0, 0, 1, True)


def _ratio(geo: Plain) -> float:
    """Width of the map by its height."""
    west, east = geo["lonaxis"]["range"]
    south, north = geo["lataxis"]["range"]
    across = natural_earth.forward(east, 0)[0] - natural_earth.forward(west, 0)[0]
    return across / (natural_earth.forward(0, north)[1] - natural_earth.forward(0, south)[1])


def _over(plain: dict[str, Any], across: tuple[float, float]) -> dict[str, Any]:
    """The map over this part of the width and over the whole height of the plot."""
    layout = plain["layout"]
    geo = layout["geo"] | {"domain": {"x": list(across), "y": [0, 1]}}
    return {**plain, "layout": {**layout, "geo": geo}}


def _hung(plain: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """All legends below the map, their entries side by side."""
    place = {"orientation": "h", "yref": "container", "y": 0}
    layout = plain["layout"]
    hung = {
        name: layout[name] | place | {"title": {"side": "top", **layout[name]["title"]}}
        for name in names
    }
    return {**plain, "layout": {**layout, **hung}}


def _stacked(
    plain: dict[str, Any], names: list[str], across: tuple[float, float], type: float, room: float
) -> dict[str, Any]:
    """All legends one above the other at the left edge, as high as the middle of the map."""
    pad, inner = across
    stacked = {}
    foot = (room - sum(legends.height_of(plain, name, 0, type) for name in names)) / 2
    for name in reversed(names):
        stacked[name] = plain["layout"][name] | {
            "x": -legends.edge_of(plain, name, pad) / inner, "xanchor": "left",
            "y": foot / room, "yanchor": "bottom",
        }  # fmt: skip
        foot += legends.height_of(plain, name, 0, type)
    return {**plain, "layout": {**plain["layout"], **stacked}}


# --- letters --------------------------------------------------------------------------------------


def _lettered(plain: dict[str, Any], wide: float, type: float) -> dict[str, Any]:
    """The map, `wide` px from edge to edge, without the letters that it has no room for."""
    geo = plain["layout"]["geo"]
    west, east = geo["lonaxis"]["range"]
    unit = wide / (natural_earth.forward(east, 0)[0] - natural_earth.forward(west, 0)[0])
    points = max(LEAST_POINTS, min(1.0, wide / FULL_POINTS))
    taken: list[Box] = []
    data = []
    # What is drawn last lies on top, so it is asked first.
    for trace in reversed(plain["data"]):
        if trace.get("type") == "scattergeo" and "text" in (trace.get("mode") or ""):
            trace = _thinned(trace, unit, type, points, taken)
        data.append(trace)
    return {**plain, "data": data[::-1]}


def _thinned(
    trace: dict[str, Any], unit: float, type: float, points: float, taken: list[Box]
) -> dict[str, Any]:
    """A trace with the letters that stand apart from what is `taken`, which grows by them."""
    sizes = (trace.get("marker") or {}).get("size")
    sizes = [size * points for size in sizes] if sizes else None
    circles = [size * type for size in sizes] if sizes else [0.0] * len(trace["text"])
    letters = list(_letters(trace, type))
    texts = []
    for place, size, circle, text in zip(
        _places(trace, unit), letters, circles, trace["text"], strict=True
    ):
        box = (*place, LETTER[0] * size / 2, LETTER[1] * size / 2)
        fits = (not sizes or circle >= ROUND * size) and not any(_meet(box, one) for one in taken)
        texts.append(text if fits else "")
        if fits:
            taken.append(box)
    taken += [(*place, circle / 2, circle / 2)
              for place, circle in zip(_places(trace, unit), circles, strict=True) if circle]  # fmt: skip
    scaled = {"marker": trace["marker"] | {"size": sizes}} if sizes else {}
    return trace | {"text": texts} | scaled


def _letters(trace: Plain, type: float) -> Iterator[float]:
    """Size in px of each letter."""
    sizes = trace["textfont"]["size"]
    for place in range(len(trace["text"])):
        yield size_of({"size": sizes[place] if isinstance(sizes, list | tuple) else sizes}, type)


def _places(trace: Plain, unit: float) -> list[tuple[float, float]]:
    """Where each point stands, in px."""
    pairs = zip(trace["lon"], trace["lat"], strict=True)
    return [(x * unit, y * unit) for x, y in (natural_earth.forward(*pair) for pair in pairs)]


def _meet(one: Box, other: Box) -> bool:
    return all(abs(one[axis] - other[axis]) < one[axis + 2] + other[axis + 2] for axis in (0, 1))
