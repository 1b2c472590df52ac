"""The edition of a matrix that a person brought: in the memory of their session, nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.edition.tables import Tables
from dashboard.screen.your_matrix.answers import Answer

CODE = "your-matrix"
TITLE = "Your matrix, this session"
_OWN = "_own_edition"


@dataclass(frozen=True, eq=False)
class Own:
    """A workbook that was read, and what came of it.

    `tables`: None when no matrix was found in it; `reading`: the content of `reading.json`;
    `files`: name -> bytes to take away; `answers`: those that it was read with; `seconds`: how long
    the reading took; `size`: bytes in memory, about.
    """

    tables: Tables | None
    reading: Mapping[str, Any]
    name: str
    workbook: bytes
    files: Mapping[str, bytes] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    seconds: float = 0.0
    size: int = 0


def held() -> Own | None:
    """What this session brought, with tables or without.

    None when it brought nothing, and where there is no session at all.
    """
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    return st.session_state.get(_OWN)


def current() -> Tables | None:
    """The tables of what this session brought, None when there are none."""
    own = held()
    return own.tables if own else None


def keep(own: Own | None) -> None:
    """Go on with this matrix, or with none."""
    if own is None:
        st.session_state.pop(_OWN, None)
    else:
        st.session_state[_OWN] = own
