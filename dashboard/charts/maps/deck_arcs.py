"""Arcs from contributing countries to the missions in which their personnel serve."""

import math
from typing import Any

import pandas as pd
from pydeck import Layer

from dashboard.charts.maps.deck_text import FONT, inert, layer, rgba
from dashboard.charts.marks.labels import count
from dashboard.charts.marks.look import INK, PAPER

# No class has this colour: arcs say where people go, not what is known of their training.
ARC_COLOUR = "#8E4FA8"
THINNEST, WIDEST = 1.0, 9.0  # px
PERSONS_AT_WIDEST = 4000


def arc_layers(arcs: pd.DataFrame) -> list[Layer]:
    """Arcs by number of persons.

    `arcs`: country_iso3, country_name, mission, persons, from_longitude, from_latitude,
    to_longitude, to_latitude; one row a country and mission.
    """
    return [] if arcs.empty else [_arcs(arcs)]


def mission_layers(arcs: pd.DataFrame) -> list[Layer]:
    """The acronyms of the missions at their headquarters; those of one city share a label."""
    if arcs.empty:
        return []
    ends = arcs.drop_duplicates("mission")
    labels: list[dict[str, Any]] = [
        {"position": list(place), "text": inert(", ".join(sorted(rows["mission"])))}
        for place, rows in ends.groupby(["to_longitude", "to_latitude"])
    ]
    return [
        layer(
            "TextLayer",
            "missions",
            labels,
            get_position="position",
            get_text="text",
            get_size=11,
            get_color=rgba(INK),
            font_family=f"'{FONT}'",
            font_weight=700,
            background=True,
            get_background_color=rgba(PAPER, 235),
            get_border_color=rgba(ARC_COLOUR),
            get_border_width=1,
            background_padding=[3, 1],
            get_pixel_offset=[0, -12],
            character_set="'auto'",
        )
    ]


def arc_width(persons: int) -> float:
    """Width in px, by the square root of the persons."""
    return round(min(WIDEST, max(THINNEST, WIDEST * math.sqrt(persons / PERSONS_AT_WIDEST))), 1)


def _arcs(arcs: pd.DataFrame) -> Layer:
    lines = [
        {
            "from": [row.from_longitude, row.from_latitude],
            "to": [row.to_longitude, row.to_latitude],
            "width": arc_width(row.persons),
            "hover": inert(f"{row.country_name} in {row.mission}\n{count(row.persons)} persons"),
            "customdata": [row.country_iso3],
        }
        for row in arcs.itertuples(index=False)
    ]
    return layer(
        "ArcLayer",
        "arcs",
        lines,
        pickable=True,
        get_source_position="from",
        get_target_position="to",
        get_width="width",
        get_tilt=25,
        get_height=0.4,
        get_source_color=rgba(ARC_COLOUR, 110),
        get_target_color=rgba(ARC_COLOUR, 230),
        width_units="'pixels'",
    )
