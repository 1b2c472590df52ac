"""A figure as a slide on a shared screen: large type, few words, and a mark of how far one is.

It is laid out as for print, on a small sheet whose smallest type is 8 points, and then magnified to
the screen: 8 points become 18 at 1920 × 1080 (24 px), and as much of any other screen.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.marks.letters import plain_width
from dashboard.charts.marks.look import CLEAR
from dashboard.charts.marks.sheets import PIXELS_PER_INCH, SMALLEST_TYPE, DoesNotFit, Paper
from dashboard.charts.typeset.finish import Words, finish
from dashboard.charts.typeset.ink import in_page_ink, without_ink
from dashboard.charts.typeset.legends import with_drawn_legends
from dashboard.charts.typeset.scaled import at_size, without_hairlines

POINT = PIXELS_PER_INCH / 72
LEAST_TYPE = 18 * POINT  # px at 1920 x 1080
WIDE, HIGH = 1920, 1080
# Where a chart does not fit, its type may be this much smaller; the check before a meeting says so.
SMALLER = (1.0, 0.85, 0.7, 0.55)
TITLE, SUBTITLE, FOOT, CHART = 20.0, 11.5, SMALLEST_TYPE, 1.35
PAD = 4.0  # px of the sheet around everything
PROGRESS, RISE = 5.0, 3.0  # px of the bar before it is magnified, and of the air below it
QUIET = 0.35  # opacity of what lies ahead


@dataclass(frozen=True)
class Screen:
    """A window and the room in it that a slide may fill, in px."""

    width: float
    height: float
    room_width: float
    room_height: float

    @property
    def times(self) -> float:
        """Px of this screen to one px of the sheet that a slide is laid out on."""
        return min(self.width / WIDE, self.height / HIGH) * LEAST_TYPE / SMALLEST_TYPE


@dataclass(frozen=True)
class Progress:
    """Where a slide stands: `at` of `of`, from 1."""

    at: int
    of: int


def on_slide(
    chart: go.Figure,
    words: Words,
    screen: Screen,
    *,
    disclaimer: bool = False,
    progress: Progress | None = None,
) -> go.Figure:
    """A copy of an unfinished chart as a slide that fills the room of a screen.

    Of the words it has title, subtitle, source, and the first sentence of the statement; the others
    stay behind the slide. Raises DoesNotFit.
    """
    words = replace(words, note="", origin="", statement=first_sentence(words.statement))
    laid, times = _laid_out(chart, words, screen, disclaimer)
    plain = without_ink(without_hairlines(with_drawn_legends(laid.to_dict())))
    if progress:
        plain["layout"] = _with_progress(plain["layout"], progress)
    plain = at_size(in_page_ink(plain), times)
    plain["layout"] |= {"paper_bgcolor": CLEAR, "plot_bgcolor": CLEAR, "dragmode": False}
    return go.Figure(plain, _validate=False)


def first_sentence(text: str) -> str:
    """A text up to its first full stop or semicolon that ends a statement about what it is not."""
    head, stop, _ = text.partition(". ")
    return f"{head}." if stop else text


def smallest_type(figure: go.Figure | dict[str, Any]) -> float:
    """Px of the smallest type that a slide was laid out with."""
    plain = figure if isinstance(figure, dict) else figure.to_dict()
    return plain["layout"]["meta"]["smallest_type"]


def _laid_out(
    chart: go.Figure, words: Words, screen: Screen, disclaimer: bool
) -> tuple[go.Figure, float]:
    """The figure on a sheet, and how much it is magnified; the largest type with which it fits."""
    tried = _sheets(screen)
    for sheet, times in tried:
        try:
            laid = finish(chart, words, disclaimer=disclaimer, sheet=sheet)
        except DoesNotFit as problem:
            reason = problem
            continue
        laid.layout.meta = laid.layout.meta | {"smallest_type": SMALLEST_TYPE * times}
        return laid, times
    raise reason


def _sheets(screen: Screen) -> Iterator[tuple[Paper, float]]:
    for smaller in SMALLER:
        times = screen.times * smaller
        width, height = screen.room_width / times, screen.room_height / times
        yield (
            Paper(
                "the screen",
                width,
                height - 2 * PROGRESS - RISE,
                PIXELS_PER_INCH,
                TITLE,
                SUBTITLE,
                FOOT,
                PAD,
                CHART,
            ),
            times,
        )


def _with_progress(layout: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """A bar in as many parts as there are slides at the lower edge, and "4 of 10" beside it."""
    margin = layout["margin"]
    margin = margin | {"b": margin["b"] + 2 * PROGRESS + RISE}
    text = f"{progress.at} / {progress.of}"
    wide = plain_width(text, SMALLEST_TYPE, bold=True) + SMALLEST_TYPE
    inner = layout["width"] - margin["l"] - margin["r"]
    part = (inner - wide) / progress.of
    gap = min(3.0, part / 4)
    foot = RISE - margin["b"]
    bar = [
        {
            "type": "rect", "xref": "paper", "yref": "paper", "xsizemode": "pixel",
            "ysizemode": "pixel", "xanchor": 0, "yanchor": 0, "line": {"width": 0},
            "x0": at * part, "x1": (at + 1) * part - gap, "y0": foot, "y1": foot + PROGRESS,
            "fillcolor": "#1F69B3", "opacity": 1 if at < progress.at else QUIET,
        }
        for at in range(progress.of)
    ]  # fmt: skip
    note = {
        "text": f"<b>{text}</b>", "showarrow": False, "xref": "paper", "x": 1, "xanchor": "right",
        "yref": "paper", "y": 0, "yanchor": "middle", "borderpad": 0,
        "yshift": foot + PROGRESS / 2, "font": {"size": SMALLEST_TYPE}, "name": "progress",
    }  # fmt: skip
    return layout | {
        "margin": margin, "height": layout["height"] + 2 * PROGRESS + RISE,
        "shapes": [*layout.get("shapes", ()), *bar],
        "annotations": [*layout["annotations"], note],
    }  # fmt: skip
