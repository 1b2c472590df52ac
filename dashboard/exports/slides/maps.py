"""Maps on a slide: a picture of the map alone, because the slide itself says all the words."""

import io
from typing import Any

from pptx.slide import Slide

from dashboard.charts.marks.look import FONT, INK, PAPER, template
from dashboard.charts.marks.sheets import PIXELS_PER_INCH, SLIDE_PPI, SMALLEST_TYPE
from dashboard.charts.typeset import legends
from dashboard.exports.pictures.browser import Picture
from dashboard.exports.slides.looks import described
from dashboard.exports.slides.page import Box
from dashboard.figures.figure import Figure

LEGEND_TYPE = 12 * PIXELS_PER_INCH / 72
LEGEND_LINE = 1.55  # height of an entry, in sizes of its type
LEGENDS_WIDTH = 380  # px
SCALE = 1.5 * SLIDE_PPI / PIXELS_PER_INCH  # slides are shown large, and printed


def map_picture(figure: Figure, box: Box) -> bytes:
    """A PNG of a map without its words, as large as a place on a slide. Raises NoBrowser."""
    chart = _without_words(figure, box).to_dict()
    size = {"width": chart["layout"]["width"], "height": chart["layout"]["height"]}
    return Picture(chart, format="png", scale=SCALE, **size).finished()


def add_picture(slide: Slide, box: Box, data: bytes, name: str, alt: str) -> None:
    """A picture at a place; `alt`: its alternative text."""
    described(slide.shapes.add_picture(io.BytesIO(data), *box.emu), name, alt)


def _without_words(figure: Figure, box: Box) -> Any:
    """The map at the right, its legends one above the other at the left."""
    width, height = box.width * PIXELS_PER_INCH, box.height * PIXELS_PER_INCH
    chart = figure.draw()
    names = [name for name in legends.NAMES if name in chart.layout]
    entries = sum(bool(trace.showlegend) for trace in chart.data) + len(names)
    size = max(SMALLEST_TYPE, min(LEGEND_TYPE, height / (max(1, entries) * LEGEND_LINE)))
    chart.update_layout(
        template=template(),
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        font={"family": FONT, "color": INK},
        width=width,
        height=height,
        geo={"domain": {"x": [LEGENDS_WIDTH / width, 1], "y": [0, 1]}},
        **{name: _at_the_left(place, size) for place, name in enumerate(names)},
    )
    return chart


def _at_the_left(place: int, size: float) -> dict[str, Any]:
    """The first legend at the top, the second at the foot."""
    return {
        "x": 0,
        "xanchor": "left",
        "y": 1 - place,
        "yanchor": "bottom" if place else "top",
        "font": {"size": size},
        "title": {"font": {"size": max(SMALLEST_TYPE, 0.8 * size)}},
    }
