"""Fits a map of the world onto a sheet: as large as can be, legends below or beside it.

On paper nobody can look closer, so a letter only stands where it is apart from all others.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from dashboard.charts.marks import projections
from dashboard.charts.marks.letters import height, in_lines, width
from dashboard.charts.marks.sheets import CHART_TYPE, SMALLEST_TYPE, DoesNotFit, Paper
from dashboard.charts.typeset import legends
from dashboard.charts.typeset.fit import LEAST_TYPE, Fit
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


NARROWER = (1.0, 0.8, 0.66, 0.54, 0.45)


GAP = 16  # px between a legend and the map


BELOW, LEFT, RIGHT = "below", "left", "right"


@dataclass(frozen=True)
class LegendSpace:
    """Px of the room for a map and its legends, of the padding beside it, and width by height of
    the map."""

    across: float
    height: float
    pad: float
    ratio: float


@dataclass(frozen=True)
class Laid:
    """A figure (as a dict) with its legends in place; px of the width of the map, of the height of
    its plot and of the legends below it, and the part of the width that the map may fill."""

    plain: dict[str, Any]
    map: float
    height: float
    under: float
    domain: tuple[float, float]


@dataclass(frozen=True)
class _Column:
    """Legends one above the other, their words in lines: px of the column and of each legend."""

    plain: dict[str, Any]
    names: tuple[str, ...]
    width: float
    heights: tuple[float, ...]


def map_fitted(plain: dict[str, Any], sheet: Paper, above: float, below: float) -> Fit:
    """The map in what the words leave of a sheet. Raises DoesNotFit."""
    across, ratio = sheet.width - 2 * sheet.pad, _ratio(plain["layout"]["geo"])
    if sheet.height is None:
        type = _types(sheet)[0]
        laid = hung_below(plain)
        under = legends.heights(laid, 0, across + sheet.pad, type)
        best = Laid(laid, across, across / ratio, under, (0, 1))
    else:
        room = LegendSpace(across, sheet.height - above - below, sheet.pad, ratio)
        best, type = _largest(plain, room, _types(sheet))
    if best is None or best.map < LEAST_WIDTH:
        raise DoesNotFit(
            f"The words leave no room for the map on “{sheet.label}”: choose a page width, "
            "which is as high as the figure needs."
        )
    laid = _lettered(_over(best.plain, best.domain), best.map, type)
    return Fit(laid, type, best.height, _NO_MARGINS, 0, best.under, 1, True)


def _types(sheet: Paper) -> list[float]:
    """Sizes of type for the legends, the largest first; none below that of the words at the foot."""
    largest = max(LEAST_TYPE, min(sheet.chart, LARGEST_TYPE))
    least = max(LEAST_TYPE, min(sheet.foot / CHART_TYPE, largest))
    return [largest - step / STEPS * (largest - least) for step in range(STEPS + 1)]


def _largest(plain: Plain, room: LegendSpace, types: list[float]) -> tuple[Laid | None, float]:
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
    across = projections.to_natural_earth(east, 0)[0] - projections.to_natural_earth(west, 0)[0]
    return across / (
        projections.to_natural_earth(0, north)[1] - projections.to_natural_earth(0, south)[1]
    )


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
    unit = wide / (
        projections.to_natural_earth(east, 0)[0] - projections.to_natural_earth(west, 0)[0]
    )
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
    return [
        (x * unit, y * unit) for x, y in (projections.to_natural_earth(*pair) for pair in pairs)
    ]


def _meet(one: Box, other: Box) -> bool:
    return all(abs(one[axis] - other[axis]) < one[axis + 2] + other[axis + 2] for axis in (0, 1))


# Of the width that the words of a legend would like: narrower, in more lines.


def largest_beside(plain: Plain, room: LegendSpace, type: float) -> Laid | None:
    """The arrangement of legends that leaves the map most room; None when none leaves any."""
    names = [name for name in legends.NAMES if legends.entries(plain, name)]
    tried = (
        laid
        for sides in product((BELOW, LEFT, RIGHT), repeat=len(names))
        if RIGHT not in sides[:1]  # the same as at the left
        for laid in _arranged(plain, dict(zip(names, sides, strict=True)), room, type)
    )
    return max(tried, key=lambda laid: laid.map, default=None)


def hung_below(plain: Plain, names: Sequence[str] = legends.NAMES) -> dict[str, Any]:
    """These legends below the map, their entries side by side."""
    place = {"orientation": "h", "yref": "container", "y": 0}
    layout = plain["layout"]
    hung = {
        name: layout[name] | place | {"title": {"side": "top", **layout[name]["title"]}}
        for name in names
        if legends.entries(plain, name)
    }
    return {**plain, "layout": {**layout, **hung}}


def _arranged(
    plain: Plain, sides: Mapping[str, str], room: LegendSpace, type: float
) -> Iterator[Laid]:
    """One way to set the legends, with columns from wide to narrow as long as that helps the map."""
    at = {
        side: tuple(name for name in sides if sides[name] == side) for side in (BELOW, LEFT, RIGHT)
    }
    hung = hung_below(plain, at[BELOW])
    under = legends.heights(hung, 0, room.across + room.pad, type)
    high = room.height - under
    for part in NARROWER if at[LEFT] else NARROWER[:1]:
        columns = [_column(hung, at[side], type, part) for side in (LEFT, RIGHT)]
        if high <= 0 or any(sum(one.heights) > high for one in columns):
            return
        left, right = (one.width + GAP if one.names else 0 for one in columns)
        free = room.across - left - right
        laid = hung
        for one, side in zip(columns, (LEFT, RIGHT), strict=True):
            laid = _set(laid, one, side, room, high)
        domain = (left / room.across, 1 - right / room.across)
        yield Laid(laid, min(free, high * room.ratio), high, under, domain)
        if free >= high * room.ratio:
            return


def _column(plain: Plain, names: tuple[str, ...], type: float, part: float) -> _Column:
    """Legends in a column, with `part` of the width that their words would like."""
    size = max(SMALLEST_TYPE, legends.ENTRY_SIZE * type)
    head = max(SMALLEST_TYPE, legends.TITLE_SIZE * type)
    words = [width(text, size) for name in names for text in legends.entries(plain, name)]
    room = part * max(words, default=0)
    data = [
        trace | {"name": in_lines(trace["name"], size, room)}
        if trace.get("showlegend") and (trace.get("legend") or "legend") in names
        else trace
        for trace in plain["data"]
    ]
    layout, heights = dict(plain["layout"]), []
    for name in names:
        title = layout[name].get("title") or {}
        text = in_lines(title.get("text") or "", head, room + legends.BESIDE)
        bare = {"data": data, "layout": {name: layout[name] | {"title": {}}}}
        lines = height(1 + text.count("<br>"), head) + legends.BETWEEN_LINES if text else 0
        heights.append(lines + legends.height_of(bare, name, 0, type))
        layout[name] = layout[name] | {"title": title | {"text": text}}
    made = {**plain, "data": data, "layout": layout}
    wide = max((legends.width_of(made, name, type) for name in names), default=0)
    return _Column(made, names, wide, tuple(heights))


def _set(
    plain: dict[str, Any], column: _Column, side: str, room: LegendSpace, high: float
) -> dict[str, Any]:
    """The figure with a column of legends at one edge, as high as the middle of the map."""
    if not column.names:
        return plain
    layout, top = dict(plain["layout"]), (high + sum(column.heights)) / 2
    start = 0.0 if side == LEFT else room.across - column.width
    for name, needed in zip(column.names, column.heights, strict=True):
        x = start - legends.edge_of(column.plain, name, room.pad)
        layout[name] = column.plain["layout"][name] | {
            "x": x / room.across,
            "xanchor": "left",
            "y": top / high,
            "yanchor": "top",
        }
        top -= needed
    data = [
        worded if (worded.get("legend") or "legend") in column.names else trace
        for trace, worded in zip(plain["data"], column.plain["data"], strict=True)
    ]
    return {**plain, "data": data, "layout": layout}
