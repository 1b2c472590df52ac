"""Legends as marks and words of the figure itself, because Plotly's own do not grow with their type."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from dashboard.charts.marks.letters import LINE, height, width
from dashboard.charts.marks.look import CLEAR, GREY
from dashboard.charts.typeset import legends

SWATCH = 1.0  # side of a swatch, in sizes of its type
BESIDE = 0.5  # between a swatch and its words, in sizes of type
BETWEEN = 1.6  # between two entries
HATCHES = 3  # lines of a hatched swatch
HATCH_WIDTH, DOT = 1.6, 2.0  # px
_MARKUP = re.compile(r"<[^>]+>")

Plain = dict[str, Any]
Point = tuple[float, float]


def with_drawn_legends(plain: Plain) -> Plain:
    """The laid out figure (as a dict) with its legends drawn."""
    layout = dict(plain["layout"])
    shapes, notes = list(layout.get("shapes", ())), list(layout.get("annotations", ()))
    for name in legends.NAMES:
        if legends.entries(plain, name):
            marks, words = _drawn(plain, name)
            shapes += marks
            notes += words
    data = [trace | {"showlegend": False} for trace in plain["data"]]
    for name in legends.NAMES:
        layout.pop(name, None)
    layout |= {"shapes": shapes, "annotations": notes, "showlegend": False}
    return {"data": data, "layout": layout}


def _drawn(plain: Plain, name: str) -> tuple[list[Plain], list[Plain]]:
    """Swatches as shapes and words as annotations, from the upper left corner of the legend."""
    layout = plain["layout"]
    legend, margin = layout[name], layout["margin"]
    inner = layout["width"] - margin["l"] - margin["r"]
    plot = layout["height"] - margin["t"] - margin["b"]
    size = (legend.get("font") or {}).get("size") or legends.ENTRY_SIZE
    left, top = max(0.0, legend["x"] * inner), legend["y"] * plot
    is_stacked = legend.get("orientation") != "h"
    if legend.get("yanchor") == "bottom":
        top += legends.height_of(plain, name, 0, size / legends.ENTRY_SIZE)
    title = (legend.get("title") or {}).get("text") or ""
    words = []
    if title:
        size_of_title = legend["title"].get("font", {}).get("size") or size
        high = height(1 + title.count("<br>"), size_of_title)
        words.append(_words(title, left, top - high / 2, size_of_title))
        top -= high + legends.BETWEEN_LINES
    marks: list[Plain] = []
    entries = _entries(plain, name)
    places = _places([_plain(text) for text, _ in entries], size, 0 if is_stacked else inner - left)
    for (text, marker), (x, y) in zip(entries, places, strict=True):
        middle = top - y - size * LINE / 2 - (height(_lines(text), size) - height(1, size)) / 2
        has_swatch = marker["color"] != CLEAR
        if has_swatch:
            marks += _swatch(marker, left + x, middle, size)
        words.append(_words(text, left + x + has_swatch * (SWATCH + BESIDE) * size, middle, size))
    return marks, words


def _entries(plain: Plain, name: str) -> list[tuple[str, Plain]]:
    return [
        (trace["name"], trace["marker"])
        for trace in plain["data"]
        if trace.get("showlegend") and (trace.get("legend") or "legend") == name
    ]


def _plain(text: str) -> str:
    """A text without markup, its lines kept."""
    return _MARKUP.sub(lambda found: found[0] if found[0] == "<br>" else "", text)


def _lines(text: str) -> int:
    return 1 + text.count("<br>")


def _places(texts: list[str], size: float, room: float) -> list[tuple[float, float]]:
    """Upper left corners in px of entries: in one line, else in columns; one column without room."""
    wide = [width(text, size) + (SWATCH + BESIDE + BETWEEN) * size for text in texts]
    if sum(wide) - BETWEEN * size <= room:
        return [(sum(wide[:at]), 0.0) for at in range(len(texts))]
    columns = max(1, int((room + BETWEEN * size) / max(wide)))
    rows = [
        height(max(map(_lines, texts[start : start + columns])), size) + legends.BETWEEN_LINES
        for start in range(0, len(texts), columns)
    ]
    return [(at % columns * max(wide), sum(rows[: at // columns])) for at in range(len(texts))]


def _swatch(marker: Plain, x: float, y: float, size: float) -> list[Plain]:
    """A square with its fill, hatch and outline, its left edge at x and its middle at y."""
    half = SWATCH * size / 2
    pattern, line = marker.get("pattern") or {}, marker.get("line") or {}
    is_dotted = line.get("color") == GREY and line.get("width") == 0.8
    edge = {"color": line.get("color"), "width": 1.2 if is_dotted else line.get("width", 0)}
    if is_dotted:
        edge["dash"] = "1.5px,2.5px"
    at = {
        "xref": "paper",
        "yref": "paper",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": 0,
        "yanchor": 0,
    }
    box = {"type": "rect", "x0": x, "x1": x + 2 * half, "y0": y - half, "y1": y + half}
    shapes = [at | box | {"fillcolor": pattern.get("bgcolor") or marker["color"], "line": edge}]
    if pattern:
        draw = _DRAWN.get(pattern.get("shape"), _hatch)
        width = DOT if pattern.get("shape") == "." else HATCH_WIDTH
        shapes.append(
            at
            | {
                "type": "path",
                "path": draw(x, y - half, 2 * half),
                "line": {"color": pattern["fgcolor"], "width": width},
            }
        )
    return shapes


def _hatch(x: float, y: float, side: float) -> str:
    """Diagonal lines across a square, as a path; y grows upwards."""
    return _path(
        x,
        y,
        (
            ((low, side - step + low), (high, side - step + high))
            for step, low, high in _diagonals(side)
        ),
    )


def _crossed(x: float, y: float, side: float) -> str:
    """Diagonal lines both ways."""
    back = (
        ((side - low, side - step + low), (side - high, side - step + high))
        for step, low, high in _diagonals(side)
    )
    return _hatch(x, y, side) + _path(x, y, back)


def _upright(x: float, y: float, side: float) -> str:
    return _path(x, y, (((at, 0), (at, side)) for at in _thirds(side)))


def _level(x: float, y: float, side: float) -> str:
    return _path(x, y, (((0, at), (side, at)) for at in _thirds(side)))


def _dots(x: float, y: float, side: float) -> str:
    """Dots in rows, as lines as long as they are wide."""
    return _path(
        x,
        y,
        (
            ((across - DOT / 2, up), (across + DOT / 2, up))
            for across in _thirds(side)
            for up in _thirds(side)
        ),
    )


_DRAWN = {"x": _crossed, "|": _upright, "-": _level, ".": _dots}


def _diagonals(side: float) -> Iterator[tuple[float, float, float]]:
    """Where each diagonal of a square stands, and its ends."""
    for place in range(HATCHES):
        step = side * (2 * place + 1) / HATCHES
        yield step, max(0.0, step - side), min(side, step)


def _thirds(side: float) -> list[float]:
    return [side * (2 * place + 1) / (2 * HATCHES) for place in range(HATCHES)]


def _path(x: float, y: float, lines: Iterable[tuple[Point, Point]]) -> str:
    return "".join(
        f"M{x + start[0]:.2f},{y + start[1]:.2f}L{x + end[0]:.2f},{y + end[1]:.2f}"
        for start, end in lines
    )


def _words(text: str, x: float, y: float, size: float) -> Plain:
    return {
        "text": text,
        "showarrow": False,
        "align": "left",
        "borderpad": 0,
        "font": {"size": size},
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "xshift": x,
        "yref": "paper",
        "y": 0,
        "yanchor": "middle",
        "yshift": y,
    }
