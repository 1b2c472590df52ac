"""The sidebar: what a person can choose, kept in the URL, made into one `Selection`. Only here.

A bound widget writes the text of its option into the URL. A link should outlive an edited label, so
each choice has two widgets: one in the expander "Address", bound, whose options are codes, and one
that people use, which shows labels and hands its value to the first.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import store
from dashboard.choices import URL_NAMES, options
from dashboard.measures.courses import considered
from dashboard.measures.wording import count
from dashboard.selection import (
    COURSE_FILTERS,
    DEFAULT_THRESHOLD,
    Selection,
    default_selection,
)
from dashboard.tables import Tables

_SELECTION, _ADDRESS, _DATE_DEFAULT = "_selection", "_address", "_date_default"

# Years that a link can name: wider than any edition, so that a link never depends on one.
YEARS = tuple(range(1945, 2101))

HELP = {
    "edition": "One state of the review. What it is and is not stands at the foot of every page.",
    "as_of": "Head counts at the end of a month, as published by the United Nations.",
    "personnel": "Military personnel are contingent troops, staff officers and experts on mission; "
    "police are formed police units and individual police officers.",
    "threshold": "The lowest level of a course that makes its country count as covered. "
    "UN-CMCoord is the humanitarian side, CIMIC the military side of coordination.",
    "years": "Courses whose years overlap this range. A start without an end is still running; "
    "courses without a year are left out. The whole range is no filter.",
}


def choose() -> Selection:
    """Draw the sidebar and return what is chosen. Raises what `store` raises."""
    with st.sidebar:
        visible, reset = st.container(), st.container()
        # An expander, not a popover: what is folded away still takes part in the URL.
        address = st.expander("Address of this view", icon=":material/link:", key="address",
                              type="compact")  # fmt: skip
    address.caption("What is chosen, in codes, as the address of this page carries it.")
    st.session_state[_ADDRESS] = address
    editions = {edition.code: edition.title for edition in store.editions()}
    with visible:
        tables = store.load(one_of("edition", "Edition", editions, next(iter(editions))))
        selection = _draw(tables)
        kept, total = int(considered(tables, selection).sum()), len(tables.courses)
        st.caption(f"{count(kept)} of {count(total)} courses considered")
    untouched = selection == default_selection(tables) and tables.edition == next(iter(editions))
    reset.button("Reset filters", icon=":material/restart_alt:", on_click=_reset,
                 disabled=untouched, type="tertiary")  # fmt: skip
    st.session_state[_SELECTION] = selection
    return selection


def current() -> tuple[Tables, Selection]:
    """The tables and the selection of this run, for a page."""
    selection: Selection = st.session_state[_SELECTION]
    return store.load(selection.edition), selection


def one_of(
    key: str, label: str, labels: Mapping[str, str], default: str | None, **look: Any
) -> str | None:
    """A choice of one code (None: nothing, when that is the default), kept in the URL under `key`."""
    first = [default] if default is not None else []
    codes = first + [code for code in labels if code != default]
    index = 0 if default is not None else None
    _keep_in_url(key)
    chosen = _address().selectbox(key, codes, index=index, key=key, bind="query-params")
    st.session_state[_shown(key)] = chosen
    st.selectbox(
        label, list(labels), index=index, format_func=labels.get, key=_shown(key),
        on_change=_hand_over, args=(key,), help=HELP.get(key), **look,
    )  # fmt: skip
    return chosen


def any_of(key: str, label: str, labels: Mapping[str, str], help: str) -> tuple[str, ...]:
    """A choice of any number of codes, none meaning all, kept in the URL under `key`."""
    _keep_in_url(key)
    chosen = _address().multiselect(key, list(labels), key=key, bind="query-params")
    st.session_state[_shown(key)] = chosen
    st.multiselect(
        label, list(labels), format_func=labels.get, key=_shown(key), placeholder="All",
        on_change=_hand_over, args=(key,), help=help,
    )  # fmt: skip
    return tuple(code for code in labels if code in chosen)


def _draw(tables: Tables) -> Selection:
    offered, default = options(tables), default_selection(tables)
    _follow_default_date(default.as_of, tables.dates)
    as_of = one_of("as_of", "Personnel as of", offered["as_of"], default.as_of)
    personnel = one_of("personnel", "Personnel", offered["personnel"], default.personnel)
    threshold = one_of("threshold", "Counts as covered from", offered["threshold"], DEFAULT_THRESHOLD)
    with st.expander("Which courses count", icon=":material/filter_alt:", key="course_filters"):
        chosen = {
            field: any_of(URL_NAMES[field], name.capitalize(), offered[URL_NAMES[field]],
                          f"Nothing chosen: all. Otherwise, courses with unknown {name} are left out.")
            for field, (name, _) in COURSE_FILTERS.items()
        }  # fmt: skip
        years = _years(tables.years)
    return Selection(edition=tables.edition, as_of=as_of, personnel=personnel,
                     threshold=threshold, years=years, **chosen)  # fmt: skip


def _years(span: tuple[int, int] | None) -> tuple[int, int] | None:
    """The years filter; the whole range means no filter, so that undated courses stay in.

    The URL carries the first and the last year, whatever the range of the edition is.
    """
    if span is None or span[0] == span[1]:
        return None
    _keep_in_url("years")
    chosen = _address().multiselect("years", YEARS, key="years", bind="query-params",
                                    max_selections=2)  # fmt: skip
    first, last = (min(chosen), max(chosen)) if chosen else span
    shown = (min(max(first, span[0]), span[1]), max(min(last, span[1]), span[0]))
    st.session_state[_shown("years")] = shown
    st.slider("Years", *span, key=_shown("years"), on_change=_hand_over_years, args=(span,),
              format="%d", help=HELP["years"])  # fmt: skip
    return None if shown == span else shown


def _hand_over_years(span: tuple[int, int]) -> None:
    shown = tuple(st.session_state[_shown("years")])
    st.session_state["years"] = [] if shown == span else sorted(set(shown))


def _follow_default_date(default: str, dates: Sequence[str]) -> None:
    """A date that nobody chose follows the edition; a chosen one stays."""
    previous, chosen = st.session_state.get(_DATE_DEFAULT), st.session_state.get("as_of")
    if previous not in (None, default) and (chosen == previous or chosen not in dates):
        st.session_state["as_of"] = default
    st.session_state[_DATE_DEFAULT] = default


def _address() -> DeltaGenerator:
    return st.session_state[_ADDRESS]


def _shown(key: str) -> str:
    return f"{key}_shown"


def _keep_in_url(key: str) -> None:
    """Assigned again, a value returns to the URL when going back between pages has dropped it."""
    if key in st.session_state:
        st.session_state[key] = st.session_state[key]


def _hand_over(key: str) -> None:
    st.session_state[key] = st.session_state[_shown(key)]


def _reset() -> None:
    """Every choice of the sidebar back to its default, in the widgets and in the URL."""
    tables = store.load(store.editions()[0].code)
    default = default_selection(tables)
    for key in ("edition", "as_of", "personnel", "threshold"):
        st.session_state[key] = getattr(default, key)
    for key in ("years", *URL_NAMES.values()):
        st.session_state[key] = []
    st.session_state[_DATE_DEFAULT] = default.as_of
