"""How the map is to be read: every state and level in use, the sizes of points, and arcs.

Pictures and words of the page, not of the map, so that they wrap on a phone.
"""

import html

import pandas as pd
import streamlit as st

from dashboard.charts.maps.centre_marks import RINGS, radius
from dashboard.charts.maps.deck_centres import ARC_COLOUR
from dashboard.charts.maps.world import LAND_NAME, LAND_STYLE, UNDETERMINED_NAME, UNDETERMINED_STYLE
from dashboard.charts.marks.labels import mark_label, marks_in_use
from dashboard.charts.marks.look import MARK_STYLES, STATE_STYLES, swatch
from dashboard.screen.frame import cards

_SIZES = (1, 8, 16)  # courses
_SWATCH = 18  # px
_ARC_WORDS = "from a country to the headquarters of a mission; wider for more persons"


def show(states: pd.DataFrame, centres: pd.DataFrame, with_arcs: bool) -> None:
    """The legend for what is drawn: rows of measures/states.py and measures/centres.py."""
    if len(states):
        _row("Countries", _countries(states), _SWATCH)
    if len(centres):
        sizes = [(_circle("no-course", radius(n)), _courses(n)) for n in _SIZES]
        _row("Centres, by best level", _levels(centres) + sizes)
    if with_arcs:
        _row("Arcs", [(_arc(), _ARC_WORDS)])


def _row(name: str, entries: list[tuple[str, str]], width: int | str = "content") -> None:
    """A name and entries of picture and words, as many in a line as there is room for."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{name}**", width="content")
        for picture, words in entries:
            with st.container(
                horizontal=True,
                vertical_alignment="center",
                gap="xxsmall",
                width="content",
            ):
                st.image(picture, width=width, alt=f"In the map: {words}")
                st.caption(cards.plain(words), width="content")


def _countries(states: pd.DataFrame) -> list[tuple[str, str]]:
    # The swatch shows the letter that the label begins with.
    marks = [
        (
            swatch(MARK_STYLES[key]),
            html.unescape(mark_label(rows[0])).split("  ", 1)[-1],
        )
        for key, rows in marks_in_use(states).items()
    ]
    plain = [
        (swatch(LAND_STYLE), LAND_NAME),
        (swatch(UNDETERMINED_STYLE), UNDETERMINED_NAME),
    ]
    return marks + plain


def _levels(centres: pd.DataFrame) -> list[tuple[str, str]]:
    labels = dict(zip(centres["state"], centres["state_label"], strict=True))
    return [(_circle(state, 9), labels[state]) for state in STATE_STYLES if state in labels]


def _courses(number: int) -> str:
    return f"{number} course{'' if number == 1 else 's'}"


def _circle(state: str, size: float) -> str:
    """A point with its ring and, where it stands for a level, the letter."""
    style, ring = STATE_STYLES[state], RINGS[state]
    edge = 2 * size + 6
    letter = (
        f'<text x="50%" y="50%" dy=".35em" text-anchor="middle" font-family="sans-serif" '
        f'font-size="{size * 1.25}" font-weight="700" fill="{style.text}">{style.letter}</text>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{edge}" height="{edge}">'
        f'<circle cx="{edge / 2}" cy="{edge / 2}" r="{size}" fill="{style.fill}" '
        f'stroke="{ring.colour}" stroke-width="{ring.width}"/>'
        f"{letter if state != 'no-course' or size == 9 else ''}</svg>"
    )


def _arc() -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="34" height="18">'
        f'<path d="M2 16Q17 -8 32 16" fill="none" stroke="{ARC_COLOUR}" stroke-width="2.5"/></svg>'
    )
