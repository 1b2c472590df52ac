"""The storyline to take away: the minutes of its meeting in Word, and its deck in PowerPoint."""

from datetime import UTC, datetime

import streamlit as st

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.exports.documents.report_files import View
from dashboard.exports.documents.storyline_files import DECK, MINUTES, Meeting, link_to, make, steps
from dashboard.exports.origin import origin
from dashboard.screen.frame import my_storyline
from dashboard.screen.frame.document_desk import Desk, site, warn_without_browser
from dashboard.screen.frame.editions import readable

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


def show(tables: Tables, selection: Selection) -> None:
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
