"""Where marks and words of a laid out figure stand, in px from the lower left corner of the plot.

Only for figures whose margins are settled (`finish.finish`, `slide.on_slide`): everything is computed
from the figure itself, before a browser draws it.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from dashboard.charts.marks import projections
from dashboard.charts.marks.letters import height, width

Plain = Mapping[str, Any]
BAR = 0.8  # of a row: what Plotly makes of a bar without a width
# Where an anchor begins, as a part of the size of the words.
_ANCHORS = {"left": 0.0, "center": 0.5, "right": 1.0, "bottom": 0.0, "middle": 0.5, "top": 1.0}


@dataclass(frozen=True)
class Box:
    """A rectangle in px."""

    left: float
    foot: float
    right: float
    top: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle, across and up."""
        return (self.left + self.right) / 2, (self.foot + self.top) / 2

    def grown(self, across: float, up: float | None = None) -> "Box":
        """The same with so many px more on every side."""
        up = across if up is None else up
        return Box(self.left - across, self.foot - up, self.right + across, self.top + up)

    def at_least(self, side: float) -> "Box":
        """The same, grown about its middle where a side is shorter than this."""
        across = max(0.0, side - (self.right - self.left)) / 2
        return self.grown(across, max(0.0, side - (self.top - self.foot)) / 2)

    def joined(self, other: "Box") -> "Box":
        """The smallest box round both."""
        return Box(
            min(self.left, other.left),
            min(self.foot, other.foot),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def meets(self, other: "Box") -> bool:
        """Whether the two share a place."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.foot < other.top
            and other.foot < self.top
        )

    def within(self, other: "Box") -> bool:
        """Whether no part of it is outside another."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.foot >= other.foot
            and self.top <= other.top
        )

    def between(self, low: float, high: float) -> "Box":
        """The same, cut off left and right of two places."""
        return replace(self, left=max(self.left, low), right=min(self.right, high))


@dataclass(frozen=True, eq=False)
class Drawn:
    """A laid out figure (as a dict), to be measured."""

    plain: Plain

    @property
    def layout(self) -> Plain:
        """The layout of the figure."""
        return self.plain["layout"]

    @cached_property
    def plot(self) -> Box:
        """Everything between the margins."""
        margin = self.layout["margin"]
        return Box(
            0.0,
            0.0,
            self.layout["width"] - margin["l"] - margin["r"],
            self.layout["height"] - margin["t"] - margin["b"],
        )

    @property
    def page(self) -> Box:
        """The whole figure."""
        margin, plot = self.layout["margin"], self.plot
        return Box(-margin["l"], -margin["b"], plot.right + margin["r"], plot.top + margin["t"])

    def px(self, axis: str, value: float) -> float:
        """Where a value stands on an axis, for example "y2"."""
        found = self.layout[f"{axis[0]}axis{axis[1:]}"]
        start, end = self.ends(axis)
        low, high = found["range"]
        return start + (value - low) / (high - low) * (end - start)

    def ends(self, axis: str) -> tuple[float, float]:
        """Where an axis begins and ends."""
        start, end = self.layout[f"{axis[0]}axis{axis[1:]}"].get("domain") or (0, 1)
        whole = self.plot.right if axis[0] == "x" else self.plot.top
        return start * whole, end * whole

    def bars(self, trace: Plain) -> list[Box | None]:
        """A box for every bar of a trace; None for one without a place."""
        lies = trace.get("orientation") == "h"
        x, y = trace.get("xaxis") or "x", trace.get("yaxis") or "y"
        along, across = (x, y) if lies else (y, x)
        lengths, places = trace[along[0]], trace[across[0]]
        boxes: list[Box | None] = []
        for at, (length, place) in enumerate(zip(lengths, places, strict=True)):
            if length is None or place is None:
                boxes.append(None)
                continue
            start, half = _one(trace.get("base"), at, 0), _one(trace.get("width"), at, BAR) / 2
            a = sorted((self.px(along, start), self.px(along, start + length)))
            b = sorted((self.px(across, place - half), self.px(across, place + half)))
            boxes.append(Box(a[0], b[0], a[1], b[1]) if lies else Box(b[0], a[0], b[1], a[1]))
        return boxes

    def words(self, note: Plain) -> Box:
        """The box of an annotation."""
        size = (note.get("font") or {}).get("size") or self.layout["font"]["size"]
        wide, high = width(note["text"], size), height(1 + note["text"].count("<br>"), size)
        if abs(note.get("textangle") or 0) == 90:
            wide, high = high, wide
        x = self._at(note, "x") + (note.get("xshift") or 0)
        y = self._at(note, "y") + (note.get("yshift") or 0)
        x -= _ANCHORS[note.get("xanchor") or "center"] * wide
        y -= _ANCHORS[note.get("yanchor") or "middle"] * high
        return Box(x, y, x + wide, y + high).grown(note.get("borderpad") or 0)

    def names(self, axis: str) -> list[Box]:
        """The box of each name at a y axis."""
        found = self.layout[f"{axis[0]}axis{axis[1:]}"]
        size = self.type_of(axis)
        right = self.ends(found.get("anchor") or f"x{axis[1:]}")[0]
        boxes = []
        for place, text in zip(found["tickvals"], found["ticktext"], strict=True):
            y, wide, high = self.px(axis, place), width(text, size), height(1, size)
            boxes.append(Box(right - wide, y - high / 2, right, y + high / 2))
        return boxes

    def type_of(self, axis: str) -> float:
        """Px of the type of the names at an axis."""
        font = self.layout[f"{axis[0]}axis{axis[1:]}"].get("tickfont") or {}
        return font.get("size") or self.layout["font"]["size"]

    def shape(self, shape: Plain) -> Box | None:
        """The box of a shape; None of a path."""
        if shape.get("type") == "path":
            return None
        ends = [self._at(shape, axis, f"{axis}{end}") for end in "01" for axis in "xy"]
        return Box(
            min(ends[0], ends[2]),
            min(ends[1], ends[3]),
            max(ends[0], ends[2]),
            max(ends[1], ends[3]),
        )

    def on_map(self, longitude: float, latitude: float) -> tuple[float, float] | None:
        """Where a place stands on the map; None where the map does not show it."""
        geo = self.layout["geo"]
        (west, east), (south, north) = geo["lonaxis"]["range"], geo["lataxis"]["range"]
        if not (south <= latitude <= north and west <= longitude <= east):
            return None
        x, y = projections.to_natural_earth(longitude, latitude)
        middle = projections.to_natural_earth((west + east) / 2, (south + north) / 2)
        (across, up), px = self.map.middle, self.degree
        return across + (x - middle[0]) * px, up + (y - middle[1]) * px

    @cached_property
    def degree(self) -> float:
        """Px of a degree of the map. Plotly makes the map as large as its room allows.

        It takes four great circles for the upper edge and four for the lower one, which reach
        nearer to the poles than the edges do, and leaves room for them.
        """
        geo, room = self.layout["geo"], self.map
        (west, east), (south, north) = geo["lonaxis"]["range"], geo["lataxis"]["range"]
        bulge = math.cos(math.radians(east - west) / 8)
        foot, top = (
            math.degrees(math.atan(math.tan(math.radians(one)) / bulge)) for one in (south, north)
        )
        wide = projections.to_natural_earth(east, 0)[0] - projections.to_natural_earth(west, 0)[0]
        high = projections.to_natural_earth(0, top)[1] - projections.to_natural_earth(0, foot)[1]
        return min((room.right - room.left) / wide, (room.top - room.foot) / high)

    @cached_property
    def map(self) -> Box:
        """The room of the map."""
        domain, plot = self.layout["geo"]["domain"], self.plot
        (left, right), (foot, top) = domain["x"], domain["y"]
        return Box(left * plot.right, foot * plot.top, right * plot.right, top * plot.top)

    def _at(self, part: Plain, axis: str, end: str = "") -> float:
        """Where a shape or an annotation has its x or y."""
        ref, value = part.get(f"{axis}ref") or axis, part[end or axis]
        whole = self.plot.right if axis == "x" else self.plot.top
        if part.get(f"{axis}sizemode") == "pixel":
            anchor = part.get(f"{axis}anchor") or 0
            return (anchor * whole if ref == "paper" else self.px(ref, anchor)) + value
        return value * whole if ref == "paper" else self.px(ref, value)


def _one(values: Any, at: int, usual: float) -> float:
    if values is None:
        return usual
    return values[at] if isinstance(values, Sequence) else values


def taken(sheet: Drawn) -> Iterator[Box]:
    """Every place that words stand on: title, annotations, names and heads at the axes."""
    yield _title(sheet)
    yield from (sheet.words(note) for note in sheet.layout.get("annotations", ()))
    for name, axis in sheet.layout.items():
        if name.startswith(("xaxis", "yaxis")) and axis.get("ticktext") and _is_shown(axis):
            short = name.replace("axis", "")
            yield from sheet.names(short) if short[0] == "y" else _heads(sheet, short)


def drawn(sheet: Drawn) -> Iterator[Box]:
    """Every bar, and every shape but guides below the marks and what Plotly draws along a path."""
    for trace in sheet.plain["data"]:
        if trace["type"] == "bar" and trace.get("x") is not None:
            yield from filter(None, sheet.bars(trace))
    for shape in sheet.layout.get("shapes", ()):
        box = sheet.shape(shape)
        if box and shape.get("layer") != "below":
            yield box


def _is_shown(axis: Plain) -> bool:
    return axis.get("visible") is not False and axis.get("showticklabels") is not False


def _title(sheet: Drawn) -> Box:
    """Title and subtitle with the air around them, over the whole width."""
    title, page = sheet.layout["title"], sheet.page
    high = 0.0
    for part in (title, title.get("subtitle") or {}):
        if part.get("text"):
            high += height(1 + part["text"].count("<br>"), part["font"]["size"])
    return replace(page, foot=page.top - high - title["font"]["size"])


def _heads(sheet: Drawn, axis: str) -> Iterator[Box]:
    """The labels of an x axis, above or below the plot."""
    found, size = sheet.layout[f"xaxis{axis[1:]}"], sheet.type_of(axis)
    is_above = found.get("side") == "top"
    for place, text in zip(found["tickvals"], found["ticktext"], strict=True):
        wide, high = width(text, size), height(1 + text.count("<br>"), size)
        if found.get("tickangle") == -90:
            wide, high = high, wide
        x = sheet.px(axis, place) if isinstance(place, int | float) else 0.0
        foot = sheet.plot.top if is_above else -high - size / 2
        yield Box(x - wide / 2, foot, x + wide / 2, foot + high + size / 2)
