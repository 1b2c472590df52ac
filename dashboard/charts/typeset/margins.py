"""Room for what stands around a plot in a file: names, heads, numbers at the end of bars.

Measured here, because a browser that finds a margin too small moves the plot away from the words.
"""

import itertools
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.marks.letters import height, plain_width, width, wrapped
from dashboard.charts.marks.sheets import SMALLEST_TYPE

AIR = 7  # px between a label and the plot
APART = 6  # px between two labels
STANDOFF = 3  # px, of the air between a label and the plot
LONGEST_HEAD = 110  # px of a head that stands on its end, before it goes on in a second line
_MARKUP = re.compile(r"<[^>]+>")

Plain = Mapping[str, Any]


@dataclass(frozen=True)
class Margins:
    """Room in px on each side of the plot, what of the layout changes with it, and whether the
    labels along the plot stay apart."""

    left: float
    right: float
    top: float
    bottom: float
    axes: Mapping[str, Any]
    are_apart: bool = True


def margins(plain: Plain, type: float, room: float) -> Margins:
    """Room around a plot that is `room` px wide with its margins; type `type` times that on screen."""
    layout = plain["layout"]
    own = {side: (layout.get("margin") or {}).get(side, 0) * type for side in "lrtb"}
    left, right = _left(layout, type, own["l"]), _right(plain, type, own["r"])
    axes, top, bottom = {}, max(own["t"], _corner(layout, type)), own["b"]
    for name in ("yaxis", "yaxis2"):
        if name in layout:
            axes[name] = layout[name] | {"automargin": False}
    are_apart = True
    for name in ("xaxis", "xaxis2", "xaxis3"):
        if name not in layout:
            continue
        axes[name], needed = _across(layout[name], type, room - left - right)
        are_apart &= needed < math.inf
        if layout[name].get("side") == "top":
            top = max(top, needed)
        else:
            bottom = max(bottom, needed)
    return Margins(left, right, top, bottom, axes, are_apart)


def inset(layout: Plain, around: Margins, room: float) -> dict[str, Any]:
    """The layout with the room left and right of the plot inside its axes, out of `room` px.

    Plotly makes legends no wider than what is between its margins, so those stay small.
    """

    def at(part: float) -> float:
        return (around.left + part * (room - around.left - around.right)) / room

    axes = {
        name: axis | {"domain": [at(end) for end in axis.get("domain") or (0, 1)]}
        for name, axis in layout.items()
        if name.startswith("xaxis")
    }
    notes = [
        note | {"x": at(note["x"]), "xshift": max(note.get("xshift") or 0, -around.left)}
        if note.get("xref") == "paper"
        else note
        for note in layout.get("annotations", ())
    ]
    shapes = [
        shape | {"x0": at(shape["x0"]), "x1": at(shape["x1"])}
        if shape.get("xref") == "paper"
        else shape
        for shape in layout.get("shapes", ())
    ]
    return {**layout, **axes, "annotations": notes, "shapes": shapes}


def size_of(font: Plain | None, type: float, usual: float = 12) -> float:
    """Size in px of a font of a chart in a file."""
    return max(SMALLEST_TYPE, ((font or {}).get("size") or usual) * type)


def _left(layout: Plain, type: float, own: float) -> float:
    """Room for the names beside the rows and for the words in the corner over them."""
    axis = layout.get("yaxis") or {}
    if axis.get("visible") is False or not axis.get("ticktext"):
        return own
    size = size_of(axis.get("tickfont"), type)
    needed = [width(text, size) for text in axis["ticktext"]]
    needed += [
        width(note["text"], size_of(note.get("font"), type)) + AIR
        for note in layout.get("annotations", ())
        if note.get("xref") == "paper" and note["x"] == 0 and note.get("xanchor") == "right"
    ]
    return max(needed) + AIR


def _corner(layout: Plain, type: float) -> float:
    """Height of the words that stand on the upper edge of the plot."""
    words = [
        height(1 + note["text"].count("<br>"), size_of(note.get("font"), type)) + AIR
        for note in layout.get("annotations", ())
        if note.get("yref") == "paper" and note["y"] == 1 and note.get("yanchor") == "bottom"
    ]
    return max(words, default=0)


def _right(plain: Plain, type: float, own: float) -> float:
    """Room for the numbers that stand beside the longest bars."""
    needed = [
        width(text, size_of(trace.get("textfont"), type)) + AIR
        for trace in plain["data"]
        if trace.get("textposition") == "outside"
        for text in trace["text"]
    ]
    return max(needed) if needed else own


def _across(axis: Plain, type: float, room: float) -> tuple[dict[str, Any], float]:
    """An axis below or above the plot with labels that do not meet, and their height in px."""
    fixed = dict(axis) | {"automargin": False}
    if axis.get("visible") is False or axis.get("showticklabels") is False:
        return fixed, 0.0
    size = size_of(axis.get("tickfont"), type)
    places, labels = _labels(axis)
    pace = _pace(axis, places, room)
    if axis.get("side") == "top":
        heads, angle, needed = _heads(labels, size, pace)
        look = {"tickmode": "array", "tickvals": places, "ticktext": heads, "tickangle": angle}
        return {k: v for k, v in fixed.items() if k != "labelalias"} | look, needed + AIR
    step = next((step for step in (1, 2, 3, 4) if _part(labels[::step], size, pace * step)), 5)
    look = {"tickvals": places[::step], "ticktext": labels[::step], "ticklabelstandoff": STANDOFF}
    return fixed | look, height(1, size) + AIR


def _labels(axis: Plain) -> tuple[list[Any], list[str]]:
    """Places and texts of the ticks. Those of a category axis stand for its codes."""
    if axis.get("type") == "category":
        codes = list(axis["categoryarray"])
        return codes, [_MARKUP.sub("", axis["labelalias"][code]) for code in codes]
    return list(axis["tickvals"]), list(axis["ticktext"])


def _pace(axis: Plain, places: Sequence[Any], room: float) -> float:
    """Px between two ticks."""
    start, end = axis.get("domain") or (0, 1)
    span = abs(axis["range"][1] - axis["range"][0])
    numbers = range(len(places)) if axis.get("type") == "category" else places
    gaps = [b - a for a, b in zip(numbers, list(numbers)[1:], strict=False)]
    return room * (end - start) / span * min(gaps, default=span)


def _part(labels: Sequence[str], size: float, pace: float) -> bool:
    """Whether labels side by side stay apart."""
    widths = [width(label, size) for label in labels]
    pairs = itertools.pairwise(widths)
    return all((one + other) / 2 + APART <= pace for one, other in pairs)


def _heads(labels: Sequence[str], size: float, pace: float) -> tuple[list[str], int, float]:
    """Heads over columns, their angle and height in px: in a line, in more, or on their end.

    Infinitely high where they would meet all the same.
    """
    flat = [label.replace("<br>", " ") for label in labels]
    if all(width(head, size) <= pace - APART for head in flat):
        return flat, 0, height(1, size)
    lines = [_in_lines(label, size, pace - APART) for label in labels]
    if all(width(head, size) <= pace - APART / 2 for head in lines):
        return lines, 0, max(height(1 + head.count("<br>"), size) for head in lines)
    if pace < size:
        return flat, -90, math.inf
    if pace >= height(2, size):
        flat = [_in_lines(label, size, LONGEST_HEAD) for label in flat]
    return flat, -90, max(width(head, size) for head in flat)


def _in_lines(label: str, size: float, room: float) -> str:
    """A head in lines, no word broken; one that has markup has its lines already."""
    longest = max(plain_width(word, size) for word in label.split() or [""])
    if "<" in label or longest > room or plain_width(label, size) <= room:
        return label
    return "<br>".join(wrapped(label, size, max(room, 1)))
