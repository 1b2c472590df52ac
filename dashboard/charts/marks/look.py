"""The look of every figure: colour by meaning, and one template for files and for the screen.

Colours and letters follow the method: covered and established gap are solid, partial and unknown
are hatched on white, and no-course and not-reviewed are light grey with a dotted outline. Shape,
hatch and letter say the same as the colour, so that nothing rests on colour alone (greyscale,
colour-vision deficiency).
"""

from dataclasses import dataclass
from functools import cache

import plotly.graph_objects as go

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
# Stands before it wherever a map leaves the page (static/boundaries/README.md).
BOUNDARIES = "Boundaries: UN Geodata, simplified, and Natural Earth, as published with plotly.js."


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


SIZE = 24  # px of the picture's own grid
_STRIPES = "M-2 8 8-2M-2 16 16-2M-2 24 24-2M6 24 26 4M14 24l12-12"


def swatch(style: Style) -> str:
    """A square in the fill, hatch, outline and letter of `style`."""
    hatch = (
        f'<path d="{_STRIPES}" stroke="{style.hatch_colour}" stroke-width="2.4"/>'
        if style.hatch
        else ""
    )
    dashes = ' stroke-dasharray="1.5 2.5"' if style.dotted else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}">'
        f'<rect width="{SIZE}" height="{SIZE}" fill="{style.fill}"/>{hatch}'
        f'<rect x=".8" y=".8" width="{SIZE - 1.6}" height="{SIZE - 1.6}" fill="none" '
        f'stroke="{style.outline}" stroke-width="1.6"{dashes}/>{_letter(style)}</svg>'
    )


def _letter(style: Style) -> str:
    """The letter in the colour that can be read on the fill; on a hatch, on a ground of its own."""
    if not style.letter:
        return ""
    ground = (
        f'<rect x="6" y="4" width="12" height="16" fill="{style.fill}"/>' if style.hatch else ""
    )
    return (
        f'{ground}<text x="12" y="17" text-anchor="middle" font-family="{FONT}" font-size="14" '
        f'font-weight="700" fill="{style.text}">{style.letter}</text>'
    )
