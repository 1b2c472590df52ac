"""Rows of stacked bars, each under a line of words: room for words on any screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.marks.labels import escaped
from dashboard.charts.marks.look import DARK_BLUE, INK, MARK_STYLES, PAPER, Style
from dashboard.charts.marks.marks import (
    HOVER,
    LEGEND_BELOW,
    STAYS_WHEN_PICKED,
    bar_marker,
    dotted_box,
    figure,
    legend_entry,
)
from dashboard.charts.marks.plot_height import needs
from dashboard.edition.wording import counted

ROW_HEIGHT = 46  # px: a line of words and a bar
FILE_ROWS = (46, 32, 66)  # px of a row in a file: usual, least, most
FEW_BARS, MOST_OF_FEW = 3, 96  # so many may be higher, to fill a slide
LEGEND_LINE = 16  # px an entry: on a phone each takes a line, which the rows would have to give up
BAR = (0.02, 0.5)  # of a row, from its foot
WORDS_FOOT = 0.52
LETTER_SIZE = 12  # px; a letter without room is left out
REST = "rest"  # name of the words of a row that nothing picks
# What a plan would add. White, with blue marks of another kind for each thing to do: it is not
# documented, so it must not look like what is.
PLANNED_STYLES: Mapping[str, Style] = {
    f"planned-{action}": Style(PAPER, DARK_BLUE, True, DARK_BLUE, False, INK, "")
    for action in ("engage", "ask", "search", "loosen")
}
_PLANNED_SHAPES = {
    "planned-engage": "x",
    "planned-ask": "/",
    "planned-search": ".",
    "planned-loosen": "-",
}
_STYLES: Mapping[str, Style] = {**MARK_STYLES, **PLANNED_STYLES}


@dataclass(frozen=True)
class Segment:
    """One segment of a bar: how it is drawn (a key of `MARK_STYLES` or `PLANNED_STYLES`), how much
    it is, what it says when pointed at (plain lines), and what a click on it picks.
    """

    key: str
    value: float
    hover: tuple[str, ...] = ()
    pick: tuple[str, ...] = ()


@dataclass(frozen=True)
class WordedBar:
    """One row: the words above it (plain; `strong` before them in bold), and its parts in order.

    `space_above`: of a row, to set it apart.
    """

    strong: str
    words: str
    parts: Sequence[Segment] = field(default_factory=tuple)
    space_above: float = 0.0


def worded_bars(
    bars: Sequence[WordedBar], names: Mapping[str, str], largest: float | None = None, of: str = ""
) -> go.Figure:
    """Bars under their own words, on one scale from 0 to `largest` (else the longest bar).

    `names`: key -> what the legend calls it, in the order of the legend. `of`: what a bar stands
    for, so that a country is found in it (`measures.spotlight.KINDS`).
    """
    heights = [1 + bar.space_above for bar in bars]
    feet = [-sum(heights[: place + 1]) for place in range(len(bars))]
    placed = [
        (foot, start, part)
        for bar, foot in zip(bars, feet, strict=True)
        for start, part in _starts(bar.parts)
    ]
    keys = [key for key in _STYLES if any(part.key == key for _, _, part in placed)]
    data = [_trace(key, [p for p in placed if p[2].key == key], of) for key in keys]
    data += [_entry(key, name) for key, name in names.items()]
    longest = max((sum(part.value for part in bar.parts) for bar in bars), default=0)
    layout = {
        "barmode": "overlay",
        "height": sum(heights) * ROW_HEIGHT + (len(names) + 1) * LEGEND_LINE,
        "meta": _needs(bars, feet),
        "margin": {"l": 2, "r": 2, "t": 14, "b": 4, "pad": 0},
        "xaxis": {
            "range": [0, (largest or longest or 1) * 1.002],
            "visible": False,
            "fixedrange": True,
        },
        "yaxis": {"range": [-sum(heights) or -1, 0.02], "visible": False, "fixedrange": True},
        "uniformtext": {"minsize": LETTER_SIZE, "mode": "hide"},
        "legend": LEGEND_BELOW,
        "shapes": [
            dotted_box(start, start + part.value, foot + BAR[0], foot + BAR[1])
            for foot, start, part in placed
            if _STYLES[part.key].dotted
        ],
        "annotations": [_words(bar, foot) for bar, foot in zip(bars, feet, strict=True)],
    }
    return figure(data, layout)


def _needs(bars: Sequence[WordedBar], feet: Sequence[float]) -> dict[str, Any]:
    """What a file gives the rows; a second column begins before a row set apart, if any is."""
    usual, least, most = FILE_ROWS
    most = MOST_OF_FEW if len(bars) <= FEW_BARS else most
    pairs = list(zip(feet, bars[1:], strict=False))
    apart = [foot for foot, bar in pairs if bar.space_above]
    rows = -feet[-1] if feet else 1
    return needs(
        rows * usual,
        rows * least,
        rows * most,
        folds=apart or [foot for foot, _ in pairs],
        with_line=1.45,
    )


def persons(number: int) -> str:
    """A count with its noun, in figures: it stands on a mark."""
    return counted(number, "person")


def _marker(key: str) -> dict[str, Any]:
    marker = bar_marker(_STYLES[key])
    if key in _PLANNED_SHAPES:
        marker["pattern"] = marker["pattern"] | {"shape": _PLANNED_SHAPES[key], "size": 6}
    return marker


def _entry(key: str, name: str) -> dict[str, Any]:
    entry = legend_entry(escaped(name), _STYLES[key])
    return entry | {"marker": _marker(key)} if key in _PLANNED_SHAPES else entry


def _starts(parts: Sequence[Segment]) -> list[tuple[float, Segment]]:
    """Parts with a value, each with where it begins."""
    placed, done = [], 0.0
    for part in parts:
        if part.value > 0:
            placed.append((done, part))
        done += part.value
    return placed


def _trace(key: str, placed: list[tuple[float, float, Segment]], of: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": "",
        "showlegend": False,
        "x": [part.value for _, _, part in placed],
        "base": [start for _, start, _ in placed],
        "y": [foot + sum(BAR) / 2 for foot, _, _ in placed],
        "width": [BAR[1] - BAR[0]] * len(placed),
        "marker": _marker(key),
        "hovertext": ["<br>".join(map(escaped, part.hover)) for _, _, part in placed],
        "hovertemplate": HOVER,
        "customdata": [list(part.pick) for _, _, part in placed],
        **STAYS_WHEN_PICKED,
        "meta": {"of": of, "mark": key},
    } | _letter(key)


def _letter(key: str) -> dict[str, Any]:
    """The letter of a state on its segments: two of them share their grey and outline."""
    style = _STYLES[key]
    if not style.dotted:
        return {}
    return {
        "text": f"<b>{style.letter}</b>",
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "insidetextfont": {"color": style.text, "size": LETTER_SIZE},
    }


def _words(bar: WordedBar, foot: float) -> dict[str, Any]:
    codes = [part.pick[0] for part in bar.parts if part.pick]
    return {
        "name": codes[0] if codes else REST,
        "text": f"<b>{escaped(bar.strong)}</b>  {escaped(bar.words)}".strip(),
        "showarrow": False,
        "x": 0,
        "xref": "x",
        "xanchor": "left",
        "y": foot + WORDS_FOOT,
        "yref": "y",
        "yanchor": "bottom",
        "font": {"size": 12},
        "borderpad": 1,
        "align": "left",
    }
