"""Two codings in the session of a person: compared, decided about, let go. All in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import streamlit as st

from dashboard.screen.your_matrix import coders_reading
from dashboard.screen.your_matrix.coders_reading import (
    MOST_WORKBOOKS,
    Comparison,
    Decision,
    NotCompared,
    Workbook,
)
from dashboard.screen.your_matrix.process import turns

WHO = "coders_who"
_HELD, _PROBLEM, _TIMES = "_coders_held", "_coders_problem", "_coders_times"
_LONGEST_WAIT = 60  # seconds for one's turn
_BUSY = "Many people have a matrix read just now: try again in a minute."


@dataclass
class Held:
    """A comparison, what was decided since, and the comparison with those decisions."""

    comparison: Comparison
    decided: dict[str, Decision] = field(default_factory=dict)
    resolved: Comparison | None = None


def held() -> Held | None:
    """The comparison of this session; None when there is none."""
    return st.session_state.get(_HELD)


def problem() -> str:
    """What went wrong with the last action; empty when nothing did."""
    return st.session_state.get(_PROBLEM, "")


def key(name: str) -> str:
    """Key of a widget; another one once a comparison was let go, which empties the widget."""
    return f"coders_{name}_{st.session_state.get(_TIMES, 0)}"


def compare(given: Sequence[Workbook], coders: Sequence[str] = ()) -> None:
    """Compare these workbooks; decisions about other ones are forgotten."""
    before = held()
    if len(given) > MOST_WORKBOOKS:
        st.session_state[_PROBLEM] = "Give one workbook with two codings, or two workbooks."
        return
    found = _run(given, (), coders)
    if found:
        same = (
            before
            and before.comparison.workbooks == tuple(given)
            and (before.comparison.coders == found.coders)
        )
        st.session_state[_HELD] = Held(found, before.decided if same else {})


def resolve() -> None:
    """Compare once more with everything that was decided."""
    now = held()
    if now:
        now.resolved = _run(
            now.comparison.workbooks,
            now.decided.values(),
            now.comparison.coders if now.comparison.report["other_coders"] else (),
        )


def _run(given: Sequence[Workbook], decided, coders: Sequence[str]) -> Comparison | None:
    st.session_state.pop(_PROBLEM, None)
    # The readings of the page Your matrix and these share the machine.
    if not turns.acquire(timeout=_LONGEST_WAIT):
        st.session_state[_PROBLEM] = _BUSY
        return None
    try:
        return coders_reading.compare(given, decided, coders)
    except NotCompared as error:
        st.session_state[_PROBLEM] = str(error)
        return None
    finally:
        turns.release()


# --- callbacks ------------------------------------------------------------------------------------


def decide(course: str, following: str) -> None:
    """A callback: keep what the form says about a course, and go on to the next one."""
    now = held()
    level, who = (st.session_state.get(key(f"{name}_{course}")) for name in ("level", "who"))
    if now is None:
        return
    if not level or not (who or "").strip():
        st.session_state[_PROBLEM] = "A decision needs a level and the name of who decided."
        return
    why = st.session_state.get(key(f"why_{course}")) or ""
    today = datetime.now(UTC).date().isoformat()
    now.decided[course] = Decision(
        course, level, " ".join(who.split()), today, " ".join(why.split())
    )
    now.resolved = None
    st.session_state.pop(_PROBLEM, None)
    st.session_state[WHO] = now.decided[course].decided_by
    st.session_state[key("course")] = following


def take_back(course: str) -> None:
    """A callback: the course is open again."""
    now = held()
    if now:
        now.decided.pop(course, None)
        now.resolved = None
        st.session_state.pop(_PROBLEM, None)


def load(levels: Sequence[str]) -> None:
    """A callback: take over the decisions of a file that was made here."""
    now, given = held(), st.session_state.get(key("decisions"))
    if now is None or given is None:
        return
    st.session_state.pop(_PROBLEM, None)
    try:
        courses = now.comparison.codings["course_id"]
        now.decided |= coders_reading.read(given.getvalue(), levels, courses)
        now.resolved = None
    except NotCompared as error:
        st.session_state[_PROBLEM] = f"{given.name} was not loaded. {error}"


def let_go() -> None:
    """A callback: forget the codings and everything about them."""
    for name in (_HELD, _PROBLEM, WHO):
        st.session_state.pop(name, None)
    # An uploader keeps its files for as long as it has its key.
    st.session_state[_TIMES] = st.session_state.get(_TIMES, 0) + 1
