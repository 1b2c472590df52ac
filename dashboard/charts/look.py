"""The look of every figure: colour by meaning, one template, and the words around a chart.

Colours and letters follow the method: covered and established gap are solid, partial and unknown
are hatched on white, and no-course and not-reviewed are light grey with a dotted outline. Shape,
hatch and letter say the same as the colour, so that nothing rests on colour alone (greyscale,
colour-vision deficiency).
"""

import html
import textwrap
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.ink import in_page_ink

INK = "#1D2329"  # text on white and on light fills
QUIET_INK = "#4A4A4A"
PAPER = "#FFFFFF"
DARK_BLUE, BLUE, BRIGHT_BLUE, PALE_BLUE = "#144372", "#1F69B3", "#82B5E9", "#D4E5F7"
ORANGE = "#DB7B18"
GREY = "#595959"
LIGHT_GREY = "#EEEEEE"
CLEAR = "rgba(0,0,0,0)"
FONT = "Roboto, 'Source Sans 3', 'Helvetica Neue', Helvetica, Arial, sans-serif"

DISCLAIMER = (
    "The boundaries and names shown and the designations used on this map do not imply official "
    "endorsement or acceptance by the United Nations."
)


# --- colour by meaning ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Style:
    """How a class or state is drawn; `text` is the text colour that is legible on its fill."""

    fill: str
    outline: str
    hatch: bool
    hatch_colour: str
    dotted: bool
    text: str
    letter: str


def _solid(fill: str, text: str, letter: str = "", outline: str = PAPER) -> Style:
    """A white outline separates dark blue from a dark page and vanishes on a white one."""
    return Style(fill, outline, False, "", False, text, letter)


def _hatched(colour: str, letter: str = "") -> Style:
    return Style(PAPER, colour, True, colour, False, INK, letter)


def _dotted(letter: str) -> Style:
    return Style(LIGHT_GREY, GREY, False, "", True, INK, letter)


CLASS_STYLES: dict[str, Style] = {
    "covered": _solid(DARK_BLUE, PAPER),
    "gap": _solid(ORANGE, INK),
    "partial": _hatched(ORANGE),
    "unknown": _hatched(GREY),
}

STATE_STYLES: dict[str, Style] = {
    "dedicated": _solid(DARK_BLUE, PAPER, "D"),
    "module": _solid(BLUE, PAPER, "M"),
    "cimic": _solid(BRIGHT_BLUE, INK, "C"),
    "related": _solid(PALE_BLUE, INK, "R", outline=GREY),
    "none-found": _solid(ORANGE, INK, "0"),
    "not-documented": _hatched(GREY, "?"),
    "no-course": _dotted("N"),
    "not-reviewed": _dotted("–"),
}

UNKNOWN_STATES = ("not-documented", "no-course", "not-reviewed")

# Every way a country can be drawn by class, in the order of every legend.
MARK_STYLES: dict[str, Style] = {
    **{name: CLASS_STYLES[name] for name in ("covered", "gap", "partial")},
    **{name: STATE_STYLES[name] for name in UNKNOWN_STATES},
    "unknown": CLASS_STYLES["unknown"],
}


def mark_key(country_class: str, state: str) -> str:
    """The key into MARK_STYLES: the class, or the state inside `unknown`.

    The three states of `unknown` ask for three different things and are never drawn as one.
    """
    return state if country_class == "unknown" and state in UNKNOWN_STATES else country_class


# --- templates ------------------------------------------------------------------------------------


@cache
def template() -> go.layout.Template:
    """For files. Structure only (fonts, quiet axes, white paper); no colour with a meaning."""
    axis = {"showgrid": False, "zeroline": False, "automargin": True, "ticks": ""}
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 13, "color": INK},
            "paper_bgcolor": PAPER,
            "plot_bgcolor": PAPER,
            "colorway": [DARK_BLUE, ORANGE, BRIGHT_BLUE, GREY, BLUE],
            "xaxis": axis,
            "yaxis": axis,
            "hoverlabel": {"align": "left", "bgcolor": PAPER, "font": {"color": INK, "size": 13}},
            "legend": {"font": {"size": 12}},
            "title": {"x": 0, "xanchor": "left"},
        }
    )


@cache
def screen_template() -> go.layout.Template:
    """For the screen: leaves fonts and colours to Streamlit's theme, and clears Plotly's own."""
    return go.layout.Template(layout={"hoverlabel": {"align": "left"}})


# --- words around a chart -------------------------------------------------------------------------

FILE_WIDTH = 1200  # px: a slide, or the full width of a page
FILE_PAD = 32
LEGEND_ROOM = 48  # px under the plot in a file: two lines of a legend
TITLE_SIZE, SUBTITLE_SIZE, FOOT_SIZE = 24, 15, 12
LINE = 1.35  # line height as Plotly sets it, with a little air
FOOT = "foot"  # name of the annotation that holds note, source and statement
LEGENDS = ("legend", "legend2")
LEGEND_PLACE = ("x", "xref", "xanchor", "y", "yref", "yanchor")


@dataclass(frozen=True)
class Words:
    """The words of one figure, plain text.

    Finding; population with n and filters; source; what the figure cannot tell; the finding for
    those who do not see the chart; the edition's own words about what it is and is not.
    """

    title: str
    subtitle: str
    source: str
    note: str = ""
    alt: str = ""
    statement: str = ""


def finish(fig: go.Figure, words: Words, *, disclaimer: bool = False) -> go.Figure:
    """The same figure made ready for a file: our template, white paper, all words inside it.

    The words are also kept, plain, in `layout.meta["words"]`.
    Raises ValueError without a title or a source: no figure leaves without either.
    """
    if not words.title.strip() or not words.source.strip():
        raise ValueError("A figure needs a title (its finding) and a source.")
    chart = _chart_part(fig)
    title, subtitle = _lines([words.title], TITLE_SIZE), _lines([words.subtitle], SUBTITLE_SIZE)
    said = [words.note, f"Source: {words.source}", words.statement, DISCLAIMER * disclaimer]
    foot = _lines(said, FOOT_SIZE)
    above = FILE_PAD + (len(title) * TITLE_SIZE + len(subtitle) * SUBTITLE_SIZE) * LINE
    below = FILE_PAD + len(foot) * FOOT_SIZE * LINE + LEGEND_ROOM * _has_legend_below(chart)
    height, margin = chart["height"] + above + below, chart["margin"]
    fig.update_layout(
        template=template(), paper_bgcolor=PAPER, plot_bgcolor=PAPER,
        font={"family": FONT, "size": 13, "color": INK},
        width=FILE_WIDTH, height=height,
        margin={"l": margin["l"] + FILE_PAD, "r": margin["r"] + FILE_PAD,
                "t": margin["t"] + above, "b": margin["b"] + below, "pad": 0},
        title=_title(title, subtitle, height),
        annotations=[*_own_annotations(fig), _foot(foot, margin["l"], margin["b"] + below)],
        meta={"words": asdict(words), "chart": chart, "disclaimer": disclaimer},
        overwrite=True,
    )  # fmt: skip
    for name, place in chart["legends"].items():
        fig.layout[name].update(_in_file(place, above / height))
    return fig


def on_screen(fig: go.Figure, words: Words) -> go.Figure:
    """A copy of an unfinished chart for a page, which prints the words itself so that they wrap.

    Streamlit's theme sets fonts and background, the page the ink. The words travel along in
    `layout.meta["words"]`, as they do in a file.
    """
    plain = fig.to_dict()
    plain["layout"] |= {"meta": {"words": asdict(words)}}
    return go.Figure(in_page_ink(plain), _validate=False)


def _chart_part(fig: go.Figure) -> dict[str, Any]:
    """Height, margins and legend places of the chart alone, from before the words were added."""
    kept = fig.layout.meta
    if isinstance(kept, dict) and "chart" in kept:
        return kept["chart"]
    margin = {side: fig.layout.margin[side] or 0 for side in ("l", "r", "t", "b", "pad")}
    legends = {
        name: {key: place[key] for key in LEGEND_PLACE if place[key] is not None}
        for name in LEGENDS
        if name in fig.layout and (place := fig.layout[name])
    }
    return {"height": fig.layout.height or 450, "margin": margin, "legends": legends}


def _has_legend_below(chart: dict[str, Any]) -> bool:
    return any(_hangs(place) and place["y"] == 0 for place in chart["legends"].values())


def _hangs(place: dict[str, Any]) -> bool:
    """Whether a legend hangs on the edge of the figure, where the words of a file stand."""
    return place.get("yref") == "container"


def _in_file(place: dict[str, Any], above: float) -> dict[str, Any]:
    """The place of a legend between the words; `above`: share of the height that the title takes.

    Below the plot it hangs on the plot, because the words at the foot do so too.
    """
    if not _hangs(place):
        return place
    if place["y"] == 1:
        return place | {"y": 1 - above, "x": FILE_PAD / 2 / FILE_WIDTH}
    return {"x": 0, "xref": "paper", "xanchor": "left", "y": 0, "yref": "paper", "yanchor": "top"}


def _own_annotations(fig: go.Figure) -> list[dict[str, Any]]:
    return [note.to_plotly_json() for note in fig.layout.annotations if note.name != FOOT]


def _lines(paragraphs: Iterable[str], size: int) -> list[str]:
    """Escaped lines that fit the width of a file; a letter is about half as wide as high."""
    width = int((FILE_WIDTH - 2 * FILE_PAD) / (size * 0.52))
    return [
        html.escape(line, quote=False) for text in paragraphs for line in textwrap.wrap(text, width)
    ]


def _title(title: list[str], subtitle: list[str], height: float) -> dict[str, Any]:
    return {
        "text": f"<b>{'<br>'.join(title)}</b>",
        "font": {"size": TITLE_SIZE, "color": INK, "family": FONT},
        "subtitle": {
            "text": "<br>".join(subtitle),
            "font": {"size": SUBTITLE_SIZE, "color": QUIET_INK, "family": FONT},
        },
        "x": 0, "xref": "container", "xanchor": "left", "pad": {"l": FILE_PAD},
        # Whatever the anchor, Plotly sets the first baseline of a title with markup at y.
        "y": 1 - (FILE_PAD / 2 + TITLE_SIZE) / height, "yref": "container", "yanchor": "top",
    }  # fmt: skip


def _foot(lines: list[str], left: float, height: float) -> dict[str, Any]:
    """Note, source, statement and disclaimer at the lower left edge of the file."""
    return {
        "name": FOOT, "text": "<br>".join(lines), "showarrow": False, "align": "left",
        "xref": "paper", "x": 0, "xanchor": "left", "xshift": -left,
        "yref": "paper", "y": 0, "yanchor": "bottom", "yshift": FILE_PAD / 2 - height,
        "font": {"size": FOOT_SIZE, "color": QUIET_INK, "family": FONT},
    }  # fmt: skip
