"""Legends as marks and words of the figure itself, because Plotly's own do not grow with their type."""

import html
import re
from typing import Any

from dashboard.charts import legends
from dashboard.charts.letters import LINE, height, width
from dashboard.charts.look import CLEAR, GREY

SWATCH = 1.0  # side of a swatch, in sizes of its type
BESIDE = 0.5  # between a swatch and its words, in sizes of type
BETWEEN = 1.6  # between two entries
HATCHES = 3  # lines of a hatched swatch
HATCH_WIDTH = 1.6  # px
_MARKUP = re.compile(r"<[^>]+>")

Plain = dict[str, Any]


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
    words = [_words(title, left, top - size / 2, size)] if title else []
    if title:
        top -= height(1 + title.count("<br>"), size) + legends.BETWEEN_LINES
    marks: list[Plain] = []
    entries = _entries(plain, name)
    places = _places([_MARKUP.sub("", text) for text, _ in entries], size,
                     0 if is_stacked else inner - left)  # fmt: skip
    for (text, marker), (x, y) in zip(entries, places, strict=True):
        middle = top - y - size * LINE / 2
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


def _places(texts: list[str], size: float, room: float) -> list[tuple[float, float]]:
    """Upper left corners in px of entries: in one line, else in columns; one column without room."""
    wide = [width(html.unescape(text), size) + (SWATCH + BESIDE + BETWEEN) * size for text in texts]
    row = height(max(1 + text.count("<br>") for text in texts), size) + legends.BETWEEN_LINES
    if sum(wide) - BETWEEN * size <= room:
        return [(sum(wide[:at]), 0.0) for at in range(len(texts))]
    columns = max(1, int((room + BETWEEN * size) / max(wide)))
    return [(at % columns * max(wide), at // columns * row) for at in range(len(texts))]


def _swatch(marker: Plain, x: float, y: float, size: float) -> list[Plain]:
    """A square with its fill, hatch and outline, its left edge at x and its middle at y."""
    half = SWATCH * size / 2
    pattern, line = marker.get("pattern") or {}, marker.get("line") or {}
    is_dotted = line.get("color") == GREY and line.get("width") == 0.8
    edge = {"color": line.get("color"), "width": 1.2 if is_dotted else line.get("width", 0)}
    if is_dotted:
        edge["dash"] = "1.5px,2.5px"
    at = {"xref": "paper", "yref": "paper", "xsizemode": "pixel", "ysizemode": "pixel",
          "xanchor": 0, "yanchor": 0}  # fmt: skip
    box = {"type": "rect", "x0": x, "x1": x + 2 * half, "y0": y - half, "y1": y + half}
    shapes = [at | box | {"fillcolor": pattern.get("bgcolor") or marker["color"], "line": edge}]
    if pattern:
        shapes.append(at | {"type": "path", "path": _hatch(x, y - half, 2 * half),
                            "line": {"color": pattern["fgcolor"], "width": HATCH_WIDTH}})  # fmt: skip
    return shapes


def _hatch(x: float, y: float, side: float) -> str:
    """Diagonal lines across a square, as a path; y grows upwards."""
    steps = [side * (2 * at + 1) / HATCHES for at in range(HATCHES)]
    lines = []
    for step in steps:
        low, high = max(0.0, step - side), min(side, step)
        lines.append(f"M{x + low:.2f},{y + side - step + low:.2f}"
                     f"L{x + high:.2f},{y + side - step + high:.2f}")  # fmt: skip
    return "".join(lines)


def _words(text: str, x: float, y: float, size: float) -> Plain:
    return {
        "text": text, "showarrow": False, "align": "left", "borderpad": 0, "font": {"size": size},
        "xref": "paper", "x": 0, "xanchor": "left", "xshift": x,
        "yref": "paper", "y": 0, "yanchor": "middle", "yshift": y,
    }  # fmt: skip
