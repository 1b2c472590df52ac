"""The sidebar: what a person can choose, kept in the URL, made into one `Selection`. Only here.

A bound list writes the label of its option into the URL. A link should outlive an edited label, so
each choice has two widgets: a bound text in the expander "Address of this view", which holds codes,
and the list that people use, which shows labels and hands its codes to the first.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import cards, store
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

_SELECTION, _ADDRESS = "_selection", "_address"

_YEARS = re.compile(r"(\d{4})-(\d{4})")

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
    """A choice of one code (None: nothing, when that is the default), kept in the URL under `key`.

    A code that is not offered counts as the default.
    """
    chosen = _in_url(key, lambda text: text if text in labels else "") or default
    st.session_state[_shown(key)] = chosen
    st.selectbox(
        label, list(labels), index=None if default is None else 0, format_func=labels.get,
        key=_shown(key), on_change=_hand_over, args=(key, default), help=HELP.get(key), **look,
    )  # fmt: skip
    return chosen


def _any_of(key: str, labels: Mapping[str, str]) -> tuple[str, ...]:
    """Codes chosen under `key` that are offered, in their order; none means all."""

    def offered(text: str) -> str:
        return ",".join(code for code in labels if code in text.split(","))

    return tuple(filter(None, _in_url(key, offered).split(",")))


def _in_url(key: str, understood: Callable[[str], str]) -> str:
    """What is understood of the text in the URL under `key`; empty for the default.

    Assigned again, a value returns to the URL when going back between pages has dropped it; what is
    not understood leaves the URL with the next run.
    """
    if key in st.session_state:
        asked = st.session_state[key]
        st.session_state[key] = understood(asked)
        _tell_left_out(key, asked, st.session_state[key])
    address: DeltaGenerator = st.session_state[_ADDRESS]
    text = address.text_input(key, key=key, bind="query-params", placeholder="default")
    used = understood(text)
    _tell_left_out(key, text, used)
    return used


def _tell_left_out(key: str, asked: str, used: str) -> None:
    """A filter that the edition does not offer must not vanish without a word."""
    left_out = sorted(set(asked.split(",")) - set(used.split(",")) - {""})
    if left_out:
        what = cards.plain(f"{key}: {', '.join(left_out)}")
        st.toast(f"Not offered in this edition, so left out: {what}",
                 icon=":material/filter_alt_off:", duration="long")  # fmt: skip


def _draw(tables: Tables) -> Selection:
    offered, default = options(tables), default_selection(tables)
    # Without a date in the URL the edition's own date counts: it follows when the edition changes.
    as_of = one_of("as_of", "Personnel as of", offered["as_of"], default.as_of)
    personnel = one_of("personnel", "Personnel", offered["personnel"], default.personnel)
    threshold = one_of("threshold", "Counts as covered from", offered["threshold"],
                       DEFAULT_THRESHOLD)  # fmt: skip
    chosen = {field: _any_of(name, offered[name]) for field, name in URL_NAMES.items()}
    years = _years(tables.years)
    with st.expander("Which courses count", icon=":material/filter_alt:", key="course_filters",
                     on_change="rerun") as filters:  # fmt: skip
        # Ten folded lists would make the first chart wait half as long again.
        if filters.open:
            _draw_course_filters(chosen, years, offered, tables.years)
    return Selection(edition=tables.edition, as_of=as_of, personnel=personnel,
                     threshold=threshold, years=years, **chosen)  # fmt: skip


def _draw_course_filters(
    chosen: Mapping[str, tuple[str, ...]], years: tuple[int, int] | None,
    offered: Mapping[str, Mapping[str, str]], span: tuple[int, int] | None,
) -> None:  # fmt: skip
    for field, (name, _) in COURSE_FILTERS.items():
        key = URL_NAMES[field]
        st.session_state[_shown(key)] = list(chosen[field])
        st.multiselect(
            name.capitalize(), list(offered[key]), format_func=offered[key].get, key=_shown(key),
            placeholder="All", on_change=_hand_over, args=(key,),
            help=f"Nothing chosen: all. Otherwise, courses with unknown {name} are left out.",
        )  # fmt: skip
    if span is not None and span[0] < span[1]:
        st.session_state[_shown("years")] = years or span
        st.slider("Years", *span, key=_shown("years"), on_change=_hand_over_years, args=(span,),
                  format="%d", help=HELP["years"])  # fmt: skip


def _years(span: tuple[int, int] | None) -> tuple[int, int] | None:
    """The years filter within the years of the edition; the whole range is no filter.

    In the URL as "2010-2014", whatever the range of the edition is.
    """
    match = _YEARS.fullmatch(_in_url("years", lambda text: text if _YEARS.fullmatch(text) else ""))
    if match is None or span is None:
        return None
    first, last = sorted(min(max(int(year), span[0]), span[1]) for year in match.groups())
    return None if (first, last) == span else (first, last)


def _hand_over_years(span: tuple[int, int]) -> None:
    first, last = st.session_state[_shown("years")]
    st.session_state["years"] = "" if (first, last) == span else f"{first}-{last}"


def _shown(key: str) -> str:
    return f"{key}_shown"


def _hand_over(key: str, default: str | None = None) -> None:
    """What people chose goes to the text that stands in the URL."""
    shown = st.session_state[_shown(key)]
    if isinstance(shown, list):
        st.session_state[key] = ",".join(shown)
    else:
        st.session_state[key] = "" if shown in (None, default) else shown


def _reset() -> None:
    """Every choice of the sidebar back to its default, in the widgets and in the URL."""
    for key in ("edition", "as_of", "personnel", "threshold", "years", *URL_NAMES.values()):
        st.session_state[key] = ""
