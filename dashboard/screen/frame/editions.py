"""The editions of this session: those that were built, and that of a matrix that a person brought.

The tables of a brought matrix are in the memory of its session, nowhere else.
"""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.edition import store
from dashboard.edition.store import Edition
from dashboard.edition.tables import Tables

CODE = "your-matrix"
_BROUGHT = "_brought_tables"


def current() -> Tables | None:
    """The tables of what this session brought; None without any, and where there is no session."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    return st.session_state.get(_BROUGHT)


def bring(tables: Tables | None) -> None:
    """Offer these tables beside the built editions from now on, or none."""
    st.session_state[_BROUGHT] = tables


def offered() -> list[Edition]:
    """What can be chosen, the default edition first. Raises `store.TablesMissing`."""
    return store.editions(current())


def load(code: str) -> Tables:
    """Tables of one of them. Raises `store.TablesMissing` and `store.TablesDamaged`."""
    return store.load(code, current())


def readable() -> dict[str, Tables]:
    """The tables of all that can be read, by code, the default edition first."""
    return store.readable(current())
