"""The storyline of this session: the default one, that of the link, or one that a person made."""

import streamlit as st

from dashboard import address
from dashboard.storyline import (
    Slide,
    Storyline,
    from_link,
    in_link,
    understood_story,
)

LINK, NUMBER = "story", "slide"
_MINE, _LINKED = "_storyline", "_storyline_link"


def current() -> Storyline:
    """The storyline as this session has it. A link that is opened later takes its place."""
    linked = st.session_state.get(LINK, "")
    if _MINE not in st.session_state or (linked and linked != st.session_state.get(_LINKED)):
        st.session_state[_MINE] = from_link(understood_story(linked))
        st.session_state[_LINKED] = linked
    return st.session_state[_MINE]


def keep(story: Storyline) -> None:
    """In a callback: go on with this storyline. It stands in the address when it is short."""
    st.session_state[_MINE] = story
    st.session_state[LINK] = st.session_state[_LINKED] = in_link(story)


def add(slide: Slide) -> None:
    """In a callback: one more slide at the end."""
    keep(current().and_then(slide))


def read_address() -> Storyline:
    """The storyline, with its link taking part in the address of the page. Once a run."""
    address.text(LINK, understood_story)
    return current()
