"""A country on a map of the world: a strong border, a ring, and its name on a tag beside it."""

import math
from collections.abc import Iterable, Iterator
from typing import Any

from dashboard.charts.marks.labels import escaped
from dashboard.charts.marks.letters import height, width
from dashboard.charts.marks.look import CLEAR, INK, PAPER
from dashboard.charts.spotlight.drawn_boxes import Box, Drawn, drawn, taken
from dashboard.charts.spotlight.pen import EDGED, LINE, Margin, Pen
from dashboard.measures.spotlight import Spotlight

RADII = (26.0, 23.0, 20.0, 17.0, 14.0)  # px of a ring at 1920 x 1080
MIDDLE, EDGE = 12.0, 6.0  # px around the middle of a country; of the page without a tag
LAND = 0.35  # of the side of a square as large as a country
PACE = 8  # of the points of hatches and borders, that are looked at
LEAST_SHAPE = 60.0  # px of a country whose border is drawn

Plain = dict[str, Any]


def ringed(sheet: Drawn, light: Spotlight, pen: Pen) -> list[Plain]:
    """Draws the ring and the tag; returns the traces of the border.

    Nothing where the map does not show the country.
    """
    place = _place(sheet, light)
    at = sheet.on_map(*place) if place else None
    if at is None:
        return []
    letters = list(_letters(sheet))
    ring = _ring(at, letters, pen.times)
    pen.ring(ring)
    marks = [*drawn(sheet), *_points(sheet), *_others(sheet, light, pen.times)]
    room = Margin(sheet.page.grown(-EDGE * pen.times), [*taken(sheet), *letters], marks)
    name = escaped(light.name)
    size = pen.tag_size(name)
    box = room.near(ring, size, pen.times) or room.near(ring, size, pen.times, over_marks=True)
    if box:
        pen.tag(name, box, ring)
    return _border(sheet, light, pen)


def _ring(at: tuple[float, float], letters: Iterable[Box], times: float) -> Box:
    """The largest ring that leaves the letters of other countries whole; its own stands inside."""
    rings = [Box(*at, *at).grown(radius * times) for radius in RADII]
    others = [box for box in letters if not box.within(rings[0])]
    free = (ring for ring in rings if not any(ring.meets(box) for box in others))
    return next(free, rings[-1])


def _shapes(sheet: Drawn) -> dict[str, tuple[float, float, float]]:
    """By ISO3: longitude and latitude of the middle of a shape, and its square degrees."""
    return {
        iso3: tuple(place)
        for trace in sheet.plain["data"]
        if trace["type"] == "choropleth" and (trace.get("meta") or {}).get("places")
        for iso3, place in zip(trace["locations"], trace["meta"]["places"], strict=True)
    }


def _place(sheet: Drawn, light: Spotlight) -> tuple[float, float] | None:
    """Longitude and latitude: the middle of its shape, else its reference point."""
    shape = _shapes(sheet).get(light.iso3)
    return shape[:2] if shape else light.place


def _others(sheet: Drawn, light: Spotlight, times: float) -> Iterator[Box]:
    """About where every other country lies: a tag stands better on the sea."""
    for iso3, (longitude, latitude, area) in _shapes(sheet).items():
        spot = sheet.on_map(longitude, latitude)
        if spot and iso3 != light.iso3:
            land = LAND * math.sqrt(area) * sheet.degree
            yield Box(*spot, *spot).grown(max(MIDDLE * times, land))
    for trace in sheet.plain["data"]:
        if trace["type"] == "scattergeo" and trace.get("mode") == "lines":
            for spot in zip(trace["lon"][::PACE], trace["lat"][::PACE], strict=True):
                at = sheet.on_map(*spot) if spot[0] is not None else None
                if at:
                    yield Box(*at, *at)


def _border(sheet: Drawn, light: Spotlight, pen: Pen) -> list[Plain]:
    """The shape of the country without a fill, its border with white edges.

    On a small country the edges alone would fill it.
    """
    shape = _shapes(sheet).get(light.iso3)
    if not shape or math.sqrt(shape[2]) * sheet.degree < LEAST_SHAPE * pen.times:
        return []
    return [
        {
            "type": "choropleth",
            "locationmode": "ISO-3",
            "locations": [light.iso3],
            "z": [0],
            "zmin": 0,
            "zmax": 1,
            "colorscale": [[0, CLEAR], [1, CLEAR]],
            "showscale": False,
            "showlegend": False,
            "hoverinfo": "skip",
            "marker": {"line": {"color": colour, "width": wide * pen.times}},
        }
        for colour, wide in ((PAPER, EDGED), (INK, LINE))
    ]


def _letters(sheet: Drawn) -> Iterator[Box]:
    for trace in sheet.plain["data"]:
        if trace["type"] == "scattergeo" and "text" in (trace.get("mode") or ""):
            sizes = trace["textfont"]["size"]
            for at, text in enumerate(trace["text"]):
                spot = sheet.on_map(trace["lon"][at], trace["lat"][at]) if text else None
                if spot:
                    size = sizes[at] if isinstance(sizes, list | tuple) else sizes
                    yield Box(*spot, *spot).grown(width(text, size) / 2, height(1, size) / 2)


def _points(sheet: Drawn) -> Iterator[Box]:
    for trace in sheet.plain["data"]:
        if trace["type"] == "scattergeo" and "markers" in (trace.get("mode") or ""):
            sizes = trace["marker"]["size"]
            for at, spot in enumerate(zip(trace["lon"], trace["lat"], strict=True)):
                on_map = sheet.on_map(*spot)
                if on_map:
                    size = sizes[at] if isinstance(sizes, list | tuple) else sizes
                    yield Box(*on_map, *on_map).grown(size / 2)
