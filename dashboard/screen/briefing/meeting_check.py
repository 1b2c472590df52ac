"""Before the meeting: the check of the storyline, run beside the page, and what it has found."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd
import streamlit as st

from dashboard.charts.typeset.slide import Screen
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import listing
from dashboard.exports.meeting_check.check import LAID_OUT, Checked, Finding, check, steps
from dashboard.exports.meeting_check.faults import Severity, name_of
from dashboard.exports.steps import Made
from dashboard.screen.briefing.window import ABOVE, BESIDE, UNDER
from dashboard.screen.frame import cards, my_storyline, navigation
from dashboard.screen.frame.document_desk import SECONDS, Desk
from dashboard.screen.frame.editions import readable
from dashboard.screen.frame.jobs import Job, State
from dashboard.screen.frame.my_storyline import NUMBER
from dashboard.views.storyline import Storyline

_CHECK = "meeting_check"
# As projectors and shared screens have them.
SCREENS = tuple(
    Screen(width, height, width - 2 * BESIDE, height - ABOVE - UNDER)
    for width, height in ((1920, 1080), (1280, 720), (1024, 768))
)
_DESK = Desk("meeting_check", str)


@dataclass
class _Check:
    """A check of this session: what it was about, and what it found once it is done."""

    job: Job
    about: tuple[object, ...]
    found: list[Checked] = field(default_factory=list)


def show(tables: Tables, selection: Selection) -> None:
    """The button that starts a check, how far it is, and what the last one has found."""
    story = my_storyline.current()
    screens = listing([name_of(screen) for screen in SCREENS])
    st.subheader("Before the meeting", anchor="before-the-meeting")
    st.caption(
        f"Makes every slide once for screens of {screens} pixels, and says what is missing or too "
        "long, what does not fit, and whether a slide asks anything of another machine."
    )
    last: _Check | None = st.session_state.get(_CHECK)
    at_work = bool(last and not last.job.is_over)
    st.button(
        "Check the storyline",
        icon=":material/fact_check:",
        key="check-meeting",
        on_click=_start,
        args=(story, tables, selection),
        disabled=at_work or not story.slides,
    )
    refused = st.session_state.pop("meeting_check_refused", "")
    if refused:
        st.warning(refused, icon=":material/hourglass_top:")
    if last and at_work:
        st.fragment(_progress, run_every=SECONDS)(last.job)
    elif last:
        _outcome(last, story, tables, selection)


def _start(story: Storyline, tables: Tables, selection: Selection) -> None:
    """A callback: check this storyline beside the page."""
    found: list[Checked] = []
    # As it is now: an edition that is built later is not looked at halfway.
    editions = readable()

    def work(begin) -> Made:
        found.append(check(story, tables, selection, editions, SCREENS, begin))
        return Made({})

    before = set(_DESK.held())
    _DESK.start("Check of the storyline", steps(story, SCREENS), work)
    started = [job for job in _DESK.held() if job not in before]
    if started:
        about = _about(story, tables, selection)
        st.session_state[_CHECK] = _Check(started[0], about, found)


def _about(story: Storyline, tables: Tables, selection: Selection) -> tuple[object, ...]:
    """What a check depends on: another one is due when it has changed."""
    return story.without_minutes(), selection, tables.edition, tables.signature


def _progress(job: Job) -> None:
    st.progress(job.share, text=cards.plain(job.words()))
    st.button("Cancel", key="check-cancel", icon=":material/close:", on_click=job.cancel)
    if job.is_over:
        st.rerun()


# --- what was found -------------------------------------------------------------------------------


def _outcome(last: _Check, story: Storyline, tables: Tables, selection: Selection) -> None:
    if last.job.state is State.CANCELLED:
        st.caption(":material/cancel: The check was cancelled.")
        return
    if last.job.state is State.FAILED:
        problem = cards.plain(last.job.problem)
        st.error(f"The check did not come to its end: {problem}", icon=":material/error:")
        return
    found = last.found[0]
    if last.about != _about(story, tables, selection):
        st.info(
            "The storyline, or what is chosen, has changed since this check.",
            icon=":material/update:",
        )
    tell, icon = (st.success, "task_alt") if found.is_ready else (st.warning, "warning")
    tell(cards.plain(found.verdict), icon=f":material/{icon}:")
    if found.findings:
        _findings(found.findings, found.screens, tables)
    st.caption(LAID_OUT)


def _findings(findings: Sequence[Finding], screens: Sequence[str], tables: Tables) -> None:
    """What was found, problems first, and the way to each slide that has something."""
    order = list(Severity)
    numbers = list(dict.fromkeys(one.number for one in findings))
    findings = sorted(findings, key=lambda one: (order.index(one.severity), one.number))
    frame = pd.DataFrame(
        {
            "slide_number": [one.number for one in findings],
            "severity": [one.severity.value for one in findings],
            "fault_kind": [one.kind.value for one in findings],
            "what_is_wrong": [one.what for one in findings],
            "what_to_do": [one.do for one in findings],
            "on_screens": [_where(one, screens) for one in findings],
            "slide_title": [one.title for one in findings],
        }
    )
    cards.data_table(frame, tables, alt="What the check has found")
    with st.container(horizontal=True):
        for number in numbers:
            st.button(
                f"Open slide {number}",
                key=f"check-slide-{number}",
                type="tertiary",
                icon=":material/slideshow:",
                on_click=navigation.go_to,
                args=("briefing",),
                kwargs={NUMBER: str(number)},
            )


def _where(finding: Finding, screens: Sequence[str]) -> str:
    everywhere = not finding.screens or len(finding.screens) == len(screens)
    return "Every screen" if everywhere else listing(list(finding.screens))
