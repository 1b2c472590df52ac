"""The documents of the report page being made, from what was chosen there."""

from collections.abc import Mapping
from datetime import UTC, datetime

import streamlit as st

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import listing
from dashboard.exports.documents.report_files import ONE_PAGERS, Order, View, make, steps
from dashboard.exports.origin import origin
from dashboard.screen.frame.document_desk import Desk, site, warn_without_browser
from dashboard.screen.frame.editions import readable
from dashboard.views import links
from dashboard.views.wishes import DEFAULT_SHEET, in_link

WITHOUT = (
    "Without one, documents have the figures that Word and PowerPoint draw themselves, and packs "
    "have data and words."
)
_LABELS = {
    "report.docx": "Word",
    "report.pptx": "PowerPoint",
    "figure-packs.zip": "Figure packs",
    "one-pagers.docx": "Country one-pagers",
}


def show(order: Order, chosen: Mapping[str, str], tables: Tables, selection: Selection) -> None:
    """The button that starts, and what has been started in this session."""
    st.subheader("4. Make them", anchor="make")
    warn_without_browser(WITHOUT)
    nothing = not order.wishes and (ONE_PAGERS not in order.documents or not order.countries)
    st.button(
        "Make these documents",
        icon=":material/build:",
        disabled=nothing,
        key="report-make",
        on_click=_start,
        args=(order, _view(order, chosen, tables, selection)),
    )
    DESK.show()


def _view(order: Order, chosen: Mapping[str, str], tables: Tables, selection: Selection) -> View:
    """What the documents are about, with the link of this page."""
    named = dict(chosen) | {
        "parts": in_link(order.wishes),
        "sheet": "" if order.sheet == DEFAULT_SHEET else order.sheet,
        "documents": ",".join(order.documents),
    }
    address = links.address_of("report", links.link(selection, named, tables), site())
    accessed = datetime.now(UTC).date()
    return View(tables, selection, origin(tables, address, accessed), readable(), chosen, site())


def _start(order: Order, view: View) -> None:
    """A callback: make these documents beside the page."""
    what = listing([links.DOCUMENTS[kind] for kind in order.documents], most=4)
    DESK.start(f"{order.title}: {what}", steps(order), lambda begin: make(order, view, begin))


def _label(name: str) -> str:
    return _LABELS.get(f"{name.partition('_')[0]}.{name.rpartition('.')[2]}", name)


DESK = Desk("report", _label)
