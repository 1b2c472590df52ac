"""A storyline as a file and as a link: to keep, to hand on, and to open again."""

from datetime import UTC, datetime

import streamlit as st

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import counted
from dashboard.exports.documents.report_files import View
from dashboard.exports.documents.storyline_files import DECK, MINUTES, Meeting, link_to, make, steps
from dashboard.exports.origin import origin
from dashboard.screen.frame import address, cards, my_storyline
from dashboard.screen.frame.document_desk import Desk, site, warn_without_browser
from dashboard.screen.frame.editions import readable
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


WITHOUT = (
    "Without one, minutes have tables in place of pictures, and a deck has a table in place of a "
    "map."
)
NOTHING_SAID = (
    "No note and no decision has been written yet: the minutes will have figures and numbers alone."
)
_BUTTONS = {
    MINUTES: (
        "Make the minutes (Word)",
        "edit_note",
        "Decisions first, then each slide with its figure, note, decision, numbers and link",
    ),
    DECK: (
        "Make the deck (PowerPoint)",
        "slideshow",
        "A slide each, with charts that can be edited; notes and decisions are in its notes",
    ),
}
_HELD = "storyline_held"
_KINDS = {"docx": "Minutes (Word)", "pptx": "Deck (PowerPoint)"}


def documents(tables: Tables, selection: Selection) -> None:
    """The day of the meeting, the buttons that start, and what has been started in this session."""
    story = my_storyline.current()
    st.subheader("Take it away", anchor="take-away")
    warn_without_browser(WITHOUT)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        # A page that is left forgets its widgets; the day of the meeting stays.
        held = st.date_input(
            "Date of the meeting",
            st.session_state.get(_HELD, "today"),
            format="DD/MM/YYYY",
            key="held",
            width=180,
        )
        st.session_state[_HELD] = held
        only = st.toggle(
            "Minutes of discussed slides only",
            key="only_discussed",
            disabled=not story.has_minutes,
            help="Leaves out slides without note and decision; the minutes name them",
        )
    if story.slides and not story.has_minutes:
        st.caption(NOTHING_SAID)
    view = _view(link_to(story, selection, tables, site()), tables, selection)
    with st.container(horizontal=True):
        for kind, (label, icon, help) in _BUTTONS.items():
            meeting = Meeting(story, held, (kind,), only and story.has_minutes)
            st.button(
                label,
                icon=f":material/{icon}:",
                help=help,
                key=f"storyline-{kind}",
                on_click=_start,
                args=(meeting, view),
                disabled=not story.slides,
            )
    DESK.show()


def _view(address: str, tables: Tables, selection: Selection) -> View:
    """What is chosen, which slides follow that keep no view of their own."""
    accessed = datetime.now(UTC).date()
    return View(tables, selection, origin(tables, address, accessed), readable(), {}, site())


def _start(meeting: Meeting, view: View) -> None:
    """A callback: make a document beside the page."""
    what = " and ".join(_BUTTONS[kind][0].removeprefix("Make the ") for kind in meeting.documents)
    DESK.start(f"{meeting.title}: {what}", steps(meeting), lambda begin: make(meeting, view, begin))


def _label(name: str) -> str:
    return _KINDS[name.rpartition(".")[2]]


DESK = Desk("storyline", _label)
