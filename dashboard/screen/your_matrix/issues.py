"""Part of the page *Your matrix*: every issue with its cells, those first whose fixing pays most."""

import streamlit as st

from dashboard.edition.tables import Tables
from dashboard.edition.wording import count, counted
from dashboard.exports.data.workbook import MEDIA_TYPE
from dashboard.screen.frame import cards
from dashboard.screen.your_matrix import findings, reading
from dashboard.screen.your_matrix.reading import BroughtMatrix

_TABLE = "own_issues"
# Rows of one group that are shown; the file has all.
SHOWN = 200
_HEIGHT = 420  # px of a table that scrolls inside itself


def show(own: BroughtMatrix, tables: Tables) -> None:
    """The groups of issues, the cells of the one that is chosen, and files with all of them."""
    report = own.reading
    groups = findings.groups(report)
    st.subheader("3. Issues, in the order in which fixing pays most", anchor="issues")
    if not groups:
        st.caption(":material/check: Nothing to mend: every cell was read.")
        return
    more = report["groups_total"] > len(report["groups"])
    cut = f" The first {count(len(groups))} kinds are shown; the file has all." * more
    st.caption(
        f"{counted(len(groups), 'kind')} of issues. Choose a row to see its cells one by one.{cut}"
    )
    frame = findings.issues_table(groups)
    height = _HEIGHT if len(groups) > 10 else "content"
    chosen = cards.data_table(
        frame,
        tables,
        alt="Kinds of issues of the workbook",
        key=_TABLE,
        on_select="rerun",
        selection_mode="single-row",
        height=height,
    )
    rows = [row for row in chosen.selection.rows if row < len(groups)]
    if rows:
        _one(own, groups[rows[0]], tables)
    _files(own)


def _one(own: BroughtMatrix, group: dict, tables: Tables) -> None:
    rows = findings.issues_of(own.reading, group)
    more = f"; the first {count(SHOWN)} are shown" * (len(rows) > SHOWN)
    st.markdown(f"**{cards.plain(group['title'])}**{more}")
    cards.data_table(rows.head(SHOWN), tables, alt=f"Cells of: {group['title']}", height="content")


def _files(own: BroughtMatrix) -> None:
    """The workbook with every issue in its cell, and the list of issues."""
    with st.container(horizontal=True, gap="small"):
        if reading.MARKED in own.files:
            _button(own, reading.MARKED, "Workbook with every issue marked in its cell", MEDIA_TYPE)
        if reading.ISSUES in own.files:
            _button(own, reading.ISSUES, "List of issues (CSV)", "text/csv")
    marked = own.reading["marked"]
    if marked["why"]:
        st.caption(f":material/info: There is no marked copy. {cards.plain(marked['why'])}")
    elif marked["macros"]:
        st.caption(":material/info: Macros were left out of the marked copy.")


def _button(own: BroughtMatrix, file: str, label: str, media_type: str) -> None:
    stem = own.name.rpartition(".")[0] or own.name
    st.download_button(
        label,
        data=lambda: own.files[file],
        file_name=f"{stem}_{file}",
        mime=media_type,
        on_click="ignore",
        icon=":material/download:",
        key=f"own-{file}",
    )
