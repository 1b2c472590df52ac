"""The plan of the page *Close the gap*: which steps are in it, by table, list, chart or preset."""

import pandas as pd
import streamlit as st

from dashboard.edition.selection import Selection, file_name
from dashboard.edition.tables import Tables
from dashboard.edition.wording import capitalised, count, quantity
from dashboard.exports.data.workbook import MEDIA_TYPE, shortlist_workbook
from dashboard.figures import catalogue
from dashboard.figures.closing import NO_OFFICE_LABEL, NOUNS, noun, office_label
from dashboard.figures.figure import Figure
from dashboard.measures.closing import (
    ALL_OFFICES,
    MARKS,
    NO_OFFICE,
    UNITS,
    closing,
    open_steps,
    planned_countries,
)
from dashboard.screen.frame import address, cards, sidebar
from dashboard.views.places import plan_names

_PLAN, _TABLE = "plan", "shortlist_table"
_TABLE_HEIGHT = 440  # px
# What to do and why first; what only some readers need is on the right.
_ORDER = (
    "step",
    "country_name",
    "centre_name",
    "persons",
    "covered_then",
    "action",
    "ask",
    "class_label",
    "state_letter",
    "reason",
    "why_centre",
    "questions",
)


def shape(tables: Tables) -> tuple[str, str]:
    """What the shortlist is made of: (unit, office), both in the URL."""
    offices = {ALL_OFFICES: "All offices"}
    offices |= {
        code: office_label(code, tables.package) for code in tables.package.codes("ocha_regions")
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        units = {unit: capitalised(NOUNS[unit][1]) for unit in UNITS}
        unit = address.one_of("unit", "Choose among", units, UNITS[0], look="buttons")
        office = address.one_of(
            "office",
            "OCHA regional office",
            offices | {NO_OFFICE: NO_OFFICE_LABEL},
            ALL_OFFICES,
            width=420,
        )
    return unit, office


def chosen(tables: Tables) -> tuple[str, ...]:
    """Codes of the plan in the URL: ISO3 or centres."""
    return address.codes(_PLAN, plan_names(tables))


def toggle(code: str) -> None:
    """A callback: take a step into the plan, or its country out of it, however it is named."""
    tables, _ = sidebar.current()
    now = [name for name in st.session_state.get(_PLAN, "").split(",") if name]
    country = planned_countries(tables, (code,))
    left = [name for name in now if planned_countries(tables, (name,)) != country]
    address.put(_PLAN, *left, *([code] if left == now else []))


def choose_office(office: str) -> None:
    """A callback: show the shortlist of this office."""
    address.put("office", office)


def show(
    shortlist: Figure,
    tables: Tables,
    selection: Selection,
    unit: str,
    office: str,
    plan: tuple[str, ...],
) -> None:
    """The plan with its headline, and the shortlist to tick: three ways to the same choice."""
    st.subheader("A plan, and what it would change", anchor="plan-of-steps")
    steps = open_steps(tables, selection, unit)
    wanted = planned_countries(tables, plan)
    ticked = steps[steps["country_iso3"].isin(wanted)]
    _presets(tables, selection, unit, office)
    _list(steps, ticked, unit)
    cards.card(catalogue.figure("plan", tables, selection, plan=plan), tables, selection)
    st.subheader("The shortlist", anchor="shortlist")
    st.caption("Tick rows to plan them. The plan is part of the link of this page.")
    _table(shortlist, tables, selection, ticked, unit)


def _presets(tables: Tables, selection: Selection, unit: str, office: str) -> None:
    """As many steps as a share needs, in one click."""
    result = closing(tables, selection, unit, office)
    with st.container(horizontal=True):
        for mark in MARKS:
            needed = result.needed(mark)
            if needed:
                words = f"{mark} per cent: {quantity(needed, *noun(result, unit, needed))}"
                st.button(
                    words,
                    key=f"plan-{mark}",
                    on_click=address.put,
                    args=(_PLAN, *result.steps["code"][:needed]),
                )
        st.button(
            "Clear the plan",
            key="plan-clear",
            type="tertiary",
            on_click=address.put,
            args=(_PLAN,),
            icon=":material/restart_alt:",
        )


def _list(steps: pd.DataFrame, ticked: pd.DataFrame, unit: str) -> None:
    """The plan as a list with search, for the keyboard."""
    labels = {row.code: _label(row, unit) for row in steps.itertuples()}
    st.session_state[address.shown(_PLAN)] = list(ticked["code"])

    def adopt() -> None:
        address.put(_PLAN, *st.session_state[address.shown(_PLAN)])

    st.multiselect(
        f"In the plan ({NOUNS[unit][1]})",
        list(labels),
        format_func=labels.get,
        key=address.shown(_PLAN),
        placeholder="None yet",
        on_change=adopt,
    )


def _label(row, unit: str) -> str:
    name = row.country_name
    if unit == "centres":
        name = f"{name}: {row.centre_name or 'no centre recorded'}"
    return f"{name} ({count(row.persons)})"


def _table(
    shortlist: Figure, tables: Tables, selection: Selection, ticked: pd.DataFrame, unit: str
) -> None:
    if shortlist.empty:
        cards.empty(shortlist.empty)
        return
    rows = list(shortlist.table["country_iso3"])
    codes = _codes(shortlist.table, unit)
    elsewhere = [row.code for row in ticked.itertuples() if row.country_iso3 not in rows]
    places = [place for place, iso3 in enumerate(rows) if iso3 in set(ticked["country_iso3"])]
    st.session_state[_TABLE] = {"selection": {"rows": places, "columns": [], "cells": []}}

    def adopt_rows() -> None:
        picked = sorted(st.session_state[_TABLE]["selection"]["rows"])
        address.put(_PLAN, *elsewhere, *(codes[place] for place in picked))

    order = [column for column in _ORDER if column in shortlist.table]
    cards.data_table(
        shortlist.table, tables, alt="The shortlist, one row a step, best first", order=order,
        key=_TABLE, on_select=adopt_rows, selection_mode="multi-row", height=_TABLE_HEIGHT,
    )  # fmt: skip
    with st.container(horizontal=True):
        cards.download("shortlist", "Shortlist (CSV)", lambda: shortlist.table, shortlist.source,
                       tables, selection)  # fmt: skip
        st.download_button(
            "Shortlist (Excel)", on_click="ignore", icon=":material/download:", type="tertiary",
            data=lambda: shortlist_workbook(shortlist, tables, selection), mime=MEDIA_TYPE,
            file_name=f"{file_name(selection, 'shortlist')}.xlsx", key="download-shortlist-xlsx",
        )  # fmt: skip


def _codes(table: pd.DataFrame, unit: str) -> list[str]:
    """What the plan calls each row: the centre, or the country where none is recorded."""
    if unit == "countries":
        return list(table["country_iso3"])
    return list(table["centre_id"].where(table["centre_id"] != "", table["country_iso3"]))
