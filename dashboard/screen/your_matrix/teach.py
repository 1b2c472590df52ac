"""Part of the page *Your matrix*: what a person can answer, and what they have answered."""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import streamlit as st

from dashboard.edition.wording import count, quantity
from dashboard.screen.frame import cards
from dashboard.screen.your_matrix import answers, findings, session
from dashboard.screen.your_matrix.answers import LEAVE_OUT, Answer
from dashboard.screen.your_matrix.reading import BroughtMatrix

# Questions and answers that are drawn at once; the next ones are a press away.
QUESTIONS, ANSWERS = 12, 20
_LARGEST_ZIP = 1  # MB
_LEAVE_OUT = "Leave it out"
_UPLOAD = "own_answers_file"
# Where Markdown would begin to see an address; a sign without width keeps it from that.
_ADDRESS, _JOINER = re.compile(r"www(?=\.)|:(?=//)|\w(?=@)"), "\u2060"

Group = Mapping[str, Any]


def teach(own: BroughtMatrix) -> None:
    """A question for each group of issues that an answer can settle, and the button to apply."""
    groups = [group for group in findings.groups(own.reading) if group["question"]]
    st.subheader("4. Teach it", anchor="teach")
    if not groups:
        st.caption(":material/check: No question is open.")
        return
    st.caption(
        "What you answer holds for this matrix alone, and is kept apart from what was read. "
        "Nothing is guessed: what you do not answer stays as it is."
    )
    first = _part("own_questions_from", len(groups), QUESTIONS, "Questions")
    with st.grid(3, min_column_width=300, gap="medium", border=True) as grid:
        for group in groups[first : first + QUESTIONS]:
            with grid.cell():
                _question(group, own.reading["choices"])
    chosen = sum(group["id"] in session.pending() for group in groups)
    with st.container(horizontal=True, vertical_alignment="center"):
        label = f"Apply {quantity(chosen, 'answer')}" if chosen else "Apply"
        st.button(
            label,
            icon=":material/school:",
            disabled=not chosen,
            key="own-apply",
            on_click=session.apply,
        )
        if chosen:
            st.button(
                "Forget them", type="tertiary", key="own-forget", on_click=session.forget_pending
            )


def _part(key: str, of: int, size: int, what: str) -> int:
    """The place of the first of those that are drawn, with buttons to move on."""
    first = min(st.session_state.get(key, 0), (of - 1) // size * size)
    if of <= size:
        return 0

    def move(to: int) -> None:
        st.session_state[key] = to

    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Earlier",
            key=f"{key}-earlier",
            icon=":material/chevron_left:",
            type="tertiary",
            disabled=first == 0,
            on_click=move,
            args=(first - size,),
        )
        st.caption(
            f"{what} {count(first + 1)} to {count(min(first + size, of))} of {count(of)}",
            width="content",
        )
        st.button(
            "Later",
            key=f"{key}-later",
            icon=":material/chevron_right:",
            type="tertiary",
            disabled=first + size >= of,
            on_click=move,
            args=(first + size,),
        )
    return first


def _question(group: Group, choices: Mapping[str, Sequence[Mapping]]) -> None:
    question = group["question"]
    labels = _labels(question, choices.get(question["more"], ()))
    key = f"own-q-{sha256(group['id'].encode()).hexdigest()[:16]}"
    now = list(session.pending().get(group["id"], ()))

    def noted() -> None:
        chosen = st.session_state[key]
        session.choose(
            group["id"], chosen if isinstance(chosen, list) else [chosen] if chosen else []
        )

    more: dict[str, Any] = {
        "key": key,
        "on_change": noted,
        "format_func": lambda c: labels.get(c, c),
    }
    if question["many"]:
        st.session_state[key] = [code for code in now if code in labels]
        st.multiselect(_asked(group), list(labels), placeholder="Not answered", **more)
    else:
        st.session_state[key] = now[0] if now else None
        typed = question["kind"] == "value"
        hint = f"Not answered; for example {question['example']}" if typed else "Not answered"
        st.selectbox(
            _asked(group),
            list(labels),
            index=None,
            placeholder=hint,
            accept_new_options=typed,
            **more,
        )
    st.caption(_unlinked(_facts(group)))


def _unlinked(text: str) -> str:
    """Text from a cell for a label: addresses in it do not become links."""
    return _ADDRESS.sub(rf"\g<0>{_JOINER}", cards.plain(text))


def _asked(group: Group) -> str:
    question = group["question"]
    if question["kind"] == "needed-column":
        return f"Which column is “{cards.plain(group['field_label'])}”?"
    value = _unlinked(group["value"])
    if question["kind"] == "column":
        return f"The column “{value}” is"
    return (
        f"“{value}” is"
        if not group["field_label"]
        else (f"{cards.plain(group['field_label'])}: “{value}” is")
    )


def _labels(question: Mapping[str, Any], more: Sequence[Mapping]) -> dict[str, str]:
    """Code -> label of what can be answered: the likely first, then leaving out, then all others."""
    labels = {one["code"]: one["label"] for one in question["candidates"]}
    if question["can_leave_out"]:
        labels[LEAVE_OUT] = _LEAVE_OUT
    for one in more:
        read = " (another column is read for it)" * bool(one.get("is_read"))
        labels.setdefault(one["code"], f"{one['label']}{read}")
    return labels


def _facts(group: Group) -> str:
    """What stands there and what an answer brings."""
    examples = group["question"].get("examples") or ()
    where = findings.cells(group, most=4)
    brings = findings.brings(group)
    facts = (where, f"an answer brings {brings}" if brings else "", " / ".join(examples[:3]))
    return " · ".join(filter(None, facts))


def given(own: BroughtMatrix | None) -> None:
    """What was answered, each with a way back, and the answers as a file."""
    given = own.answers if own else session.given_answers()
    st.subheader("Answered by you", anchor="answered")
    if own and given:
        told = findings.used_answers(own.reading, given)
        first = _part("own_answers_from", len(told), ANSWERS, "Answers")
        for number, (answer, said, used) in enumerate(told[first : first + ANSWERS], start=first):
            _answered(number, answer, said, used)
    elif not given:
        st.caption("Nothing yet. Everything above is what the program read by itself.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if given:
            st.download_button(
                "Your answers (zip)",
                data=lambda: answers.zipped(given),
                file_name="answers.zip",
                mime="application/zip",
                on_click="ignore",
                icon=":material/download:",
                key="own-answers",
            )
        with st.popover("Load answers", icon=":material/upload:"):
            st.file_uploader(
                "Answers that were downloaded here (.zip)",
                type="zip",
                key=_UPLOAD,
                max_upload_size=_LARGEST_ZIP,
                on_change=session.load,
                args=(_UPLOAD,),
            )


def _answered(number: int, answer: Answer, said: str, used: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":material/person: {_unlinked(said)}", width="content")
        st.caption(f"Used in {quantity(used, 'place')}", width="content")
        st.button(
            "Undo",
            key=f"own-undo-{number}",
            type="tertiary",
            icon=":material/undo:",
            on_click=session.undo,
            args=(answer,),
        )
