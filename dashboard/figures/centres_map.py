"""Figure `centres-map`: countries by class and training centres by best level, to walk around in."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.maps.centre_marks import CITY_NOTE
from dashboard.charts.maps.centres_world import centres_world
from dashboard.charts.maps.deck import MapData, world_deck
from dashboard.edition.selection import Selection, threshold_label
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count, long_date, quantity, share
from dashboard.figures.boundaries import boundaries, mercator_boundaries
from dashboard.figures.figure import (
    Figure,
    Number,
    courses_at,
    number,
    source,
    subtitle_of,
)
from dashboard.figures.world import world_figure
from dashboard.measures.centres import centre_levels
from dashboard.measures.courses import considered, receipts
from dashboard.measures.missions import Arcs, arcs, divided
from dashboard.measures.states import country_states

BOTH, COUNTRIES, CENTRES = "both", "countries", "centres"
SHOWN = {BOTH: "Countries and centres", COUNTRIES: "Countries", CENTRES: "Centres"}
TABLE_COLUMNS = (
    "centre_name",
    "acronym",
    "country_name",
    "country_iso3",
    "city",
    "provider",
    "courses",
    "state_letter",
    "state_label",
)
COUNTRY_TABLE = (
    "country_name",
    "country_iso3",
    "class_label",
    "state_letter",
    "state_label",
    "persons",
    "centres",
    "courses",
    "reason",
)


def centres_map_figure(
    tables: Tables,
    selection: Selection,
    show: str = BOTH,
    with_arcs: bool = False,
    country: str | None = None,
    narrow: bool = False,
) -> Figure:
    """The map. `show`: a key of `SHOWN`; `with_arcs`: who serves where; `country`: the one that is
    outlined, whose arcs alone are drawn; `narrow`: begin further away, for a phone.
    """
    centres = centre_levels(tables, selection)
    drawn = arcs(tables, selection, country) if with_arcs else None
    lines = drawn.rows if drawn else pd.DataFrame(columns=["persons"])
    states = country_states(tables, selection)
    data = MapData(
        countries=states if show != CENTRES else states.iloc[:0],
        centres=centres if show != COUNTRIES else centres.iloc[:0],
        arcs=lines,
        chosen=country,
    )

    def draw() -> go.Figure:
        return centres_world(data.countries, data.centres, lines, boundaries())

    figure = (
        replace(world_figure(tables, selection), id="centres-map", draw=draw)
        if show == COUNTRIES
        else _of_centres(tables, selection, centres, draw)
    )
    notes = [figure.note, *([_about_arcs(drawn, tables, selection)] if drawn else [])]
    return replace(
        figure,
        note=" ".join(notes),
        is_map=True,
        deck=lambda: world_deck(data, mercator_boundaries(), narrow),
    )


def country_table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """The countries of the map as rows: `COUNTRY_TABLE`, the largest contributor first."""
    centres = centre_levels(tables, selection)["country_iso3"].value_counts()
    frame = country_states(tables, selection)
    numbers = frame["country_iso3"].map(centres).fillna(0).astype(int)
    return frame.assign(centres=numbers)[list(COUNTRY_TABLE)]


def _of_centres(
    tables: Tables,
    selection: Selection,
    centres: pd.DataFrame,
    draw: Callable[[], go.Figure],
) -> Figure:
    finding = _finding(centres, threshold_label(selection.threshold, tables.package))
    courses = int(centres["courses"].sum())
    countries = centres["country_iso3"].nunique()
    population = f"{courses_at(courses, len(centres))} in {count(countries)} countries"
    return Figure(
        id="centres-map",
        title=finding,
        subtitle=subtitle_of(population, tables, selection),
        note=_note(centres),
        source=source(tables, selection),
        statement=tables.package.statement,
        alt=f"World map of training centres and countries. {finding}.",
        table=_table(centres, tables),
        numbers=_numbers(centres, tables),
        draw=draw,
        behind=lambda: receipts(tables, considered(tables, selection)),
    )


def _finding(centres: pd.DataFrame, threshold: str) -> str:
    if centres.empty:
        return "No training centre in the review"
    reached = centres[centres["reaches"]]
    if reached.empty:
        return f"{threshold} documented at none of {quantity(len(centres), 'centre')}"
    where = quantity(reached["country_iso3"].nunique(), "country", "countries")
    return (
        f"{threshold} documented at {count(len(reached))} of {count(len(centres))} centres, "
        f"in {where}"
    )


def _note(centres: pd.DataFrame) -> str:
    parts = [
        CITY_NOTE,
        "Centres of one city stand in a ring around it: zoom in to see each.",
    ]
    stand_in = int((centres["placed"] & ~centres["in_city"]).sum())
    missing = int((~centres["placed"]).sum())
    if stand_in:
        parts.append(
            f"Of {count(stand_in)} the city is not known; they stand at the reference "
            "point of their country."
        )
    if missing:
        parts.append(f"{count(missing)} without a place stand in the table alone.")
    parts.append("A centre may train people of other countries; the map cannot tell whom.")
    return " ".join(parts)


def _table(centres: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    columns = [
        *TABLE_COLUMNS,
        *tables.package.codes("levels"),
        "location",
        "source_url",
        "workbook_cell",
        "centre_id",
    ]
    location = centres["in_city"].map({True: "City", False: "Country's reference point"})
    return centres.assign(location=location.where(centres["placed"], "Not placed"))[columns]


def _numbers(centres: pd.DataFrame, tables: Tables) -> tuple[Number, ...]:
    total, states = len(centres), centres["state"].value_counts()
    at_least = int(centres["reaches"].sum())
    best = tuple(
        number(
            f"centres-map.{term['code']}", term["label"], int(states.get(term["code"], 0)), total
        )
        for term in tables.package.state_terms
        if term["code"] != "not-reviewed"
    )
    return (
        number("centres-map.reached", "Centres at or above the threshold", at_least, total),
        number(
            "centres-map.placed",
            "Centres on the map",
            int(centres["placed"].sum()),
            total,
        ),
        *best,
    )


def _about_arcs(drawn: Arcs, tables: Tables, selection: Selection) -> str:
    if not divided(tables, selection):
        return f"No arcs: the figures of {long_date(selection.as_of)} are not divided by mission."
    if drawn.rows.empty:
        return "No arcs: nobody serves in a mission under these filters."
    drawn_flows, total = count(len(drawn.rows)), count(drawn.flows_total)
    which = (
        f"all {total} contributions"
        if len(drawn.rows) == drawn.flows_total
        else f"the {drawn_flows} largest of {total} contributions"
    )
    return (
        f"Arcs lead from countries to the headquarters of missions: {which}, with "
        f"{share(drawn.persons, drawn.persons_total)} persons."
    )
