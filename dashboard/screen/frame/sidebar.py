"""What a person can choose on every page, made into one `Selection`: the sidebar. Only here."""

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.edition.selection import (
    COURSE_FILTERS,
    DEFAULT_THRESHOLD,
    Selection,
    default_selection,
)
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count
from dashboard.measures.courses import considered
from dashboard.screen.frame import address
from dashboard.screen.frame.editions import load, offered
from dashboard.views import links
from dashboard.views.choices import URL_NAMES, options

_SELECTION = "_selection"

HELP = {
    "edition": "One state of the review. What it is and is not stands at the foot of every page.",
    "as_of": "Head counts at the end of a month, as published by the United Nations.",
    "personnel": "Military personnel are contingent troops, staff officers and experts on mission; "
    "police are formed police units and individual police officers.",
    "mission": "Nothing chosen: all. Otherwise only persons in these missions are counted.",
    "threshold": "The lowest level of a course that makes its country count as covered. "
    "UN-CMCoord is the humanitarian side, CIMIC the military side of coordination.",
    "years": "Courses whose years overlap this range. A start without an end is still running; "
    "courses without a year are left out. The whole range is no filter.",
}


def choose(where: DeltaGenerator) -> Selection:
    """Draw what can be chosen there (the sidebar) and return it. Raises what `store` raises."""
    with where:
        visible, reset = st.container(), st.container()
        # An expander, not a popover: what is folded away still takes part in the URL.
        place = st.expander(
            "Address of this view", icon=":material/link:", key="address", type="compact"
        )
    place.caption("What is chosen, in codes, as the address of this page carries it.")
    address.keep_in(place)
    editions = {edition.code: edition.title for edition in offered()}
    first = next(iter(editions))
    with visible:
        chosen = address.one_of("edition", "Edition", editions, first, help=HELP["edition"])
        tables = load(chosen)
        selection = _draw(tables)
        kept, total = int(considered(tables, selection).sum()), len(tables.courses)
        st.caption(f"{count(kept)} of {count(total)} courses considered")
    untouched = selection == default_selection(tables) and tables.edition == first
    reset.button(
        "Reset filters",
        icon=":material/restart_alt:",
        on_click=_reset,
        disabled=untouched,
        type="tertiary",
    )
    st.session_state[_SELECTION] = selection
    return selection


def current() -> tuple[Tables, Selection]:
    """The tables and the selection of this run, for a page."""
    selection: Selection = st.session_state[_SELECTION]
    return load(selection.edition), selection


def _draw(tables: Tables) -> Selection:
    offered, default = options(tables), default_selection(tables)
    # Without a date in the URL the edition's own date counts: it follows when the edition changes.
    as_of = address.one_of(
        "as_of", "Personnel as of", offered["as_of"], default.as_of, help=HELP["as_of"]
    )
    personnel = address.one_of(
        "personnel", "Personnel", offered["personnel"], default.personnel, help=HELP["personnel"]
    )
    threshold = address.one_of(
        "threshold",
        "Counts as covered from",
        offered["threshold"],
        DEFAULT_THRESHOLD,
        help=HELP["threshold"],
    )
    missions = address.codes("mission", offered["mission"])
    chosen = {field: address.codes(name, offered[name]) for field, name in URL_NAMES.items()}
    years = links.years(address.text("years", links.year_range), tables.years)
    # Ten folded lists would make the first chart wait half as long again: drawn when unfolded.
    if courses := _unfolded("Which courses count", "course_filters"):
        with courses:
            _draw_course_filters(years, offered, chosen, tables.years)
    if serving := _unfolded("Which missions count", "mission_filter"):
        with serving:
            address.list_of(
                "mission", "Missions", offered["mission"], missions, help=HELP["mission"]
            )
    return Selection(
        edition=tables.edition,
        as_of=as_of,
        personnel=personnel,
        missions=missions,
        threshold=threshold,
        years=years,
        **chosen,
    )


def _unfolded(label: str, key: str) -> DeltaGenerator | None:
    """The expander when a person has it open, else None."""
    expander = st.expander(label, icon=":material/filter_alt:", key=key, on_change="rerun")
    return expander if expander.open else None


def _draw_course_filters(
    years: tuple[int, int] | None,
    offered: Mapping[str, Mapping[str, str]],
    chosen: Mapping[str, tuple[str, ...]],
    span: tuple[int, int] | None,
) -> None:
    for field, (name, _) in COURSE_FILTERS.items():
        key = URL_NAMES[field]
        address.list_of(
            key,
            name.capitalize(),
            offered[key],
            chosen[field],
            help=f"Nothing chosen: all. Otherwise, courses with unknown {name} are left out.",
        )
    if span is not None and span[0] < span[1]:
        st.session_state[address.shown("years")] = years or span
        st.slider(
            "Years",
            *span,
            key=address.shown("years"),
            on_change=_hand_over_years,
            args=(span,),
            format="%d",
            help=HELP["years"],
        )


def _hand_over_years(span: tuple[int, int]) -> None:
    first, last = st.session_state[address.shown("years")]
    address.put("years", links.years_text(None if (first, last) == span else (first, last)))


def _reset() -> None:
    """Every choice of the sidebar back to its default, in the widgets and in the URL."""
    for key in links.SELECTION_KEYS:
        address.put(key)
