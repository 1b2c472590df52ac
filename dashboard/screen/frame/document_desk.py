"""Documents made beside a page: start, progress, cancel, and the files to take away.

Each page that makes documents has a desk of its own in a session; what a person may have made at
once is counted over all of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import uuid4

import streamlit as st

from dashboard.edition.wording import quantity
from dashboard.exports.pictures import browser
from dashboard.exports.pictures.browser import NO_BROWSER
from dashboard.exports.steps import Step, Work
from dashboard.screen.frame import cards, jobs
from dashboard.screen.frame.jobs import Busy, Job, State

_OWNER = "document_owner"
# Finished documents that a session keeps on a page, and how often a job is looked at.
KEPT, SECONDS = 3, 1.0
MEDIA_TYPES: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "zip": "application/zip",
}


@dataclass(frozen=True)
class Desk:
    """Where the documents of one page are made. `name`: of the page; `label`: name of a file ->
    what it is, for people."""

    name: str
    label: Callable[[str], str]

    def held(self) -> list[Job]:
        """The jobs of this session, newest first; with the session they go."""
        return st.session_state.setdefault(f"{self.name}_jobs", [])

    def start(self, title: str, steps: Sequence[Step], work: Work) -> None:
        """In a callback: make documents beside the page, or say in the next run why not."""
        owner = st.session_state.setdefault(_OWNER, uuid4().hex)
        kept = [job for job in self.held() if job.is_over][: KEPT - 1]
        working = [job for job in self.held() if not job.is_over]
        # What is let go of makes room for what is started.
        st.session_state[f"{self.name}_jobs"] = working + kept
        try:
            job = jobs.start(owner, title, steps, work)
        except Busy as problem:
            st.session_state[f"{self.name}_refused"] = str(problem)
            return
        st.session_state[f"{self.name}_jobs"] = [job, *working, *kept]

    def show(self) -> None:
        """What has been started here in this session, and why nothing more was."""
        refused = st.session_state.pop(f"{self.name}_refused", "")
        if refused:
            st.warning(refused, icon=":material/hourglass_top:")
        if self.held():
            at_work = any(not job.is_over for job in self.held())
            st.fragment(self._jobs, run_every=SECONDS if at_work else None)(at_work)

    def _jobs(self, watched: bool) -> None:
        """Every job of the session; once none is at work, the page stops looking."""
        for job in self.held():
            with st.container(border=True, key=f"job-{job.id}"):
                self._job(job)
        if watched and all(job.is_over for job in self.held()):
            st.rerun()

    def _job(self, job: Job) -> None:
        st.markdown(f"**{cards.plain(job.title)}**")
        if not job.is_over:
            st.progress(job.share, text=cards.plain(job.words()))
            st.button(
                "Cancel", key=f"cancel-{job.id}", icon=":material/close:", on_click=job.cancel
            )
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
                self._file(job, name, data)
            st.button(
                "Clear",
                key=f"clear-{job.id}",
                type="tertiary",
                icon=":material/delete:",
                on_click=self._clear,
                args=(job,),
            )

    def _file(self, job: Job, name: str, data: bytes) -> None:
        st.download_button(
            f"{self.label(name)} ({_size(len(data))})",
            data=lambda: data,
            file_name=name,
            mime=MEDIA_TYPES[name.rpartition(".")[2]],
            icon=":material/download:",
            on_click="ignore",
            key=f"take-{job.id}-{name}",
        )

    def _clear(self, job: Job) -> None:
        """A callback: let go of a job and of its files."""
        st.session_state[f"{self.name}_jobs"] = [one for one in self.held() if one is not job]


def warn_without_browser(without: str) -> None:
    """Says, where no browser can draw, what to do, and what documents are like without one."""
    if next(browser.candidates(), None) is None:
        st.warning(f"{NO_BROWSER} {without}", icon=":material/web_asset_off:")


def site() -> str:
    """Where the dashboard is, as the browser of this person knows it."""
    parts = urlsplit(st.context.url or "")
    base = parts.path.rsplit("/", 1)[0]
    return f"{parts.scheme}://{parts.netloc}{base}" if parts.netloc else ""


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(1, size // 1000)} kB"
