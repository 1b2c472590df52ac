"""Parts of the page *Your matrix*: the place to bring one, progress, what was recognised, limits."""

import pandas as pd
import streamlit as st

from dashboard.edition.tables import Tables
from dashboard.edition.wording import count
from dashboard.exports.data.workbook import MEDIA_TYPE
from dashboard.measures import build_record
from dashboard.screen.frame import cards
from dashboard.screen.your_matrix import findings, process, reading, session
from dashboard.screen.your_matrix.process import AT_ONCE
from dashboard.screen.your_matrix.reading import BroughtMatrix

LONGEST_TITLE = 120
_LOOK = 0.5  # seconds between two looks at a reading


def bring() -> None:
    """The place to drop a workbook, what it is called, and blank ones to fill in."""
    st.subheader("1. Bring a workbook", anchor="bring")
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.file_uploader(
            "Your matrix (.xlsx)",
            type="xlsx",
            max_upload_size=process.MEGABYTES,
            key=session.workbook_key(),
            on_change=session.bring,
            help="One row for each course. Headers in English, French or Spanish.",
        )
        st.caption(
            ":material/lock: Read here and now, for this browser session alone. Nobody else "
            "sees it, and nothing of it stays on the server. Reloading the page forgets it."
        )
    with right:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(
                "Title (optional)",
                key=session.TITLE,
                max_chars=LONGEST_TITLE,
                on_change=session.again,
                placeholder="Name of the file",
            )
            st.date_input(
                "Date of the review (optional)",
                value=None,
                key=session.AS_OF,
                on_change=session.again,
                format="YYYY-MM-DD",
            )
        _blank()


def _blank() -> None:
    st.markdown("**None yet? A blank matrix to fill in**")
    with st.container(horizontal=True, gap="small"):
        for language, label in reading.LANGUAGES.items():
            st.download_button(
                label,
                data=lambda language=language: reading.template(language),
                file_name=f"blank-matrix_{language}.xlsx",
                mime=MEDIA_TYPE,
                on_click="ignore",
                type="tertiary",
                icon=":material/download:",
                key=f"blank-{language}",
            )


def progress() -> None:
    """The reading that is at work, and what the last action came to."""
    told = session.told()
    if told:
        tell, icon = (st.error, "error") if told.is_problem else (st.info, "info")
        tell(cards.plain(told.text), icon=f":material/{icon}:")
    if session.work():
        _watch()


@st.fragment(run_every=_LOOK)
def _watch() -> None:
    job = session.work()
    if job is None:
        st.rerun()  # it was cancelled here; the page around has to say so
    if job.is_over:
        session.settle(job)
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/hourglass_top: {cards.plain(job.words())}")
        st.button(
            "Cancel",
            icon=":material/close:",
            key="own-cancel",
            type="tertiary",
            on_click=session.cancel,
        )


def recognised(own: BroughtMatrix, tables: Tables) -> None:
    """Sheet, header and columns as they were understood, and what became of every row."""
    report = own.reading
    st.subheader("2. What was recognised", anchor="recognised")
    st.markdown(
        f"**{cards.plain(own.name)}**, read in {count(max(1, round(own.seconds)))} s. "
        f"{cards.plain(findings.where_read(report))}"
    )
    if own.tables is None:
        st.warning(
            "No matrix could be read in this workbook. Below stands what is missing, and "
            "where your answer can help.",
            icon=":material/table_view:",
        )
    with st.grid(2, min_column_width=420) as grid:
        with grid.cell():
            _rows(own, tables)
        with grid.cell():
            st.markdown("**Sheets**")
            cards.data_table(
                findings.sheets(report),
                tables,
                height="content",
                alt="Sheets of the workbook, read or left aside",
            )
    if report["columns"]:
        st.markdown("**Columns, and what each was taken for**")
        cards.data_table(
            findings.columns(report),
            tables,
            key="own_columns",
            alt="Columns of the matrix with what each was taken for",
        )


def _rows(own: BroughtMatrix, tables: Tables) -> None:
    st.markdown("**Rows read, and what became of each**")
    if own.tables is None:
        st.caption("None, as long as no matrix is found.")
        return
    rows = build_record.rows_read(own.tables)
    cards.data_table(rows, tables, alt="Rows read and what became of them", height="content")
    first, *others = (count(number) for number in rows["rows"])
    left_out = own.reading["counts"]["rows_left_out"]
    answered = f" {count(left_out)} of those held back you answered to leave out." * bool(left_out)
    st.caption(
        f":material/check: {first} = {' + '.join(others)}. Found: "
        f"{findings.found(own.reading)}.{answered}"
    )


def limits(tables: Tables) -> None:
    """What a workbook may take, and how long it is kept."""
    st.subheader("Limits", anchor="limits")
    seconds = (
        f"{process.PROCESSOR_SECONDS} seconds of processor time, {process.SECONDS} seconds in all"
    )
    rows = [
        ("File", f"an Excel workbook (.xlsx) of at most {process.MEGABYTES} MB"),
        ("Rows", f"at most {count(process.ROWS)} filled ones"),
        ("Memory of the reading", f"at most {count(process.MEMORY_MB)} MB"),
        ("Time of the reading", f"at most {seconds}"),
        ("Readings at once", f"{AT_ONCE} for everybody together; the next ones wait their turn"),
        ("Where it is read", "in a process of its own, which opens no link and runs no macro"),
        ("How long it is kept", "in memory, until you let it go, reload the page or close it"),
    ]
    cards.data_table(
        pd.DataFrame(rows, columns=["limit", "limit_value"]),
        tables,
        alt="Limits of a workbook",
        height="content",
    )
