"""What happens to a person's matrix in their session: brought, read, answered, used, let go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.edition.wording import counted
from dashboard.screen.frame import address, editions
from dashboard.screen.your_matrix import answers, jobs
from dashboard.screen.your_matrix.answers import Answer, NotAnswers
from dashboard.screen.your_matrix.jobs import Busy, Job, State
from dashboard.screen.your_matrix.reading import BroughtMatrix, Request

_OWN = "_own_edition"
TITLE, AS_OF = "own_title", "own_as_of"
_WORK, _TOLD, _ANSWERS, _PENDING, _TIMES, _DROPPED = (
    "_own_work",
    "_own_told",
    "_own_answers",
    "_own_pending",
    "_own_times",
    "_own_dropped",
)


@dataclass(frozen=True)
class Told:
    """What the last action came to, for people."""

    text: str
    is_problem: bool = True


def held() -> BroughtMatrix | None:
    """What this session brought, with tables or without; None when it brought nothing."""
    return st.session_state.get(_OWN)


def keep(own: BroughtMatrix | None) -> None:
    """Go on with this matrix, or with none; every page is told."""
    st.session_state[_OWN] = own
    editions.bring(own.tables if own else None)


def workbook_key() -> str:
    """Key of the place to drop a workbook; another one once a matrix was let go."""
    return f"own_workbook_{st.session_state.get(_TIMES, 0)}"


def work() -> Job | None:
    """The reading that is at work in this session, or over and not yet settled."""
    return st.session_state.get(_WORK)


def told() -> Told | None:
    """What the last action came to, until the next one."""
    return st.session_state.get(_TOLD)


def pending() -> dict[str, tuple[str, ...]]:
    """Answers that are chosen and not applied: id of the group of issues -> codes."""
    return st.session_state.setdefault(_PENDING, {})


def given_answers() -> tuple[Answer, ...]:
    """The answers that the next reading is made with."""
    return st.session_state.get(_ANSWERS, ())


# --- callbacks ------------------------------------------------------------------------------------


def bring() -> None:
    """A callback: read the workbook that was dropped."""
    given = st.session_state[workbook_key()]
    if given is not None:
        st.session_state.setdefault(_DROPPED, []).append(given.file_id)
        _start(given.getvalue(), given.name)


def again() -> None:
    """A callback: read the same workbook again, if there is one."""
    own = held()
    given = st.session_state.get(workbook_key())
    if own:
        _start(own.workbook, own.name)
    elif given is not None:
        _start(given.getvalue(), given.name)


def choose(group: str, codes: Sequence[str]) -> None:
    """A callback: note what is answered about a group of issues; nothing takes it back."""
    pending().pop(group, None)
    if codes:
        pending()[group] = tuple(codes)


def forget_pending() -> None:
    """A callback: none of the answers that are not applied."""
    st.session_state[_PENDING] = {}


def apply() -> None:
    """A callback: read again with what was chosen."""
    own = held()
    if own is None:
        return
    choices = own.reading["choices"]
    new = [
        answers.answer(
            group["question"], pending()[group["id"]], choices.get(group["question"]["more"], ())
        )
        for group in own.reading["groups"]
        if group["question"] and group["id"] in pending()
    ]
    _answer(answers.joined(given_answers(), new))


def undo(answer: Answer) -> None:
    """A callback: read again without this answer."""
    _answer(tuple(one for one in given_answers() if one != answer))


def load(key: str) -> None:
    """A callback: take over the answers of a zip file, and read again with them."""
    given = st.session_state[key]
    if given is None:
        return
    try:
        new = answers.unzipped(given.getvalue())
    except NotAnswers as problem:
        _tell(f"The answers of {given.name} were not loaded. {problem}")
        return
    _answer(answers.joined(given_answers(), new))
    if held() is None:
        _tell(f"{counted(len(new), 'answer').capitalize()} loaded, for the next workbook.", False)


def cancel() -> None:
    """A callback: stop the reading; what was read before stays."""
    job = st.session_state.pop(_WORK, None)
    if job:
        job.cancel()
        _roll_back()
        _tell("Cancelled. Nothing of that reading was kept.", False)


def let_go() -> None:
    """A callback: forget the matrix and everything about it."""
    cancel()
    keep(None)
    for key in (_TOLD, _ANSWERS, _PENDING):
        st.session_state.pop(key, None)
    _forget_dropped()
    # An uploader shows its file for as long as it has its key.
    st.session_state[_TIMES] = st.session_state.get(_TIMES, 0) + 1
    if st.session_state.get("edition") == editions.CODE:
        address.put("edition")


def _forget_dropped() -> None:
    """Streamlit itself would hold every file that was dropped until the session ends."""
    context = get_script_run_ctx(suppress_warning=True)
    for file in st.session_state.pop(_DROPPED, ()):
        if context:
            context.uploaded_file_mgr.remove_file(context.session_id, file)


def settle(job: Job) -> None:
    """Take over what a reading has come to. The page must be drawn again after it."""
    st.session_state.pop(_WORK, None)
    if job.state is State.DONE and job.own:
        keep(job.own)
        st.session_state.pop(_TOLD, None)
        asked = {group["id"] for group in job.own.reading["groups"] if group["question"]}
        st.session_state[_PENDING] = {
            group: codes for group, codes in pending().items() if group in asked
        }
    elif job.state is State.FAILED:
        _roll_back()
        own = held()
        stays = f" What was read of {own.name} stays as it was." if own else ""
        _tell(f"{job.problem}{stays}")


# --- the work -------------------------------------------------------------------------------------


def _answer(new: tuple[Answer, ...]) -> None:
    st.session_state[_ANSWERS] = new
    again()


def _start(workbook: bytes, name: str) -> None:
    before = work()
    if before:
        before.cancel()
    st.session_state.pop(_WORK, None)
    st.session_state.pop(_TOLD, None)
    as_of: Any = st.session_state.get(AS_OF)
    request = Request(
        workbook,
        name,
        given_answers(),
        st.session_state.get(TITLE, ""),
        as_of.isoformat() if isinstance(as_of, date) else "",
    )
    try:
        st.session_state[_WORK] = jobs.start(request)
    except Busy as problem:
        _roll_back()
        _tell(str(problem))


def _roll_back() -> None:
    """A reading that came to nothing leaves the answers of the one that stands."""
    own = held()
    st.session_state[_ANSWERS] = own.answers if own else ()


def _tell(text: str, is_problem: bool = True) -> None:
    st.session_state[_TOLD] = Told(text, is_problem)
