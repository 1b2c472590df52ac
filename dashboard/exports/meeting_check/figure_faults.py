"""What a laid out slide tells of itself before a browser draws it: colours, words, addresses."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Any

from dashboard.charts.marks.letters import height, width
from dashboard.charts.typeset.slide import Screen, smallest_type
from dashboard.edition.wording import counted, listing
from dashboard.exports.meeting_check.colours import contrast, of_hex
from dashboard.exports.meeting_check.measuring import AIR_OF_A_LINE, PX, Box, page_grounds
from dashboard.exports.meeting_check.slide_faults import (
    FEWER,
    OTHER_VIEW,
    ROUNDING,
    TEXT_CONTRAST,
    Fault,
    Kind,
    Severity,
    small_type,
)
from dashboard.views.toml_text import shortened

Plain = Mapping[str, Any]
# Two fills of a legend are one to the eye when their brightness differs by less than this ratio.
ALIKE = 1.15
_ADDRESS = re.compile(r"(?:https?:)?//\S+|wss?://\S+")
# The parts of a figure that a browser fetches when they are addresses.
_FETCHED = {"source", "style", "geojson", "url", "src", "tiles", "topojsonURL"}
_MARKUP = re.compile(r"<[^>]+>")


def swatch_faults(figure: Plain) -> Iterator[Fault]:
    """Neighbours in a legend that greyscale makes one. `figure`: laid out, as a dict."""
    pairs = [(one, other) for one, other in pairwise(_swatches(figure)) if _are_alike(one, other)]
    if pairs:
        fills = " and ".join(fill for fill, _, _ in pairs[0])
        yield Fault(
            "greyscale",
            Kind.UNREADABLE,
            Severity.LOOK,
            f"Neighbours in the legend are the same in greyscale ({fills}).",
            OTHER_VIEW,
            len(pairs),
        )


def address_faults(asked: Sequence[str]) -> Iterator[Fault]:
    """Requests that would leave this machine; `asked`: the addresses."""
    if asked:
        hosts = list(dict.fromkeys(one.split("//", 1)[-1].split("/")[0] for one in asked))
        yield Fault(
            "network",
            Kind.NETWORK,
            Severity.PROBLEM,
            f"The slide asks {listing(hosts)}, outside this machine.",
            "Show another figure, and tell whoever looks after the dashboard.",
            len(asked),
        )


def outside_addresses(figure: Plain) -> tuple[str, ...]:
    """Addresses in a figure (as a dict) that a browser would fetch from."""
    return tuple(dict.fromkeys(_addresses(figure)))


def undrawn_faults(figure: Plain, screen: Screen) -> Iterator[Fault]:
    """What can be said without a browser.

    Type as it was laid out, words on a fill that the figure names, and words around the chart that
    stand on each other or beyond the edge.
    """
    yield from small_type([(smallest_type(figure), "")], screen)
    pale = sorted(_pale(figure))
    if pale:
        ratio, text = pale[0]
        yield Fault(
            "contrast",
            Kind.UNREADABLE,
            Severity.PROBLEM,
            f"{counted(len(pale), 'label')} with too little contrast: {ratio:.1f} to 1 "
            f"behind “{shortened(text)}”, {TEXT_CONTRAST} needed.",
            OTHER_VIEW,
            TEXT_CONTRAST / ratio,
        )
    boxes = list(_boxes(figure))
    pairs = [(one, other) for (one, a), (other, b) in combinations(boxes, 2) if _overlap(a, b)]
    if pairs:
        yield Fault(
            "overlap",
            Kind.UNREADABLE,
            Severity.PROBLEM,
            f"“{shortened(pairs[0][0])}” stands on “{shortened(pairs[0][1])}”.",
            FEWER,
            len(pairs),
        )
    size = figure["layout"]["width"], figure["layout"]["height"]
    cut = [text for text, box in boxes if _leaves(box, *size)]
    if cut:
        yield Fault(
            "cut",
            Kind.UNREADABLE,
            Severity.PROBLEM,
            f"{counted(len(cut), 'label')} cut off at an edge (“{shortened(cut[0])}”).",
            FEWER,
            len(cut),
        )


# --- colours --------------------------------------------------------------------------------------

_Swatch = tuple[str, str, bool]  # fill, hatch ("" without one), whether its outline is dotted


def _swatches(figure: Plain) -> list[_Swatch]:
    """The squares of drawn legends in their order (charts/drawn_legend.py)."""
    found: list[_Swatch] = []
    for shape in figure["layout"].get("shapes", ()):
        in_px = shape.get("xsizemode") == shape.get("ysizemode") == "pixel"
        line = shape.get("line") or {}
        if in_px and shape["type"] == "rect" and _is_square(shape):
            found.append((shape.get("fillcolor") or "", "", bool(line.get("dash"))))
        elif in_px and shape["type"] == "path" and found:
            found[-1] = (found[-1][0], line.get("color") or "", found[-1][2])
    return found


def _is_square(shape: Plain) -> bool:
    return abs(abs(shape["x1"] - shape["x0"]) - abs(shape["y1"] - shape["y0"])) < 1


def _are_alike(one: _Swatch, other: _Swatch) -> bool:
    """Whether fill, hatch and outline of two swatches are the same without their hue."""
    if bool(one[1]) != bool(other[1]) or one[2] != other[2]:
        return False
    parts = [(of_hex(a), of_hex(b)) for a, b in zip(one[:2], other[:2], strict=True) if a and b]
    return all(a and b and contrast(a, b) < ALIKE for a, b in parts)


def _pale(figure: Plain) -> Iterator[tuple[float, str]]:
    """(contrast, text) of words that stand on a colour that the figure itself names."""
    for ink, fill, text in _worded(figure):
        one, other = of_hex(ink), of_hex(fill)
        ratio = contrast(one, other) if one and other else TEXT_CONTRAST
        if text and ratio < TEXT_CONTRAST - ROUNDING:
            yield ratio, _MARKUP.sub("", text)


def _worded(figure: Plain) -> Iterator[tuple[Any, Any, str]]:
    """(ink, fill, text) of bars with words inside, of notes with a ground, and of axes."""
    for trace in figure["data"]:
        texts = trace.get("text")
        if trace.get("textposition") == "inside" and texts is not None:
            marker = trace.get("marker") or {}
            ink = (trace.get("insidetextfont") or trace.get("textfont") or {}).get("color")
            hatch = (marker.get("pattern") or {}).get("fgcolor")
            for at, text in enumerate(_each(texts)):
                for fill in (marker.get("color"), hatch):
                    yield _at(ink, at), _at(fill, at), text
    layout = figure["layout"]
    for note in layout.get("annotations", ()):
        yield (note.get("font") or {}).get("color"), note.get("bgcolor"), note.get("text") or ""
    for name, axis in layout.items():
        if name.startswith(("xaxis", "yaxis")):
            for ground in page_grounds().values():
                yield (axis.get("tickfont") or {}).get("color"), ground, f"axis {name}"


def _each(values: Any) -> Sequence[Any]:
    return [values] if isinstance(values, str) else list(values)


def _at(values: Any, at: int) -> Any:
    if isinstance(values, str) or values is None:
        return values
    return values[at] if at < len(values) else None


# --- places ---------------------------------------------------------------------------------------


def _boxes(figure: Plain) -> Iterator[tuple[str, Box]]:
    """Words of the frame (legends, foot, progress), whose place is given in px of the slide."""
    layout = figure["layout"]
    margin = layout["margin"]
    inner = layout["width"] - margin["l"] - margin["r"]
    plot = layout["height"] - margin["t"] - margin["b"]
    for note in layout.get("annotations", ()):
        if note.get("xref") != "paper" or note.get("yref") != "paper" or note.get("textangle"):
            continue
        size = (note.get("font") or {}).get("size") or layout["font"]["size"]
        text = note.get("text") or ""
        wide, high = width(text, size), height(1 + text.count("<br>"), size)
        x = margin["l"] + note.get("x", 0) * inner + note.get("xshift", 0)
        y = margin["t"] + (1 - note.get("y", 0)) * plot - note.get("yshift", 0)
        left = x - {"left": 0, "center": wide / 2, "right": wide}.get(note.get("xanchor"), wide / 2)
        top = y - {"top": 0, "middle": high / 2, "bottom": high}.get(note.get("yanchor"), high / 2)
        yield _MARKUP.sub("", text), (left, top, left + wide, top + high)


def _overlap(one: Box, other: Box) -> bool:
    (l1, t1, r1, b1), (l2, t2, r2, b2) = one, other
    air1, air2 = AIR_OF_A_LINE * (b1 - t1), AIR_OF_A_LINE * (b2 - t2)
    return (
        min(r1, r2) - max(l1, l2) > PX
        and min(b1 - air1, b2 - air2) - max(t1 + air1, t2 + air2) > PX
    )


def _leaves(box: Box, wide: float, high: float) -> bool:
    """Whether letters stand beyond the edge of a slide of this size."""
    left, top, right, bottom = box
    air = AIR_OF_A_LINE * (bottom - top) + PX
    return left < -PX or top < -air or right > wide + PX or bottom > high + air


# --- addresses ------------------------------------------------------------------------------------


def _addresses(part: Any, name: str = "") -> Iterator[str]:
    if isinstance(part, Mapping):
        for key, value in part.items():
            yield from _addresses(value, key)
    elif isinstance(part, str):
        if name in _FETCHED and _ADDRESS.fullmatch(part):
            yield part
    elif isinstance(part, list | tuple) and (name in _FETCHED or (part and _may_hold(part[0]))):
        for one in part:
            yield from _addresses(one, name)


def _may_hold(part: Any) -> bool:
    return isinstance(part, Mapping | list | tuple)
