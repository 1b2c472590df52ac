"""Fits a map of the world onto a sheet: as large as can be, legends below or beside it.

On paper nobody can look closer, so a letter only stands where it is apart from all others.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from dashboard.charts.marks import natural_earth
from dashboard.charts.marks.sheets import CHART_TYPE, DoesNotFit, Sheet
from dashboard.charts.typeset import legends
from dashboard.charts.typeset.fit import LEAST_TYPE, Fit
from dashboard.charts.typeset.map_legends import Laid, Room, hung_below, largest_beside
from dashboard.charts.typeset.margins import Margins, size_of

LARGEST_TYPE = 1.2  # against that on screen: the map needs the room more than the legend does
STEPS = 3  # sizes of type below the largest that are tried where a sheet has a height
AS_LARGE = 0.93  # of the largest map: about as large
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
    across, ratio = sheet.width - 2 * sheet.pad, _ratio(plain["layout"]["geo"])
    if sheet.height is None:
        type = _types(sheet)[0]
        laid = hung_below(plain)
        under = legends.heights(laid, 0, across + sheet.pad, type)
        best = Laid(laid, across, across / ratio, under, (0, 1))
    else:
        room = Room(across, sheet.height - above - below, sheet.pad, ratio)
        best, type = _largest(plain, room, _types(sheet))
    if best is None or best.map < LEAST_WIDTH:
        raise DoesNotFit(
            f"The words leave no room for the map on “{sheet.label}”: choose a page width, "
            "which is as high as the figure needs."
        )
    laid = _lettered(_over(best.plain, best.domain), best.map, type)
    return Fit(laid, type, best.height, _NO_MARGINS, 0, best.under, 1, True)


def _types(sheet: Sheet) -> list[float]:
    """Sizes of type for the legends, the largest first; none below that of the words at the foot."""
    largest = max(LEAST_TYPE, min(sheet.chart, LARGEST_TYPE))
    least = max(LEAST_TYPE, min(sheet.foot / CHART_TYPE, largest))
    return [largest - step / STEPS * (largest - least) for step in range(STEPS + 1)]


def _largest(plain: Plain, room: Room, types: list[float]) -> tuple[Laid | None, float]:
    """The largest map, and the largest type with which it is about as large."""
    tried = [(largest_beside(plain, room, type), type) for type in types]
    widest = max((laid.map for laid, _ in tried if laid), default=0)
    for laid, type in tried:
        if laid and laid.map >= AS_LARGE * widest:
            return laid, type
    return None, types[0]


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
    taken += [
        (*place, circle / 2, circle / 2)
        for place, circle in zip(_places(trace, unit), circles, strict=True)
        if circle
    ]
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
