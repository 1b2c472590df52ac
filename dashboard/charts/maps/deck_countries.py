"""Countries on the map to walk around in: fills, hatches, dotted outlines, points and letters."""

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import pandas as pd
from pydeck import Layer

from dashboard.charts.maps.boundaries import Boundaries, Line
from dashboard.charts.maps.deck_centres import FONT, layer, plain, rgba
from dashboard.charts.maps.world import (
    LAND_STYLE,
    SMALL,
    TINY,
    UNDETERMINED,
    UNDETERMINED_NAME,
    UNDETERMINED_STYLE,
)
from dashboard.charts.marks import projections
from dashboard.charts.marks.labels import country_hover, marks_in_use, world_total
from dashboard.charts.marks.look import GREY, INK, MARK_STYLES, PAPER, Style

# Map degrees between two dots of a dotted outline: about 3 px on a map of the world.
DOTS_APART = 1.1
HATCH_WIDTH, DOT_RADIUS, OUTLINE_WIDTH = 1.4, 0.8, 0.7  # px
POINT_RADIUS = 4.5  # px, of a country without a shape that could be seen
LETTER_SIZE = 12  # px
ROOM_FOR_LETTER = 35.0  # square degrees
CLEAR = [0, 0, 0, 0]

Marks = dict[str, list[Any]]


def country_layers(frame: pd.DataFrame, boundaries: Boundaries) -> list[Layer]:
    """Every country of the frame by class, all other land plain, undetermined areas as such.

    `frame`: the columns of measures/states.py; without rows, all land is plain.
    """
    total = world_total(frame["persons"], frame["share"]) if len(frame) else 0
    marks = marks_in_use(frame)
    shown = set(frame["country_iso3"])
    land = boundaries.shapes - shown - set(UNDETERMINED)
    dotted = _dotted(marks)
    return [
        _shapes("land", [_feature(code, LAND_STYLE, boundaries) for code in sorted(land)]),
        _shapes("countries", _countries(marks, boundaries, total), pickable=True),
        _shapes("undetermined", _undetermined(boundaries), pickable=True),
        *_hatches(marks, boundaries),
        _dots("dotted-outlines", boundaries.outline(dotted), GREY),
        _dots("undetermined-outlines", boundaries.outline(UNDETERMINED), INK),
        _points(marks, boundaries, total),
        _letters(marks, boundaries),
    ]


def chosen_layers(iso3: str | None, boundaries: Boundaries) -> list[Layer]:
    """The outline of the chosen country, white under ink, so that it shows on any ground."""
    if iso3 not in boundaries.shapes:
        return []
    rings = [ring for part in boundaries.slim[iso3] for ring in part]
    return [
        _paths(f"chosen-{name}", rings, rgba(colour), width)
        for name, colour, width in (("halo", PAPER, 5), ("outline", INK, 2.2))
    ]


def _feature(code: str, style: Style, boundaries: Boundaries, **more: Any) -> dict[str, Any]:
    """A GeoJSON feature; `properties` carry how it is drawn, further members what it says."""
    fill = rgba(style.fill)
    line = fill if style.dotted else rgba(style.outline)
    geometry = {"type": "MultiPolygon", "coordinates": boundaries.slim[code]}
    return {
        "type": "Feature",
        "geometry": geometry,
        "properties": {"fill": fill, "line": line},
        **more,
    }


def _countries(marks: Marks, boundaries: Boundaries, total: int) -> list[dict[str, Any]]:
    return [
        _feature(
            row.country_iso3,
            MARK_STYLES[key],
            boundaries,
            hover=plain(country_hover(row, total)),
            customdata=[row.country_iso3],
        )
        for key, rows in marks.items()
        for row in rows
        if row.country_iso3 in boundaries.shapes
    ]


def _undetermined(boundaries: Boundaries) -> list[dict[str, Any]]:
    return [
        _feature(code, UNDETERMINED_STYLE, boundaries, hover=UNDETERMINED_NAME)
        for code in UNDETERMINED
        if code in boundaries.shapes
    ]


def _shapes(id: str, features: list[dict[str, Any]], **more: Any) -> Layer:
    return layer(
        "GeoJsonLayer",
        id,
        features,
        filled=True,
        stroked=True,
        get_fill_color="properties.fill",
        get_line_color="properties.line",
        get_line_width=OUTLINE_WIDTH,
        line_width_units="'pixels'",
        **more,
    )


def _dotted(marks: Marks) -> set[str]:
    return {r.country_iso3 for key, rows in marks.items() if MARK_STYLES[key].dotted for r in rows}


def _hatches(marks: Marks, boundaries: Boundaries) -> list[Layer]:
    """One layer a mark. Lines are straight on this map: two points each."""
    return [
        _paths(
            f"hatch-{key}",
            [
                [line[0], line[-1]]
                for row in rows
                for line in boundaries.hatch.get(row.country_iso3, [])
            ],
            rgba(MARK_STYLES[key].hatch_colour),
            HATCH_WIDTH,
        )
        for key, rows in marks.items()
        if MARK_STYLES[key].hatch
    ]


def _paths(id: str, lines: list[Line], colour: list[int], width: float) -> Layer:
    return layer(
        "PathLayer",
        id,
        lines,
        get_path="-",
        get_color=colour,
        get_width=width,
        width_units="'pixels'",
        joint_rounded=True,
    )


def _dots(id: str, lines: Iterable[Line], colour: str) -> Layer:
    points = [point for line in lines for point in _along(line)]
    return layer(
        "ScatterplotLayer",
        id,
        points,
        get_position="-",
        get_radius=DOT_RADIUS,
        radius_units="'pixels'",
        get_fill_color=rgba(colour),
    )


def _along(line: Line) -> Iterator[tuple[float, float]]:
    """Points evenly apart on a line, as the map shows it."""
    since = DOTS_APART / 2
    for start, end in pairwise(line):
        (x1, y1), (x2, y2) = projections.to_mercator(*start), projections.to_mercator(*end)
        length = math.hypot(x2 - x1, y2 - y1)
        while since < length:
            part = since / length
            longitude, latitude = projections.from_mercator(
                x1 + part * (x2 - x1), y1 + part * (y2 - y1)
            )
            yield round(longitude, 2), round(latitude, 2)
            since += DOTS_APART
        since -= length


def _points(marks: Marks, boundaries: Boundaries, total: int) -> Layer:
    """Countries without a shape, or with one too small to show its class."""
    points = [
        {
            "position": place,
            "hover": plain(country_hover(row, total)),
            "customdata": [row.country_iso3],
            "fill": rgba(MARK_STYLES[key].fill),
            "line": rgba(MARK_STYLES[key].outline if MARK_STYLES[key].hatch else GREY),
        }
        for key, rows in marks.items()
        for row in rows
        if (place := _place(key, row, boundaries))
    ]
    return layer(
        "ScatterplotLayer",
        "small-countries",
        points,
        pickable=True,
        stroked=True,
        get_position="position",
        get_radius=POINT_RADIUS,
        radius_units="'pixels'",
        get_fill_color="fill",
        get_line_color="line",
        get_line_width=1.6,
        line_width_units="'pixels'",
    )


def _place(key: str, row: Any, boundaries: Boundaries) -> tuple[float, float] | None:
    """(longitude, latitude) of the point of a country that needs one."""
    if row.country_iso3 in boundaries.shapes:
        limit = TINY if MARK_STYLES[key].dotted else SMALL
        small = boundaries.area[row.country_iso3] < limit
        return boundaries.label[row.country_iso3] if small else None
    if pd.isna(row.longitude) or pd.isna(row.latitude):
        return None
    return float(row.longitude), float(row.latitude)


def _letters(marks: Marks, boundaries: Boundaries) -> Layer:
    """State letters on countries with room for one."""
    spots = [
        {
            "position": boundaries.label[row.country_iso3],
            "text": row.state_letter,
            "colour": rgba(MARK_STYLES[key].text),
        }
        for key, rows in marks.items()
        for row in rows
        if boundaries.area.get(row.country_iso3, 0) >= ROOM_FOR_LETTER
    ]
    return layer(
        "TextLayer",
        "letters",
        spots,
        get_position="position",
        get_text="text",
        get_color="colour",
        get_size=LETTER_SIZE,
        font_family=f"'{FONT}'",
        font_weight=700,
        character_set="'auto'",
    )
