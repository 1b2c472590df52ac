"""Where the legends of a map stand on a sheet of a fixed height: below it, or at its left and right.

Words of a legend beside the map go on in a second line where that leaves the map more room.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from dashboard.charts.marks.letters import height, in_lines, width
from dashboard.charts.marks.sheets import SMALLEST_TYPE
from dashboard.charts.typeset import legends

BELOW, LEFT, RIGHT = "below", "left", "right"
GAP = 16  # px between a legend and the map
# Of the width that the words of a legend would like: narrower, in more lines.
NARROWER = (1.0, 0.8, 0.66, 0.54, 0.45)

Plain = Mapping[str, Any]


@dataclass(frozen=True)
class Room:
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


def largest_beside(plain: Plain, room: Room, type: float) -> Laid | None:
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


def _arranged(plain: Plain, sides: Mapping[str, str], room: Room, type: float) -> Iterator[Laid]:
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
    plain: dict[str, Any], column: _Column, side: str, room: Room, high: float
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
