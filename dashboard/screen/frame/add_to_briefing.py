"""The button "Add to briefing" of every figure: its view as the page stands becomes a slide."""

import streamlit as st

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.screen.frame import my_storyline, navigation
from dashboard.views.places import PLACES
from dashboard.views.shown import view_of
from dashboard.views.storyline import LONGEST_VIEW, MOST_SLIDES, Slide

LABEL = "Add to briefing"
_TOLD = "_added_to_briefing"


def button(id: str, tables: Tables, selection: Selection) -> None:
    """The button for the figure `id`, and once it is pressed the way to the storyline."""
    st.button(
        LABEL,
        icon=":material/add_to_queue:",
        type="tertiary",
        key=f"brief-{id}",
        on_click=_add,
        args=(id, tables, selection),
    )
    # A callback of a fragment has no place on the page, so what it has to say is said here.
    told, at = st.session_state.pop(f"{_TOLD}-{id}", ("", 0))
    if told:
        st.toast(told, icon=":material/slideshow:", duration="long")
        st.page_link(
            navigation.path("storyline"),
            label=f"Slide {at} in the storyline",
            icon=":material/arrow_forward:",
            query_params={my_storyline.NUMBER: str(at)},
        )


def _add(id: str, tables: Tables, selection: Selection) -> None:
    """A callback: the figure as one more slide, or why it is none."""
    story = my_storyline.current()
    slide = Slide(id, view=view_of(id, _chosen(id), tables, selection))
    number = len(story.slides) + 1
    same = [
        at
        for at, other in enumerate(story.slides, start=1)
        if (other.figure, other.view) == (slide.figure, slide.view)
    ]
    if same:
        told, number = f"This view is slide {same[0]} of the briefing already", same[0]
    elif number > MOST_SLIDES:
        told = f"Not added: a briefing has at most {MOST_SLIDES} slides. Remove one first"
    elif len(slide.view) > LONGEST_VIEW:
        told = "Not added: more is chosen here than a slide can keep. Choose less first"
    else:
        my_storyline.add(slide)
        told = f"Added to the briefing as slide {number} of {number}"
    st.session_state[f"{_TOLD}-{id}"] = told, min(number, len(my_storyline.current().slides))


def _chosen(id: str) -> dict[str, str]:
    """What the page has chosen for the figure, by the names in the address."""
    return {key: str(st.session_state.get(key) or "") for key in PLACES[id].keys}
