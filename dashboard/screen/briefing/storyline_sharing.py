"""A storyline as a file and as a link: to keep, to hand on, and to open again."""

import streamlit as st

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import counted
from dashboard.screen.frame import address, cards, my_storyline
from dashboard.screen.frame.document_desk import site
from dashboard.screen.frame.my_storyline import LINK, NUMBER
from dashboard.views import links
from dashboard.views.storyline import (
    FILE_NAME,
    LARGEST_FILE,
    NotAStoryline,
    Storyline,
    fits_link,
    from_toml,
    in_link,
    to_toml,
)

_WITH, _FILE, _OUTCOME = "storyline_with_minutes", "storyline_file", "_storyline_outcome"
MEDIA_TYPE = "application/toml"


def show(story: Storyline, tables: Tables, selection: Selection) -> None:
    """The file to download, a file to open, and the link."""
    st.subheader("Keep it and hand it on", anchor="keep")
    st.caption("A storyline is kept in this session. Download it to keep it longer.")
    with st.grid(2, min_column_width=340, gap="medium") as grid:
        with grid.cell():
            _download(story)
            _link(story, tables, selection)
        with grid.cell():
            _open()


def _download(story: Storyline) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        silent = story.has_minutes and not st.session_state.get(_WITH, True)
        taken = story.without_minutes() if silent else story
        st.download_button(
            "Storyline (TOML)",
            data=to_toml(taken).encode(),
            file_name=FILE_NAME,
            mime=MEDIA_TYPE,
            on_click="ignore",
            icon=":material/download:",
            key="download-storyline",
        )
        if story.has_minutes:
            st.toggle("With notes and decisions", value=True, key=_WITH)


def _link(story: Storyline, tables: Tables, selection: Selection) -> None:
    if not fits_link(story):
        st.caption(":material/link_off: This storyline is too long for a link. Hand on its file.")
        return
    query = links.link(selection, {LINK: in_link(story)}, tables)
    st.markdown("**Link to this briefing**")
    st.code(links.address_of("briefing", query, site()), language=None, wrap_lines=True)
    st.caption("It holds the slides and what is chosen now. Notes and decisions are not in it.")


def _open() -> None:
    """A place to drop a file. It is read when it comes, not again with every click."""
    given = st.file_uploader(
        "Open a storyline",
        type="toml",
        key=_FILE,
        on_change=_read,
        max_upload_size=LARGEST_FILE // 1_000_000,
    )
    outcome = st.session_state.get(_OUTCOME)
    if given is None or outcome is None:
        return
    text, is_problem = outcome
    tell, icon = (st.error, "error") if is_problem else (st.success, "check_circle")
    tell(cards.plain(text), icon=f":material/{icon}:")


def _read() -> None:
    """A callback: the storyline of the file in place of this one, which `undo` brings back."""
    given = st.session_state[_FILE]
    if given is None:
        return
    try:
        story = from_toml(given.getvalue())
    except NotAStoryline as problem:
        st.session_state[_OUTCOME] = f"{given.name} was not opened. {problem}", True
        return
    my_storyline.keep(story, f"Opened {given.name}")
    address.put(NUMBER)
    slides = counted(len(story.slides), "slide")
    st.session_state[_OUTCOME] = f"Opened “{story.title}” with {slides}.", False
