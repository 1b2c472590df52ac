"""The world by class: what is known of the training of each contributor's personnel."""

from collections.abc import Iterable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.maps.boundaries import Boundaries, Line, path
from dashboard.charts.marks import projections
from dashboard.charts.marks.labels import country_hover, mark_label, marks_in_use, world_total
from dashboard.charts.marks.look import CLEAR, GREY, INK, MARK_STYLES, Style
from dashboard.charts.marks.marks import HOVER, figure, legend_entry

UNDETERMINED = ("XJK", "XAC", "XAP", "XHT", "XIT", "XBT")
UNDETERMINED_STYLE = Style("#D9DBDE", INK, False, "", True, INK, "")
UNDETERMINED_NAME = "Area of undetermined status"
# Half clear, so that it is as quiet on a dark page; on a light one it is darker than the light grey
# of countries that are not in the review.
LAND_STYLE = Style("rgba(128,134,142,0.40)", "rgba(128,134,142,0.55)", False, "", False, INK, "")
LAND_NAME = "Contributes no personnel, not in the review"
LEGEND_TITLE = "Areas, and symbols for the smallest countries"
HEIGHT = 460  # px: a desk screen wants more, a phone (where the width decides) less

# Square degrees. Smaller countries are a few pixels wide: a point on the shape shows their class.
SMALL = 3.0
# Unknowns without any documentation stay quiet, unless their shape is too small to be seen at all.
TINY = 0.5
# Letters only where a country has room for one; more where only the letter tells N from –.
ROOM_FOR_LETTER = 60.0
ROOM_FOR_TELLING_LETTER = 35.0

# Shape says the class as well: the symbol of a point in Plotly, and as a character in the legend.
SYMBOLS: dict[str, tuple[str, str]] = {
    "covered": ("circle", "●"),
    "gap": ("square", "■"),
    "partial": ("diamond", "◇"),
    "not-documented": ("triangle-up", "△"),
    "no-course": ("hexagon", "⬡"),
    "not-reviewed": ("circle", "○"),
    "unknown": ("triangle-down", "▽"),
}

Marks = dict[str, list[Any]]


def world_map(frame: pd.DataFrame, shapes: frozenset[str], hatch: Boundaries) -> go.Figure:
    """Countries by class: fills, hatches and dotted outlines, points where a shape cannot show it.

    `frame`: the columns of measures/states.py, one row a country. `shapes`: codes that have a shape
    in the TopoJSON that the page serves. `hatch`: boundaries of the same boundaries.
    """
    total = world_total(frame["persons"], frame["share"])
    marks = marks_in_use(frame)
    # First a choropleth: Plotly fetches the TopoJSON by the first trace.
    data = [_undetermined(shapes)]
    data += [t for key, rows in marks.items() for t in _areas(key, rows, shapes, hatch, total)]
    data += _lines(marks, shapes, hatch)
    data += [t for key, rows in marks.items() for t in _points(key, rows, shapes, hatch, total)]
    return figure([*data, *_letters(marks, hatch), *_legend(marks)], _layout())


def _layout() -> dict[str, Any]:
    hidden = {"domain": [0, 0.001], "visible": False, "fixedrange": True}
    land = {
        "showland": True,
        "landcolor": LAND_STYLE.fill,
        "showcountries": True,
        "countrycolor": LAND_STYLE.outline,
        "countrywidth": 0.5,
        "bgcolor": CLEAR,
    }
    layers = ("frame", "coastlines", "lakes", "rivers", "ocean", "subunits")
    return {
        "height": HEIGHT,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
        "geo": {
            "projection": {"type": projections.NAME},
            "resolution": 110,
            "lonaxis": {"range": [-180, 180]},
            "lataxis": {"range": [-56, 80]},
            "domain": {"x": [0, 1], "y": [0.1, 1]},
            **land,
            **{f"show{layer}": False for layer in layers},
        },
        # The swatches of the legend are bars, and bars want axes: kept out of sight.
        "xaxis": hidden,
        "yaxis": hidden,
        # Over the empty South Pacific on a desk screen, in the empty foot of the figure on a phone.
        "legend": {
            "title": {"text": LEGEND_TITLE, "font": {"size": 11}},
            "font": {"size": 12},
            "x": 0,
            "xanchor": "left",
            "y": 0,
            "yanchor": "bottom",
            "bgcolor": CLEAR,
            "traceorder": "normal",
            "itemclick": False,
            "itemdoubleclick": False,
        },
    }


def _choropleth(
    codes: list[str], fill: str, line: dict[str, Any], hover: list[str]
) -> dict[str, Any]:
    return {
        "type": "choropleth",
        "locationmode": "ISO-3",
        "locations": codes,
        "z": [0] * len(codes),
        "zmin": 0,
        "zmax": 1,
        "colorscale": [[0, fill], [1, fill]],
        "showscale": False,
        "showlegend": False,
        "marker": {"line": line},
        "hovertext": hover,
        "hovertemplate": HOVER,
    }


def _undetermined(shapes: frozenset[str]) -> dict[str, Any]:
    """Never part of a country: light grey; the dotted outline is drawn over it."""
    codes = [code for code in UNDETERMINED if code in shapes]
    hover = [UNDETERMINED_NAME] * len(codes)
    return _choropleth(codes, UNDETERMINED_STYLE.fill, {"width": 0}, hover)


def _areas(
    key: str, rows: list[Any], shapes: frozenset[str], hatch: Boundaries, total: int
) -> list[dict[str, Any]]:
    """The fills of one mark, with the parts that the file holds as a second feature of a code."""
    style = MARK_STYLES[key]
    drawn = [row for row in rows if row.country_iso3 in shapes]
    if not drawn:
        return []
    line = {"color": style.outline, "width": 0 if style.dotted else 0.7}
    codes, hover = [r.country_iso3 for r in drawn], [country_hover(r, total) for r in drawn]
    places = {"places": [(*hatch.label[code], round(hatch.area[code], 1)) for code in codes]}
    areas = [_choropleth(codes, style.fill, line, hover) | {"meta": places}]
    # Clockwise, as Plotly wants the outer rings of polygons on a sphere.
    rings = [ring[::-1] for code in codes for ring in hatch.further.get(code, [])]
    if rings:
        filled = {"fill": "toself", "fillcolor": style.fill}
        areas.append(_line(rings, line["color"], line["width"]) | filled)
    return areas


def _line(lines: Iterable[Line], colour: str, width: float, dash: str = "solid") -> dict[str, Any]:
    lons, lats = path(lines)
    return {
        "type": "scattergeo",
        "mode": "lines",
        "lon": lons,
        "lat": lats,
        "hoverinfo": "skip",
        "showlegend": False,
        "line": {"color": colour, "width": width, "dash": dash},
    }


def _lines(marks: Marks, shapes: frozenset[str], hatch: Boundaries) -> list[dict[str, Any]]:
    """Hatches, one trace a mark, and dotted outlines."""
    lines = [
        _line(
            (line for row in rows for line in hatch.hatch.get(row.country_iso3, [])),
            MARK_STYLES[key].hatch_colour,
            1.1,
        )
        for key, rows in marks.items()
        if MARK_STYLES[key].hatch
    ]
    dotted = {
        row.country_iso3 for key, rows in marks.items() if MARK_STYLES[key].dotted for row in rows
    }
    lines.append(_line(hatch.outline(dotted), GREY, 0.9, "1.5px,2.5px"))
    lines.append(_line(hatch.outline(shapes & set(UNDETERMINED)), INK, 0.9, "1px,2px"))
    return [line for line in lines if line["lon"]]


def _points(
    key: str, rows: list[Any], shapes: frozenset[str], hatch: Boundaries, total: int
) -> list[dict[str, Any]]:
    """Points for countries that have no shape, or one too small to show its class."""
    style = MARK_STYLES[key]
    places = [(row, _place(key, row, shapes, hatch)) for row in rows]
    points = [(row, place) for row, place in places if place]
    if not points:
        return []
    marker = {
        "symbol": SYMBOLS[key][0],
        "size": 7,
        "opacity": 1,
        "color": style.fill,
        "line": {"color": style.outline, "width": 1.2},
    }
    trace = {
        "type": "scattergeo",
        "mode": "markers",
        "marker": marker,
        "showlegend": False,
        "lon": [place[0] for _, place in points],
        "lat": [place[1] for _, place in points],
        "hovertext": [country_hover(row, total) for row, _ in points],
        "hovertemplate": HOVER,
    }
    return [trace]


def _place(
    key: str, row: Any, shapes: frozenset[str], hatch: Boundaries
) -> tuple[float, float] | None:
    """(longitude, latitude) of the point of a country that needs one."""
    if row.country_iso3 in shapes:
        limit = TINY if MARK_STYLES[key].dotted else SMALL
        small = hatch.area[row.country_iso3] < limit
        return hatch.label[row.country_iso3] if small else None
    if pd.isna(row.longitude) or pd.isna(row.latitude):
        return None
    return float(row.longitude), float(row.latitude)


def _letters(marks: Marks, hatch: Boundaries) -> list[dict[str, Any]]:
    """State letters on countries with room for one; bold, to stand out from a hatch."""
    alike = [key for key in marks if MARK_STYLES[key].dotted]
    room = {
        key: ROOM_FOR_TELLING_LETTER if key in alike and len(alike) > 1 else ROOM_FOR_LETTER
        for key in marks
    }
    spots = [
        (hatch.label[row.country_iso3], row.state_letter, MARK_STYLES[key].text)
        for key, rows in marks.items()
        for row in rows
        if hatch.area.get(row.country_iso3, 0) >= room[key]
    ]
    if not spots:
        return []
    trace = {
        "type": "scattergeo",
        "mode": "text",
        "hoverinfo": "skip",
        "showlegend": False,
        "lon": [place[0] for place, _, _ in spots],
        "lat": [place[1] for place, _, _ in spots],
        "text": [f"<b>{letter}</b>" for _, letter, _ in spots],
        "textfont": {"size": 11, "color": [colour for _, _, colour in spots]},
    }
    return [trace]


def _legend(marks: Marks) -> list[dict[str, Any]]:
    """Swatch, words, and the symbol that stands for the mark where a country is a point."""
    entries = [
        legend_entry(f"{mark_label(rows[0])}  {SYMBOLS[key][1]}", MARK_STYLES[key])
        for key, rows in marks.items()
    ]
    return [
        *entries,
        legend_entry(LAND_NAME, LAND_STYLE),
        legend_entry(UNDETERMINED_NAME, UNDETERMINED_STYLE),
    ]
