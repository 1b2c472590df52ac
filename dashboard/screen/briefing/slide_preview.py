"""A slide as the briefing shows it, made so small that it stands beside other things."""

import streamlit as st

from dashboard.charts.marks.sheets import DoesNotFit
from dashboard.charts.typeset.slide import Progress, Screen, on_wall
from dashboard.screen.briefing import window
from dashboard.screen.frame import cards
from dashboard.views.shown import Shown

FIRST_WIDTH = 550.0  # px, until a window has told how wide the place is


@st.fragment
def show(slide: Shown, progress: Progress) -> None:
    """The chart of a slide as wide as its place, and its source. Its width runs nothing else anew."""
    width = _width()
    if slide.figure.empty:
        cards.empty(slide.figure.empty)
        return
    screen = small(width)
    try:
        chart = on_wall(
            slide.figure.draw(),
            slide.words(),
            screen,
            disclaimer=slide.figure.is_map,
            progress=progress,
        )
    except DoesNotFit:
        cards.empty(
            "This figure has more rows than a slide can hold in readable type. Choose fewer "
            "on its page, and add it again."
        )
        return
    st.plotly_chart(
        chart,
        width="stretch",
        height=round(screen.room_height),
        theme=None,
        key="slide-preview",
        config={**cards.CHART_CONFIG, "staticPlot": True},
        alt=f"{slide.title}. {slide.figure.alt}",
    )
    st.caption(f"Source: {cards.plain(slide.figure.source)}")


def small(width: float) -> Screen:
    """A screen of a meeting room, so much smaller that its slides are `width` px wide."""
    whole = window.FIRST
    times = width / whole.room_width
    return Screen(whole.width * times, whole.height * times, width, whole.room_height * times)


def _width() -> float:
    """Of the place where this is called. A key of its own: the briefing has another place."""
    screen = window.screen("slide-preview-room")
    return FIRST_WIDTH if screen is window.FIRST else screen.room_width
