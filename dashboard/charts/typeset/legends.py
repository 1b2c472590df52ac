"""Legends of a file: how high they will be, and where they stand between the words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dashboard.charts.marks.letters import LINE, height, in_lines, width
from dashboard.charts.marks.look import CLEAR, GREY
from dashboard.charts.marks.marks import note_at
from dashboard.charts.marks.sheets import SMALLEST_TYPE

NAMES = ("legend", "legend2")
ENTRY_SIZE, TITLE_SIZE = 12, 11  # px
# As Plotly sets a horizontal legend: swatch and gaps of an entry, and what is between two entries.
BESIDE, BETWEEN = 40, 5  # px
LEAST_LINE, BETWEEN_LINES, EDGES = 16, 3, 10  # px
SPARE = 3  # px of a text, for a font that is a little wider
SWATCH_EDGE, TITLE_EDGE = 14, 2  # px from the edge of a legend to its swatches and its title
MOST_HEIGHT = 4000  # px: no legend is cut
AIR = 2  # px between a legend and the plot

Plain = Mapping[str, Any]


def of_edge(plain: Plain, edge: int) -> list[str]:
    """Names of the legends that hang on the upper (1) or the lower (0) edge of the figure."""
    layout = plain["layout"]
    hanging = [name for name in NAMES if (layout.get(name) or {}).get("yref") == "container"]
    return [name for name in hanging if layout[name]["y"] == edge and entries(plain, name)]


def width_of(plain: Plain, name: str, type: float) -> float:
    """Width in px of a legend whose entries stand one above the other."""
    texts = [width(entry, ENTRY_SIZE * type) for entry in entries(plain, name)]
    title = (plain["layout"][name].get("title") or {}).get("text") or ""
    return max(BESIDE + max(texts), width(title, TITLE_SIZE * type)) + EDGES


def height_of(plain: Plain, name: str, room: float, type: float) -> float:
    """Height in px of a legend that may be `room` px wide, its type `type` times that on screen."""
    columns = _columns(plain, name, room, type)[0]
    texts, size = entries(plain, name), max(SMALLEST_TYPE, ENTRY_SIZE * type)
    lines = [
        max(1 + text.count("<br>") for text in texts[start : start + columns])
        for start in range(0, len(texts), columns)
    ]
    rows = sum(max(LEAST_LINE, size * LINE * number) + BETWEEN_LINES for number in lines)
    title = _title(plain, name, room, type)
    head = height(1 + title.count("<br>"), _title_size(type)) + BETWEEN_LINES if title else 0
    return head + rows + EDGES


def _title(plain: Plain, name: str, room: float, type: float) -> str:
    """The title of a legend, in as many lines as it needs."""
    title = (plain["layout"][name].get("title") or {}).get("text") or ""
    return in_lines(title, _title_size(type), room)


def _title_size(type: float) -> float:
    return max(SMALLEST_TYPE, TITLE_SIZE * type)


def _columns(plain: Plain, name: str, room: float, type: float) -> tuple[int, float]:
    """How many entries stand beside each other, and for how many px of text each has room.

    0 px: as much as it needs, all in one line.
    """
    size = max(SMALLEST_TYPE, ENTRY_SIZE * type)
    texts = [width(entry, size) for entry in entries(plain, name)]
    if sum(texts) + len(texts) * (BESIDE + BETWEEN) + SPARE <= room:
        return len(texts), 0
    widest = max(texts) + SPARE
    return max(1, int((room + BETWEEN) / (widest + BESIDE + BETWEEN))), widest


def heights(plain: Plain, edge: int, room: float, type: float) -> float:
    """Height in px of all legends of one edge, and the air between them and the plot."""
    each = [height_of(plain, name, room, type) for name in of_edge(plain, edge)]
    return sum(each) + AIR * len(each)


def placed(
    plain: Plain, edge: int, type: float, across: tuple[float, float], plot: float, y: float
) -> dict[str, Any]:
    """The legends of one edge, downwards from `y` px above the foot of the plot.

    `across`: px of the padding of the sheet and between it; `plot`: of the plot. All places are those of
    the plot: for a legend placed on the whole figure Plotly would move the plot.
    """
    legends, (pad, room) = {}, across
    for name in of_edge(plain, edge):
        own = plain["layout"][name]
        if "title" in own:
            own = own | {"title": own["title"] | {"text": _title(plain, name, room, type)}}
        legends[name] = own | {
            "x": -edge_of(plain, name, pad) / room,
            "xref": "paper",
            "xanchor": "left",
            "y": y / plot,
            "yref": "paper",
            "yanchor": "top",
            "maxheight": MOST_HEIGHT,
            "font": {"size": ENTRY_SIZE},
            "entrywidth": _columns(plain, name, room + pad, type)[1],
            "entrywidthmode": "pixels",
        }
        y -= height_of(plain, name, room + pad, type) + AIR
    return legends


def edge_of(plain: Plain, name: str, pad: float) -> float:
    """Px that a legend stands out to the left, so that what it shows begins where the words do."""
    title = (plain["layout"][name].get("title") or {}).get("text")
    return min(TITLE_EDGE if title else SWATCH_EDGE, pad)


def broken(plain: dict[str, Any], room: float, type: float) -> dict[str, Any]:
    """The figure with entries that are wider than `room` px in more lines than one."""
    size = max(SMALLEST_TYPE, ENTRY_SIZE * type)
    data = [
        trace | {"name": in_lines(trace["name"], size, room - BESIDE)}
        if trace.get("showlegend") and trace.get("name")
        else trace
        for trace in plain["data"]
    ]
    return {**plain, "data": data}


def entries(plain: Plain, name: str) -> list[str]:
    """The texts of a legend."""
    return [
        trace.get("name") or ""
        for trace in plain["data"]
        if trace.get("showlegend") and (trace.get("legend") or "legend") == name
    ]


SWATCH = 1.0  # side of a swatch, in sizes of its type
SWATCH_BESIDE = 0.5  # between a swatch and its words, in sizes of type
SWATCH_BETWEEN = 1.6  # between two entries
HATCHES = 3  # lines of a hatched swatch
HATCH_WIDTH, DOT = 1.6, 2.0  # px
_MARKUP = re.compile(r"<[^>]+>")

Point = tuple[float, float]


def with_drawn_legends(plain: Plain) -> Plain:
    """The laid out figure (as a dict) with its legends drawn."""
    layout = dict(plain["layout"])
    shapes, notes = list(layout.get("shapes", ())), list(layout.get("annotations", ()))
    for name in NAMES:
        if entries(plain, name):
            marks, words = _drawn(plain, name)
            shapes += marks
            notes += words
    data = [trace | {"showlegend": False} for trace in plain["data"]]
    for name in NAMES:
        layout.pop(name, None)
    layout |= {"shapes": shapes, "annotations": notes, "showlegend": False}
    return {"data": data, "layout": layout}


def _drawn(plain: Plain, name: str) -> tuple[list[Plain], list[Plain]]:
    """Swatches as shapes and words as annotations, from the upper left corner of the legend."""
    layout = plain["layout"]
    legend, margin = layout[name], layout["margin"]
    inner = layout["width"] - margin["l"] - margin["r"]
    plot = layout["height"] - margin["t"] - margin["b"]
    size = (legend.get("font") or {}).get("size") or ENTRY_SIZE
    left, top = max(0.0, legend["x"] * inner), legend["y"] * plot
    is_stacked = legend.get("orientation") != "h"
    if legend.get("yanchor") == "bottom":
        top += height_of(plain, name, 0, size / ENTRY_SIZE)
    title = (legend.get("title") or {}).get("text") or ""
    words = []
    if title:
        size_of_title = legend["title"].get("font", {}).get("size") or size
        high = height(1 + title.count("<br>"), size_of_title)
        words.append(note_at(title, left, top - high / 2, size_of_title))
        top -= high + BETWEEN_LINES
    marks: list[Plain] = []
    entries = _entries(plain, name)
    places = _places([_plain(text) for text, _ in entries], size, 0 if is_stacked else inner - left)
    for (text, marker), (x, y) in zip(entries, places, strict=True):
        middle = top - y - size * LINE / 2 - (height(_lines(text), size) - height(1, size)) / 2
        has_swatch = marker["color"] != CLEAR
        if has_swatch:
            marks += _swatch(marker, left + x, middle, size)
        words.append(
            note_at(text, left + x + has_swatch * (SWATCH + SWATCH_BESIDE) * size, middle, size)
        )
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
    wide = [width(text, size) + (SWATCH + SWATCH_BESIDE + SWATCH_BETWEEN) * size for text in texts]
    if sum(wide) - SWATCH_BETWEEN * size <= room:
        return [(sum(wide[:at]), 0.0) for at in range(len(texts))]
    columns = max(1, int((room + SWATCH_BETWEEN * size) / max(wide)))
    rows = [
        height(max(map(_lines, texts[start : start + columns])), size) + BETWEEN_LINES
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
