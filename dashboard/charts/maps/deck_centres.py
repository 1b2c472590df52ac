"""Training centres on the map to walk around in: points with the letter of their best level."""

import html
import math
import re
from typing import Any

import pandas as pd
from pydeck import Layer

from dashboard.charts.maps.centre_marks import RINGS, centre_hover, letter_colour, placed
from dashboard.charts.marks.labels import count
from dashboard.charts.marks.look import INK, PAPER, STATE_STYLES

LETTER = 1.15  # height of a letter, in radii of its point


def centre_layers(centres: pd.DataFrame) -> list[Layer]:
    """Points by number of considered courses and best level, and the letter on each.

    `centres`: the columns of measures/centres.py; those without coordinates are left out.
    """
    if centres.empty:
        return []
    rows = list(placed(centres).itertuples(index=False))
    points = [
        {
            "position": [row.longitude, row.latitude], "radius": row.radius,
            "fill": rgba(STATE_STYLES[row.state].fill), "line": rgba(RINGS[row.state].colour),
            "width": RINGS[row.state].width, "hover": plain(centre_hover(row)),
            "customdata": [row.country_iso3, row.centre_id],
        }
        for row in rows
    ]  # fmt: skip
    letters = [
        {
            "position": [row.longitude, row.latitude], "text": row.state_letter,
            "size": round(row.radius * LETTER, 1), "ink": rgba(letter_colour(row.state)),
        }
        for row in rows
    ]  # fmt: skip
    return [
        layer(
            "ScatterplotLayer", "centres", points, pickable=True, stroked=True,
            get_position="position", get_radius="radius", radius_units="'pixels'",
            get_fill_color="fill", get_line_color="line", get_line_width="width",
            line_width_units="'pixels'",
        ),
        layer(
            "TextLayer", "centre-letters", letters, get_position="position", get_text="text",
            get_size="size", get_color="ink", font_family=f"'{FONT}'", font_weight=700,
            character_set="'auto'",
        ),
    ]  # fmt: skip


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


FONT = "Helvetica, Arial, sans-serif"
_TAGS = re.compile(r"</?[bi]>")


def rgba(colour: str, alpha: int = 255) -> list[int]:
    """[red, green, blue, alpha], each 0 to 255, of "#144372" or "rgba(128,134,142,0.4)"."""
    if colour.startswith("#"):
        return [*(int(colour[i : i + 2], 16) for i in (1, 3, 5)), alpha]
    red, green, blue, share = colour[colour.index("(") + 1 : -1].split(",")
    return [int(red), int(green), int(blue), round(float(share) * 255)]


def plain(hover: str) -> str:
    """A hover box of `labels` as plain text in lines. Its data is escaped, so tags are ours."""
    return inert(html.unescape(_TAGS.sub("", hover.replace("<br>", "\n"))))


def inert(text: str) -> str:
    """`text` that deck.gl does not take for an expression: those begin with @@."""
    return f" {text}" if text.startswith("@@") else text


def layer(type: str, id: str, data: list[Any], **more: Any) -> Layer:
    """A layer that cannot be pointed at, unless `pickable` is given."""
    return Layer(type, data, id=id, **{"pickable": False, **more})
