"""The storyline of this session: the default one, that of the link, or one that a person made."""

import streamlit as st

from dashboard.screen.frame import address
from dashboard.views.storyline import (
    NotAStoryline,
    Slide,
    Storyline,
    from_link,
    in_link,
    understood_story,
)

LINK, NUMBER = "story", "slide"
# Changes that can be undone; a meeting writes a dozen notes.
STEPS_BACK = 30
_MINE, _LINKED, _BEFORE = "_storyline", "_storyline_link", "_storyline_before"
_TOLD = "_storyline_told"


def current() -> Storyline:
    """The storyline as this session has it. A link that is opened later takes its place."""
    linked = understood_story(st.session_state.get(LINK, ""))
    if _MINE not in st.session_state:
        _take(from_link(linked), linked)
    elif linked and linked != st.session_state[_LINKED]:
        # Going back in the browser brings an older link: what it replaces may hold minutes.
        _remember("Another link")
        _take(from_link(linked), linked)
    return st.session_state[_MINE]


def keep(story: Storyline, change: str = "Change") -> None:
    """In a callback: go on with this storyline. It stands in the address when it is short.

    `change`: what is done, for the button that undoes it.
    """
    if story == current():
        return
    _remember(change)
    _put(story)


def add(slide: Slide) -> None:
    """In a callback: one more slide at the end."""
    keep(current().and_then(slide), "Added slide")


def last_change() -> str:
    """What `undo` would take back; empty when there is nothing."""
    before = st.session_state.get(_BEFORE)
    return before[-1][0] if before else ""


def undo() -> None:
    """In a callback: the storyline as it was before the last change."""
    before = st.session_state.get(_BEFORE)
    if before:
        _put(before.pop()[1])


def read_address() -> Storyline:
    """The storyline, with its link taking part in the address of the page. Once a run."""
    asked = st.session_state.get(LINK)
    if asked is not None:
        # Assigned again, it returns to the address when going back in the browser has dropped it.
        is_link = asked and not _damage(asked)
        st.session_state[LINK] = asked if is_link else st.session_state.get(_LINKED, "")
    _damage(address.text(LINK, lambda asked: asked))
    return current()


def _damage(linked: str) -> bool:
    """Whether a link holds no storyline, which is told once."""
    try:
        from_link(linked)
    except NotAStoryline as problem:
        if linked != st.session_state.get(_TOLD):
            st.session_state[_TOLD] = linked
            st.toast(str(problem), icon=":material/link_off:", duration="long")
        return True
    return False


def _remember(change: str) -> None:
    before = st.session_state.setdefault(_BEFORE, [])
    before.append((change, st.session_state[_MINE]))
    del before[:-STEPS_BACK]


def _take(story: Storyline, linked: str) -> None:
    st.session_state[_MINE], st.session_state[_LINKED] = story, linked


def _put(story: Storyline) -> None:
    link = in_link(story)
    _take(story, link)
    st.session_state[LINK] = link
