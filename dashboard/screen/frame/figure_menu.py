"""The menu of a figure: picture, data, citation and link to take away, and the way into the briefing.

Nothing is made unasked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard.charts.marks.sheets import SHEETS
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.exports.data import pack
from dashboard.exports.data.workbook import MEDIA_TYPE
from dashboard.exports.origin import Origin, origin
from dashboard.exports.pictures import browser
from dashboard.exports.pictures.picture import FORMATS, picture, why_not
from dashboard.figures.figure import Figure
from dashboard.screen.frame import add_to_briefing
from dashboard.views.links import SELECTION_KEYS, link

LABEL = "Take this figure away"
DEFAULT_SHEET = "a4"
# A browser that is installed while the dashboard runs is found after this many seconds.
LOOK_AGAIN = 60
WIDTH = 420  # px
PACK_HELP = (
    "Every picture that fits, the data, alternative text, caption, citation and metadata in one "
    "zip, with a readme."
)


@dataclass(frozen=True)
class Taken:
    """What a menu hands out: a figure under a selection, and where the view is found again."""

    figure: Figure
    tables: Tables
    selection: Selection
    origin: Origin

    def name(self, what: str) -> str:
        """Name of a file of the figure (`pack.names`)."""
        return pack.names(self.figure, self.selection)[what]

    def button(
        self,
        label: str,
        make: Callable[[], bytes],
        what: str,
        media_type: str,
        icon: str,
        help: str | None = None,
    ) -> None:
        """A button that makes its file when it is pressed, in a thread of its own."""
        st.download_button(
            label,
            data=make,
            file_name=self.name(what),
            mime=media_type,
            on_click="ignore",
            icon=f":material/{icon}:",
            key=f"download-{self.figure.id}-{what}",
            help=help,
        )


def figure_menu(figure: Figure, tables: Tables, selection: Selection) -> None:
    """The menu under a figure. Inside a fragment, so that opening it runs nothing else."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        menu = st.popover(
            LABEL,
            icon=":material/download:",
            type="tertiary",
            on_change="rerun",
            key=f"take-{figure.id}",
        )
        add_to_briefing.button(figure.id, tables, selection)
    if not menu.open:
        return
    address = view_address(figure.id, tables, selection)
    taken = Taken(figure, tables, selection, origin(tables, address, date.today()))
    with menu, st.container(width=WIDTH, gap="small"):
        _picture(taken)
        _data(taken)
        st.markdown("**Link to this view**")
        st.code(address, language=None, wrap_lines=True)
        _citation(taken)


def view_address(id: str, tables: Tables, selection: Selection) -> str:
    """The address that restores this page as it is, at the figure `id`."""
    chosen = {
        name: text for name, text in st.query_params.items() if name not in SELECTION_KEYS and text
    }
    page = (st.context.url or "").split("?")[0].split("#")[0]
    return f"{page}?{link(selection, chosen, tables)}#{id}"


def _picture(taken: Taken) -> None:
    st.markdown("**Picture**")
    missing = _missing_browser()
    if missing:
        st.caption(f":material/info: {missing}")
        return
    id = taken.figure.id
    labels = {code: sheet.label for code, sheet in SHEETS.items()}
    sheet = st.selectbox(
        "Size",
        list(labels),
        index=list(labels).index(DEFAULT_SHEET),
        format_func=labels.get,
        key=f"size-{id}",
    )
    reason = why_not(taken.figure, sheet, taken.origin)
    if reason:
        st.caption(f":material/info: {reason}")
        return
    with st.container(horizontal=True, gap="small"):
        for format, (label, media_type) in FORMATS.items():
            taken.button(
                label,
                lambda format=format: picture(taken.figure, sheet, format, taken.origin),
                f"{sheet}.{format}",
                media_type,
                "image",
            )


def _data(taken: Taken) -> None:
    st.markdown("**Data**")
    what = taken.figure, taken.tables, taken.selection
    with st.container(horizontal=True, gap="small"):
        taken.button(
            "Excel", lambda: pack.data_xlsx(*what, taken.origin), "workbook", MEDIA_TYPE, "table"
        )
        taken.button("Table (CSV)", lambda: pack.data_csv(*what), "data", "text/csv", "table")
        taken.button(
            "Courses behind it (CSV)", lambda: pack.rows_csv(*what), "rows", "text/csv", "table"
        )
        taken.button(
            "Figure pack (zip)",
            lambda: pack.pack(*what, taken.origin),
            "pack",
            "application/zip",
            "folder_zip",
            help=PACK_HELP,
        )


def _citation(taken: Taken) -> None:
    st.markdown("**How to cite**")
    cited = pack.citation(taken.figure, taken.tables, taken.selection, taken.origin)
    st.code(cited.text, language=None, wrap_lines=True)
    with st.container(horizontal=True, gap="small"):
        taken.button("Text", f"{cited.text}\n".encode, "citation.txt", "text/plain", "notes")
        taken.button("BibTeX", cited.bibtex.encode, "citation.bib", "application/x-bibtex", "notes")
        taken.button(
            "RIS", cited.ris.encode, "citation.ris", "application/x-research-info-systems", "notes"
        )


@st.cache_data(ttl=LOOK_AGAIN, show_spinner=False)
def _missing_browser() -> str:
    return browser.missing()
