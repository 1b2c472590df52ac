"""The parts of the missions page: troops and police apart, and who serves in one mission."""

import streamlit as st

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.figures import catalogue
from dashboard.figures.figure import source
from dashboard.figures.missions import contributor_table, mission_title, mission_words
from dashboard.measures.missions import apart, by_mission
from dashboard.screen.frame import address, cards, navigation

_TABLE = "mission_contributors"


def look_at(mission: str) -> None:
    """A callback: show who serves in this mission."""
    address.put("at", mission)


def military_and_police(tables: Tables, selection: Selection) -> None:
    """Both side by side, unless the selection has one of them only."""
    groups = [group for group, rows in apart(tables, selection).items() if len(rows)]
    if len(groups) < 2:
        return
    with st.grid(2, min_column_width=420):
        for group in groups:
            figure = catalogue.figure(f"missions-{group}", tables, selection)
            cards.card(figure, tables, selection, pick=look_at)


def one_mission(tables: Tables, selection: Selection) -> None:
    """Who serves in a chosen mission; each row leads to the page of its country."""
    offered = {
        mission: mission_title(tables, mission)
        for mission in by_mission(tables, selection)["mission"]
    }
    if not offered:
        return
    st.subheader("Who serves in one mission", anchor="mission")
    mission = address.one_of("at", "Mission", offered, next(iter(offered)), width=640)
    rows = contributor_table(tables, selection, mission)
    iso3s = list(rows["country_iso3"])
    st.session_state[_TABLE] = {"selection": {"rows": [], "columns": [], "cells": []}}

    def open_country() -> None:
        chosen = st.session_state[_TABLE]["selection"]["rows"]
        if chosen:
            navigation.go_to("country", country=iso3s[chosen[0]])

    words = f"{mission_words(tables, mission)} Choose a row to open the page of that country."
    st.caption(cards.plain(words.strip()))
    cards.data_table(
        rows,
        tables,
        alt=f"Contributors of {mission_title(tables, mission)}, one row a country",
        key=_TABLE,
        on_select=open_country,
        selection_mode="single-row",
        height=420,
    )
    cards.download(
        f"mission-{mission.lower()}",
        "These contributors (CSV)",
        lambda: rows,
        source(tables, selection),
        tables,
        selection,
    )
