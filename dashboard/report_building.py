"""The documents of the report page being made: start, progress, cancel, and the files to take away."""

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import uuid4

import streamlit as st

from dashboard import cards, links, store
from dashboard.exports import chromium, jobs
from dashboard.exports.jobs import Busy, Job, State
from dashboard.exports.origin import origin
from dashboard.exports.parts import DEFAULT_SHEET, in_link
from dashboard.exports.renderer import NO_BROWSER
from dashboard.exports.report_files import ONE_PAGERS, Order, View, make, steps
from dashboard.measures.wording import listing, quantity
from dashboard.selection import Selection
from dashboard.tables import Tables

_JOBS, _OWNER, _REFUSED = "report_jobs", "report_owner", "report_refused"
# Finished documents that a session keeps, and how often a job is looked at.
KEPT, SECONDS = 3, 1.0
MEDIA_TYPES: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "zip": "application/zip",
}
WITHOUT = (
    "Without one, documents have the figures that Word and PowerPoint draw themselves, and packs "
    "have data and words."
)


def show(order: Order, chosen: Mapping[str, str], tables: Tables, selection: Selection) -> None:
    """The button that starts, and what has been started in this session."""
    st.subheader("4. Make them", anchor="make")
    if next(chromium.candidates(), None) is None:
        st.warning(f"{NO_BROWSER} {WITHOUT}", icon=":material/web_asset_off:")
    nothing = not order.wishes and (ONE_PAGERS not in order.documents or not order.countries)
    st.button("Make these documents", type="primary", icon=":material/build:", disabled=nothing,
              key="report-make", on_click=_start,
              args=(order, _view(order, chosen, tables, selection)))  # fmt: skip
    refused = st.session_state.pop(_REFUSED, "")
    if refused:
        st.warning(refused, icon=":material/hourglass_top:")
    held = _held()
    if held:
        at_work = any(not job.is_over for job in held)
        st.fragment(_jobs, run_every=SECONDS if at_work else None)(at_work)


def _view(order: Order, chosen: Mapping[str, str], tables: Tables, selection: Selection) -> View:
    """What the documents are about, with the link of this page."""
    named = dict(chosen) | {
        "parts": in_link(order.wishes),
        "sheet": "" if order.sheet == DEFAULT_SHEET else order.sheet,
        "documents": ",".join(order.documents),
    }
    site = _site()
    address = links.address_of("report", links.link(selection, named, tables), site)
    accessed = datetime.now(UTC).date()
    return View(tables, selection, origin(tables, address, accessed), store.readable(), chosen,
                site)  # fmt: skip


def _site() -> str:
    """Where the dashboard is, as the browser of this person knows it."""
    parts = urlsplit(st.context.url or "")
    base = parts.path.rsplit("/", 1)[0]
    return f"{parts.scheme}://{parts.netloc}{base}" if parts.netloc else ""


def _held() -> list[Job]:
    """The jobs of this session, newest first; with the session they go."""
    return st.session_state.setdefault(_JOBS, [])


def _start(order: Order, view: View) -> None:
    """A callback: make these documents beside the page."""
    owner = st.session_state.setdefault(_OWNER, uuid4().hex)
    kept = [job for job in _held() if job.is_over][: KEPT - 1]
    working = [job for job in _held() if not job.is_over]
    st.session_state[_JOBS] = working + kept
    try:
        what = listing([links.DOCUMENTS[kind] for kind in order.documents], most=4)
        job = jobs.start(owner, f"{order.title}: {what}", steps(order),
                         lambda begin: make(order, view, begin))  # fmt: skip
    except Busy as problem:
        st.session_state[_REFUSED] = str(problem)
        return
    st.session_state[_JOBS] = [job, *working, *kept]


def _jobs(watched: bool) -> None:
    """Every job of the session; once none is at work, the page stops looking."""
    for job in _held():
        with st.container(border=True, key=f"job-{job.id}"):
            _job(job)
    if watched and all(job.is_over for job in _held()):
        st.rerun()


def _job(job: Job) -> None:
    st.markdown(f"**{cards.plain(job.title)}**")
    if not job.is_over:
        st.progress(job.share, text=cards.plain(job.words()))
        st.button("Cancel", key=f"cancel-{job.id}", icon=":material/close:", on_click=job.cancel)
        return
    if job.state is State.FAILED:
        st.error(f"It could not be made: {cards.plain(job.problem)}", icon=":material/error:")
    elif job.state is State.CANCELLED:
        st.caption(":material/cancel: Cancelled. Nothing was kept.")
    else:
        made = quantity(len(job.made.files), "document")
        st.caption(f":material/check: {made.capitalize()} in {max(1, round(job.seconds))} s.")
    for note in job.made.notes:
        st.caption(f":material/info: {cards.plain(note)}")
    with st.container(horizontal=True):
        for name, data in job.made.files.items():
            _file(job, name, data)
        st.button("Clear", key=f"clear-{job.id}", type="tertiary", icon=":material/delete:",
                  on_click=_clear, args=(job,))  # fmt: skip


def _file(job: Job, name: str, data: bytes) -> None:
    what = _LABELS.get(name.partition("_")[0] + "." + name.rpartition(".")[2], name)
    st.download_button(
        f"{what} ({_size(len(data))})", data=lambda: data, file_name=name, on_click="ignore",
        mime=MEDIA_TYPES[name.rpartition(".")[2]], icon=":material/download:",
        key=f"take-{job.id}-{name}",
    )  # fmt: skip


_LABELS = {
    "report.docx": "Word", "report.pptx": "PowerPoint", "figure-packs.zip": "Figure packs",
    "one-pagers.docx": "Country one-pagers",
}  # fmt: skip


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(1, size // 1000)} kB"


def _clear(job: Job) -> None:
    """A callback: let go of a job and of its files."""
    st.session_state[_JOBS] = [other for other in _held() if other is not job]
