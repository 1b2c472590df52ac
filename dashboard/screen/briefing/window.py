"""The size of a person's window: Streamlit does not tell it, and a slide has to fill it."""

from importlib.resources import files

import streamlit as st

from dashboard.charts.typeset.slide import HIGH, WIDE, Screen

_JS = (files("dashboard") / "screen" / "briefing" / "window.js").read_text("utf-8")
_KEY = "_viewport"
# Px that Streamlit leaves beside a page, above it, and under a slide, where the folded controls are.
BESIDE, ABOVE, UNDER = 80, 16, 63
# Until a window has told its size, and for one that nobody could read on.
FIRST = Screen(WIDE, HIGH, WIDE - 2 * BESIDE, HIGH - ABOVE - UNDER)
LEAST_WIDE, LEAST_HIGH = 320, 240


def screen(key: str = _KEY) -> Screen:
    """The window of this person, and the room from here on. Takes no room; draw it where that begins.

    `key`: one for each place that is measured.
    """
    told = _component()(key=key, default={"size": None}, on_size_change=_again, height=1).size
    return understood(told)


def understood(told: object) -> Screen:
    """What a window has told; the first size when it has not, or tells what cannot be."""
    if not isinstance(told, list) or len(told) != 4 or not all(isinstance(n, int) for n in told):
        return FIRST
    width, height, room, below = told
    return Screen(
        max(width, LEAST_WIDE),
        max(height, LEAST_HIGH),
        max(room, LEAST_WIDE),
        max(below - UNDER, LEAST_HIGH),
    )


def _again() -> None:
    """A window that has another size: the run that follows draws for it."""


@st.cache_resource
def _component():
    return st.components.v2.component("viewport", js=_JS)
