"""The slide that is picked on the storyline page: its words, view and place, and how it will look."""

from collections.abc import Sequence

import streamlit as st

from dashboard.charts.marks.sheets import DoesNotFit
from dashboard.charts.typeset.slide import Progress, Screen, on_slide
from dashboard.edition.selection import Selection, describe
from dashboard.edition.tables import Tables
from dashboard.measures.contributors import DEFAULT_TOP
from dashboard.screen.briefing import window
from dashboard.screen.frame import address, cards, my_storyline, navigation
from dashboard.screen.frame.editions import readable
from dashboard.screen.frame.my_storyline import NUMBER
from dashboard.views.shown import Shown, following, keeps_its_view, shown, view_of
from dashboard.views.storyline import LONGEST_TEXT, LONGEST_TITLE, MOST_SLIDES, Slide, Storyline

_PICKED, _PLACE = "storyline_picked", "storyline_place"


def show(
    story: Storyline, at: int, titles: Sequence[str], tables: Tables, selection: Selection
) -> None:
    """The slide at place `at` (from 0): everything that can be changed, and a picture of it.

    `titles`: what each slide says.
    """
    with st.container(border=True, key="storyline-slide"):
        _pick(at, titles)
        _place(story, at)
        slide = shown(story.slides[at], tables, selection, readable())
        words, look = st.columns([2, 3], gap="medium")
        with words:
            _words(at, slide)
        with look:
            preview(slide, Progress(at + 1, len(story.slides)))
            _view(at, slide, tables, selection)


def _pick(at: int, titles: Sequence[str]) -> None:
    st.session_state[_PICKED] = at
    st.selectbox(
        "Slide to change",
        range(len(titles)),
        key=_PICKED,
        on_change=_picked,
        format_func=lambda place: f"{place + 1}. {titles[place]}",
    )


def _picked() -> None:
    address.put(NUMBER, str(st.session_state[_PICKED] + 1))


# --- its place ------------------------------------------------------------------------------------


def _place(story: Storyline, at: int) -> None:
    """Up, down, to any place, once more, and out."""
    last = len(story.slides) - 1
    picked = at, story.slides[at]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for label, icon, to in (("Up", "arrow_upward", at - 1), ("Down", "arrow_downward", at + 1)):
            st.button(
                label,
                icon=f":material/{icon}:",
                key=f"slide-{label}",
                on_click=_move,
                args=(*picked, to),
                disabled=not 0 <= to <= last,
            )
        st.button(
            "Duplicate",
            icon=":material/content_copy:",
            key="slide-copy",
            on_click=_copy,
            args=picked,
            disabled=last + 1 >= MOST_SLIDES,
        )
        st.button("Remove", icon=":material/close:", key="slide-out", on_click=_remove, args=picked)
        st.session_state[_PLACE] = at
        st.selectbox(
            "Move to place",
            range(last + 1),
            key=_PLACE,
            width=130,
            format_func=lambda place: str(place + 1),
            on_change=_move_to,
            args=picked,
            disabled=not last,
        )


def _now(at: int, slide: Slide) -> tuple[Storyline, int]:
    """In a callback: the storyline, and where a slide that was drawn at place `at` stands in it.

    Who types and then presses a button makes two changes at once, and either may come first.
    """
    story = my_storyline.current()
    places = [place for place, other in enumerate(story.slides) if other is slide]
    return story, places[0] if places else min(at, len(story.slides) - 1)


def _move(at: int, slide: Slide, to: int) -> None:
    """A callback: the slide at another place; it stays the one that is picked."""
    story, place = _now(at, slide)
    my_storyline.keep(story.moved(place, to), f"Slide {place + 1} moved")
    address.put(NUMBER, str(to + 1))


def _move_to(at: int, slide: Slide) -> None:
    _move(at, slide, st.session_state[_PLACE])


def _copy(at: int, slide: Slide) -> None:
    """A callback: the slide once more; the second is picked, for it is the one to change."""
    story, place = _now(at, slide)
    my_storyline.keep(story.with_copy(place), f"Slide {place + 1} duplicated")
    address.put(NUMBER, str(place + 2))


def _remove(at: int, slide: Slide) -> None:
    """A callback: the storyline without the slide; the next one is picked."""
    story, place = _now(at, slide)
    my_storyline.keep(story.without(place), f"Slide {place + 1} removed")
    address.put(NUMBER, str(max(1, min(place + 1, len(story.slides) - 1))))


# --- its words ------------------------------------------------------------------------------------


def _words(at: int, slide: Shown) -> None:
    """Title and caption on the slide, and the minutes. Empty words leave those of the figure."""
    own = slide.slide
    for name, label, most, instead in (
        ("title", "Title, in place of the finding", LONGEST_TITLE, slide.figure.title),
        ("caption", "Caption, one or two sentences below it", LONGEST_TEXT, "None"),
    ):
        key = _key(at, name)
        st.session_state[key] = getattr(own, name)
        st.text_input(
            label,
            key=key,
            max_chars=most,
            placeholder=instead,
            on_change=_say,
            args=(at, own, name),
        )
    for name, label in (("note", "Note for the minutes"), ("decision", "Decision")):
        key = _key(at, name)
        st.session_state[key] = getattr(own, name)
        st.text_area(
            label,
            key=key,
            max_chars=LONGEST_TEXT,
            height=80,
            placeholder="None",
            on_change=_say,
            args=(at, own, name),
        )


def _key(at: int, name: str) -> str:
    return f"slide-{name}-{at}"


def _say(at: int, slide: Slide, name: str) -> None:
    """A callback: other words on the slide."""
    story, place = _now(at, slide)
    words = {name: st.session_state[_key(at, name)] or ""}
    my_storyline.keep(story.with_slide(place, **words), f"{name.capitalize()} of slide {place + 1}")


# --- its view -------------------------------------------------------------------------------------


def _view(at: int, slide: Shown, tables: Tables, selection: Selection) -> None:
    """What the slide is shown under, the switch between its own view and what is chosen, its page."""
    own = keeps_its_view(slide.slide)
    what = cards.plain(describe(slide.selection, slide.tables.package))
    if own:
        st.caption(f":material/push_pin: Keeps its view, whatever is chosen: {what}.")
    else:
        st.caption(f":material/sync: Follows what is chosen, now: {what}.")
    with st.container(horizontal=True):
        if own:
            st.button(
                "Follow what is chosen",
                icon=":material/sync:",
                key="slide-follow",
                on_click=_look,
                args=(at, slide.slide, following(slide.slide.view)),
            )
        else:
            kept = view_of(slide.slide.figure, slide.chosen, tables, selection)
            st.button(
                "Keep the view as it is now",
                icon=":material/push_pin:",
                key="slide-keep",
                on_click=_look,
                args=(at, slide.slide, kept),
            )
        st.button(
            "Open the page behind",
            icon=":material/open_in_new:",
            key="slide-open",
            type="tertiary",
            on_click=_open,
            args=(slide,),
        )


def _look(at: int, slide: Slide, view: str) -> None:
    """A callback: another view for the slide."""
    story, place = _now(at, slide)
    my_storyline.keep(story.with_slide(place, view=view), f"View of slide {place + 1}")


def _open(slide: Shown) -> None:
    """A callback: the page behind the slide, as the slide shows it."""
    chosen: dict[str, str | int] = {**slide.address}
    # The slider of the pages holds a number, and it may not be set to what it stands at.
    top = int(chosen.pop("top", "") or DEFAULT_TOP)
    if st.session_state.get("top", DEFAULT_TOP) != top:
        chosen["top"] = top
    navigation.go_to(slide.page, **chosen)


FIRST_WIDTH = 550.0  # px, until a window has told how wide the place is


@st.fragment
def preview(slide: Shown, progress: Progress) -> None:
    """The chart of a slide as wide as its place, and its source. Its width runs nothing else anew."""
    width = _width()
    if slide.figure.empty:
        cards.empty(slide.figure.empty)
        return
    screen = small(width)
    try:
        chart = on_slide(
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
