"""The briefing: one slide on the whole screen, moved by the keyboard. Choices and keys wait folded."""

import time
from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.charts.typeset.slide import Screen
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.measures.contributors import DEFAULT_TOP
from dashboard.screen.briefing import drawers, window
from dashboard.screen.briefing.drawers import SPOTLIGHT
from dashboard.screen.briefing.slides_ahead import Prepared, Setting
from dashboard.screen.frame import address, cards, my_storyline, navigation
from dashboard.screen.frame.my_storyline import NUMBER
from dashboard.views.choices import options
from dashboard.views.links import SELECTION_KEYS, one_code
from dashboard.views.shown import Shown, keeps_its_view
from dashboard.views.storyline import MOST_SLIDES, Storyline, understood_slide

_STAGE, _KEYS, _LEFT, _TYPED = "_stage", "_keys", "_briefing_left", "_typed"
# Seconds in which a second digit makes a number with the first.
TOGETHER = 1.5
_TURNS = (
    ("Next", ("Right", "PageDown", "Down", "Space"), 1),
    ("Back", ("Left", "PageUp", "Up", "Backspace"), -1),
)


def backstage() -> DeltaGenerator:
    """Make room for the slide and, folded under it, for all choices and keys; returns the latter."""
    st.session_state[_STAGE] = st.container(gap=None)
    folded = st.expander(":material/keyboard:", key="backstage", type="compact")
    choices, st.session_state[_KEYS] = folded.columns(2, gap="large")
    return choices


def show(tables: Tables, selection: Selection) -> None:
    """The slide of the address, and everything that can be done with it."""
    country = address.text(SPOTLIGHT, lambda asked: one_code(asked, options(tables)["country"]))
    asked = address.text(NUMBER, understood_slide)
    story = my_storyline.read_address()
    with st.session_state[_STAGE]:
        screen = window.screen()
        if not story.slides:
            cards.empty("This storyline has no slides. Add figures to it on any page.")
            _keys(story, 0, None)
            return
        at = min(int(asked or 1), len(story.slides)) - 1
        setting = Setting(story, tables, selection, screen, country)
        ready = setting.slide(at)
        _slide(ready, screen)
    _keys(story, at, ready.slide)
    setting.slide(min(at + 1, len(story.slides) - 1))


def _slide(ready: Prepared, screen: Screen) -> None:
    figure, title = ready.slide.figure, ready.slide.title
    if figure.empty:
        cards.empty(figure.empty)
    elif ready.chart is None:
        cards.empty(
            f"“{title}” has more rows than a slide can hold in readable type. Press O to "
            "open the page behind it."
        )
    else:
        st.plotly_chart(
            ready.chart,
            width="stretch",
            height=round(screen.room_height),
            theme=None,
            key="slide-chart",
            config=dict(cards.CHART_CONFIG),
            alt=f"{title}. {figure.alt}",
        )


# --- keys -----------------------------------------------------------------------------------------


def _keys(story: Storyline, at: int, slide: Shown | None) -> None:
    """Every key as a button, for those who have no keyboard at hand."""
    last = max(0, len(story.slides) - 1)
    with st.session_state[_KEYS]:
        st.markdown("**Keys**")
        for label, keys, step in _TURNS:
            with st.container(horizontal=True):
                for key in keys:
                    _button(label, key, _turn, min(max(at + step, 0), last))
        with st.container(horizontal=True):
            _button("First", "Home", _turn, 0)
            _button("Last", "End", _turn, last)
            for digit in range(10):
                _button(f"Slide {digit}", str(digit), _type, digit, len(story.slides))
        with st.container(horizontal=True):
            if slide:
                _button("Open the page behind", "O", _open, slide)
            _button("Leave", "Q", _leave)
        drawers.buttons(story, at, slide)


def _button(label: str, key: str, act: Callable[..., None], *args: object) -> None:
    st.button(label, shortcut=key, key=f"key-{key}", on_click=act, args=args, type="tertiary")


def _turn(to: int) -> None:
    """A callback: the slide at this place, from 0."""
    address.put(NUMBER, *[str(to + 1)] * bool(to))


def _type(digit: int, slides: int) -> None:
    """A callback: a digit is a slide at once, and with the digit just before it a larger number."""
    before, when = st.session_state.get(_TYPED, (0, 0.0))
    number = jumped(before if time.monotonic() - when < TOGETHER else 0, digit, slides)
    st.session_state[_TYPED] = number, time.monotonic()
    if number:
        _turn(number - 1)


def jumped(before: int, digit: int, slides: int) -> int:
    """The number that a digit makes with what was typed before it; 0 when there is no such slide.

    A lone 0 stands for the tenth.
    """
    together = before * 10 + digit
    if before and together <= min(slides, MOST_SLIDES):
        return together
    alone = digit or 10
    return alone if alone <= slides else 0


# --- the page behind, and back --------------------------------------------------------------------


def _open(slide: Shown) -> None:
    """A callback: the page behind a slide, as the slide shows it; `way_back` returns."""
    own = {key: st.session_state.get(key, "") for key in SELECTION_KEYS}
    st.session_state[_LEFT] = own if keeps_its_view(slide.slide) else {}
    texts = dict(slide.address)
    # The slider of the pages holds a number, and it may not be set to what it stands at.
    top = int(texts.pop("top", "") or DEFAULT_TOP)
    chosen = texts | {"top": top} if st.session_state.get("top", DEFAULT_TOP) != top else texts
    navigation.go_to(slide.page, **chosen)


def way_back() -> None:
    """On other pages: the key back to the slide that was left."""
    if _LEFT in st.session_state:
        st.sidebar.button(
            "Back to the briefing",
            shortcut="B",
            icon=":material/slideshow:",
            key="way-back",
            on_click=_come_back,
            width="stretch",
        )


def _come_back() -> None:
    """A callback: the slide that was left, under the choices that it was left with."""
    navigation.go_to("briefing", **st.session_state.pop(_LEFT))


def _leave() -> None:
    """A callback: out of the full screen."""
    navigation.go_to("storyline")
