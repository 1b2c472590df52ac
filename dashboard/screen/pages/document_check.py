"""Checking a document that was made here and edited later: which numbers do the data still support?"""

import pandas as pd
import streamlit as st

from dashboard.edition.tables import Tables
from dashboard.edition.wording import count, quantity
from dashboard.exports.checked_numbers.registry import (
    REASONS,
    Checked,
    NotADocument,
    Stale,
    checked,
)
from dashboard.screen.frame import cards
from dashboard.screen.frame.editions import readable

KINDS = ("docx", "pptx")
LARGEST = 50  # MB
_RESULT = "document_checked"


def show(tables: Tables) -> None:
    """The place to drop a document, and what the current data say to its numbers."""
    st.subheader("Check a document", anchor="check")
    st.caption(
        "A Word or PowerPoint file that was made here and edited since. Its numbers are found "
        "by their marks and computed again for the filters that the document remembers. The "
        "file is read and forgotten."
    )
    given = st.file_uploader(
        "Document to check", type=list(KINDS), max_upload_size=LARGEST, key="document"
    )
    if given is None:
        st.session_state.pop(_RESULT, None)
        return
    kind = given.name.rpartition(".")[2].lower()
    try:
        result = _once(given.file_id, given.getvalue(), kind)
    except NotADocument as problem:
        st.error(cards.plain(str(problem)), icon=":material/error:")
        return
    _tell(result, given.name, tables)


def _once(file_id: str, data: bytes, kind: str) -> Checked:
    """The result for this file, computed once for as long as the data stay the same."""
    editions = readable()
    asked = (file_id, tuple(tables.signature for tables in editions.values()))
    kept = st.session_state.get(_RESULT)
    if kept is None or kept[0] != asked:
        with st.spinner("Computing the numbers of the document again"):
            kept = asked, checked(data, kind, editions)
        st.session_state[_RESULT] = kept
    return kept[1]


def _tell(result: Checked, name: str, tables: Tables) -> None:
    stale, of = len(result.stale), result.numbers
    if not of:
        cards.empty(
            f"No marked number was found in {name}. Only documents that were made here have "
            "them, and some programs take them out."
        )
    elif not stale:
        st.success(
            f"The data support all {quantity(of, 'number')} of the document.",
            icon=":material/check_circle:",
        )
    else:
        verb = "is" if stale == 1 else "are"
        st.warning(
            f"Of {quantity(of, 'number')} in the document, {count(stale)} {verb} not "
            "supported by the current data.",
            icon=":material/rule:",
        )
        cards.data_table(
            pd.DataFrame(map(_row, result.stale)),
            tables,
            key="stale_numbers",
            alt="Numbers that the data no longer support, one row each",
        )


def _row(one: Stale) -> dict[str, str]:
    why = REASONS[one.why]
    return {
        "where": one.where,
        "number": one.label,
        "in_document": one.stands,
        "old_value": one.old,
        "new_value": one.new,
        "why_stale": f"{why}: {one.detail}" if one.detail else why,
        "number_id": one.id,
    }
