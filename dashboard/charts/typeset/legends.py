"""Legends of a file: how high they will be, and where they stand between the words."""

from collections.abc import Mapping
from typing import Any

from dashboard.charts.marks.letters import LINE, height, in_lines, width
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
