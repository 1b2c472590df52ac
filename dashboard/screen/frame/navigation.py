"""The pages, in their sections, and the way from one page to another with something chosen."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.errors import StreamlitAPIException
from streamlit.navigation.page import StreamlitPage

_NEXT = "_next_page"


@dataclass(frozen=True)
class Entry:
    """A page in the menu: file name in `app_pages` (also its address), title, icon, one-line help.

    The page at the address "" is the first one.
    """

    file: str
    title: str
    icon: str
    help: str


# fmt: off
SECTIONS: Mapping[str, tuple[Entry, ...]] = {
    "Findings": (
        Entry("overview", "Overview", "donut_small",
              "The answer in one sentence, and how sure it is"),
        Entry("contributors", "Contributors", "leaderboard",
              "The largest contributors of personnel, one by one, down to their courses"),
        Entry("matrix", "Gap matrix", "grid_on",
              "Countries by audience, course type, topic, language or level: what is documented where"),
        Entry("map", "Map", "public",
              "Countries and training centres on a map, and where their peacekeepers serve"),
        Entry("missions", "Missions", "flag",
              "How much of each mission comes from countries with documented training"),
    ),
    "Explore": (
        Entry("country", "Country", "person_pin_circle",
              "Everything about one country: personnel, centres, courses, and what to ask next"),
        Entry("courses", "Courses and centres", "search",
              "Search and download every course and centre, each with its source and workbook cell"),
        Entry("languages", "Languages", "translate",
              "In which languages UN-CMCoord is taught, and which contributors that leaves out"),
        Entry("functions", "Functions", "hub",
              "Security, UN-CMCoord, protection and access, and the themes around them"),
    ),
    "Plan": (
        Entry("closing", "Close the gap", "trending_up",
              "Which countries or centres to engage first, and what that would change"),
        Entry("conversations", "Conversations", "forum",
              "What conversations with contributors added, and what is still to be asked"),
    ),
    "Present": (
        Entry("briefing", "Briefing", "slideshow",
              "The story on a shared screen, one message a slide, driven from the keyboard"),
        Entry("storyline", "Storyline", "format_list_numbered",
              "Which slides a briefing has, its minutes, its deck, and the check before a meeting"),
    ),
    "Take away": (
        Entry("report", "Report", "description",
              "Figures as Word and PowerPoint documents, and numbers of old documents checked"),
    ),
    "Your data": (
        Entry("your_matrix", "Your matrix", "upload_file",
              "Bring an Excel matrix of your own, teach its reading, and see it on every page"),
    ),
    "Trust": (
        Entry("certainty", "How sure are we", "rule",
              "Gaps of training against gaps of evidence, and what every choice does to the answer"),
        Entry("evidence", "Evidence", "fact_check",
              "Quality of the evidence, issues of the build, and codings to look at again"),
        Entry("editions", "Editions", "compare_arrows",
              "What changed between two editions, and which headline moved"),
        Entry("indicators", "Indicators", "checklist",
              "The indicators of the OCHA civil-military section that the review can answer"),
        Entry("method", "Method", "menu_book",
              "Definitions, levels with examples, data dictionary, terms, and how to cite"),
    ),
}
# fmt: on
FIRST = "overview"
# Pages without menu and sidebar.
FULL_SCREEN = {"briefing"}


def pages() -> dict[str, list[StreamlitPage]]:
    """Every page by section, for `st.navigation`."""
    return {section: [_page(entry) for entry in entries] for section, entries in SECTIONS.items()}


def _page(entry: Entry) -> StreamlitPage:
    first = entry.file == FIRST
    return st.Page(
        path(entry.file),
        title=entry.title,
        icon=f":material/{entry.icon}:",
        help=entry.help,
        url_path=None if first else entry.file,
        default=first,
    )


def is_full_screen(page: StreamlitPage) -> bool:
    """Whether a page has the whole screen for itself."""
    return page.url_path in FULL_SCREEN


def path(file: str) -> str:
    """The path of a page for `st.Page`, `st.page_link` and `st.switch_page`."""
    return f"app_pages/{file}.py"


def contents() -> None:
    """Every other page with its one-line help, for those who do not know yet what there is."""
    st.subheader("What else the review can answer", anchor="contents")
    with st.grid(len(SECTIONS), min_column_width=240) as grid:
        for section, entries in SECTIONS.items():
            with grid.cell():
                st.markdown(f"**{section}**")
                for entry in entries:
                    if entry.file != FIRST:
                        st.page_link(path(entry.file), icon=f":material/{entry.icon}:")
                        st.caption(entry.help)


def go_to(file: str, **chosen: str) -> None:
    """A callback: open the page `file` with these choices (name in the address -> code).

    Streamlit does not switch pages inside a callback, nor once a widget that stands in the address
    has been drawn; so the wish is kept, and `follow` fulfils it first thing in the next run.
    """
    st.session_state.update(chosen)
    st.session_state[_NEXT] = file, chosen


def follow() -> None:
    """Open the page that a callback asked for, if any. Before any widget is drawn."""
    wanted = st.session_state.pop(_NEXT, None)
    if not wanted:
        return
    file, chosen = wanted
    try:
        st.switch_page(path(file), query_params=chosen)
    except StreamlitAPIException:
        # The page that is left has a widget for the same choice, which puts it into the address
        # itself. Without any parameters given, Streamlit would clear those of all widgets, and may
        # not.
        st.switch_page(path(file), query_params={})
