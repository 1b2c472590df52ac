"""45-degree hatch lines, outlines and label points from country polygons, computed once.

`python -m tools.hatches` reads `dashboard/static/boundaries/countries_110m.geojson` and writes what the
maps need of it to `dashboard/static/maps/hatches.json`; a test compares the two.

Plotly's maps have no pattern fill, so a hatch is drawn as lines clipped to the polygons. They are
clipped on the map (Natural Earth, unless another projection is given), where they are to be
straight and evenly apart, and handed over in longitude and latitude.
"""

import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from dashboard.charts.maps.boundaries import Boundaries, Line, Polygon, Ring
from dashboard.charts.marks import projections

STATIC = Path(__file__).parents[1] / "dashboard" / "static"
SHAPES = STATIC / "boundaries" / "countries_110m.geojson"
MADE = STATIC / "maps" / "hatches.json"

# Map degrees between two hatch lines, chosen by eye: about 5 px on a desk screen, and on a phone
# the lines still do not run together.
SPACING = 1.9
# Plotly draws the great circle between two points. Over this many degrees it differs from the
# straight line on the map by less than a pixel, so that long hatch lines remain parallel.
LONGEST_STEP = 3.0
# Degrees by which a dotted outline may differ from the border under it: less than half a pixel on a
# wide screen.
TOLERANCE = 0.1
DECIMALS = 2

Place = Callable[[float, float], tuple[float, float]]
Edge = tuple[tuple[float, float], tuple[float, float]]


class Projection(NamedTuple):
    """From (longitude, latitude) to the map in map degrees, and back."""

    forward: Place
    inverse: Place


NATURAL_EARTH = Projection(projections.to_natural_earth, projections.from_natural_earth)
MERCATOR = Projection(projections.to_mercator, projections.from_mercator)


def prepare(
    geojson: dict[str, Any], spacing: float = SPACING, projection: Projection = NATURAL_EARTH
) -> Boundaries:
    """Everything the map needs, from a GeoJSON FeatureCollection whose features have an ISO3 `id`.

    `spacing`: map degrees between two hatch lines. `projection`: the map on which these are
    straight. A code may have several features.
    """
    polygons: dict[str, list[Polygon]] = defaultdict(list)
    further: dict[str, list[Ring]] = defaultdict(list)
    for feature in geojson["features"]:
        code, parts = feature["id"], _polygons(feature["geometry"])
        if code in polygons:
            further[code].extend(part[0] for part in parts)
        polygons[code].extend(parts)
    rings = {code: [ring for part in parts for ring in part] for code, parts in polygons.items()}
    hatch = {
        code: [line for part in parts for line in _hatch(part, spacing, projection)]
        for code, parts in polygons.items()
    }
    owners = _owners(rings)
    return Boundaries(
        hatch=hatch,
        further=dict(further),
        area={code: sum(map(_area, parts)) for code, parts in polygons.items()},
        label={code: _inside(max(parts, key=_area)) for code, parts in polygons.items()},
        borders=_borders(rings, dict(owners)),
        slim={
            code: [[_slim(ring, owners) for ring in part] for part in parts]
            for code, parts in polygons.items()
        },
    )


def _owners(rings: dict[str, list[Ring]]) -> dict[Edge, set[str]]:
    """The codes of the one or two countries that each edge of a border or coast belongs to."""
    owners: dict[Edge, set[str]] = defaultdict(set)
    for code, ring in _each(rings):
        for edge in _edges(ring):
            owners[edge].add(code)
    return owners


def _slim(ring: Ring, owners: dict[Edge, set[str]]) -> Ring:
    """A ring with fewer points, the same on both sides of a border, so that no gap opens."""
    shared = [owners[edge] for edge in _edges(ring)]
    turns = [i for i, codes in enumerate(shared) if codes != shared[i - 1]]
    if not turns:
        slim = _simpler(ring)
        return slim if _is_shape(slim) else ring
    # Begin where the neighbour changes, so that no stretch is cut in two.
    points = ring[turns[0] : -1] + ring[: turns[0] + 1]
    ends = [turn - turns[0] for turn in turns] + [len(points) - 1]
    slim = [points[0]]
    for start, end in pairwise(ends):
        line = points[start : end + 1]
        slim += _simpler(line)[1:] if line[0] < line[-1] else _simpler(line[::-1])[-2::-1]
    return slim if _is_shape(slim) else ring


def _is_shape(ring: Ring) -> bool:
    """Whether a closed ring encloses an area and none of its edges crosses another."""
    if len(ring) < 4:
        return False
    points = np.array(ring)
    start, end = points[:-1], points[1:]

    def side(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
        """On which side of the lines a to b (rows) the points c (columns) lie."""
        (ax, ay), (bx, by) = a.T[:, :, None], b.T[:, :, None]
        return np.sign((bx - ax) * (c[:, 1] - ay) - (by - ay) * (c[:, 0] - ax))

    apart = side(start, end, start) * side(start, end, end) < 0
    return not (apart & apart.T).any()


def _borders(
    rings: dict[str, list[Ring]], owners: dict[Edge, set[str]]
) -> list[tuple[frozenset[str], Line]]:
    """All borders and coasts, each stretch once with the codes of the countries that share it.

    Drawn twice, once from each side, two dotted lines would fill each other's gaps. `owners` is
    used up.
    """
    stretches: list[tuple[frozenset[str], Line]] = []
    for _, ring in _each(rings):
        line: Line = []
        shared: set[str] | None = None
        for (a, b), edge in zip(pairwise(ring), _edges(ring), strict=True):
            codes = owners.pop(edge, None)
            if line and codes == shared:
                line.append(b)
                continue
            if line and shared:
                stretches.append((frozenset(shared), _simpler(line)))
            line, shared = ([a, b] if codes else []), codes
        if line and shared:
            stretches.append((frozenset(shared), _simpler(line)))
    return stretches


def _each(rings: dict[str, list[Ring]]) -> Iterator[tuple[str, Ring]]:
    return ((code, ring) for code, parts in rings.items() for ring in parts)


def _edges(ring: Ring) -> list[Edge]:
    """The edges of a ring without direction, so that both sides of a border give the same edge."""
    return [(a, b) if a < b else (b, a) for a, b in pairwise(ring)]


def _simpler(line: Line) -> Line:
    """Fewer points, none further than TOLERANCE from the new line (Ramer, Douglas and Peucker)."""
    kept = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    if line[0] == line[-1]:  # a closed coast has no chord to measure from
        middle = len(line) // 2
        kept.add(middle)
        spans = [(0, middle), (middle, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        distance, index = _furthest(line, first, last)
        if distance > TOLERANCE:
            kept.add(index)
            spans += [(first, index), (index, last)]
    return [line[i] for i in sorted(kept)]


def _furthest(line: Line, first: int, last: int) -> tuple[float, int]:
    """Distance (degrees) and index of the point that is furthest from the chord first to last."""
    (x1, y1), (x2, y2) = line[first], line[last]
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    best = (0.0, first)
    for i in range(first + 1, last):
        x, y = line[i]
        across = abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length
        if across > best[0]:
            best = (across, i)
    return best


def _polygons(geometry: dict[str, Any]) -> list[Polygon]:
    coordinates = geometry["coordinates"]
    parts = coordinates if geometry["type"] == "MultiPolygon" else [coordinates]
    return [[[(x, y) for x, y, *_ in ring] for ring in part] for part in parts]


def _hatch(polygon: Polygon, spacing: float, projection: Projection) -> Iterator[Line]:
    """Lines at 45 degrees inside one polygon, by the even-odd rule, so that holes stay empty.

    In u = x - y and v = x + y a hatch line has a constant u; its crossings with all rings, sorted
    by v, are entries and exits in turn.
    """
    step = spacing * math.sqrt(2)
    crossings: dict[int, list[float]] = defaultdict(list)
    for ring in polygon:
        places = [projection.forward(longitude, latitude) for longitude, latitude in ring]
        turned = [(x - y, x + y) for x, y in places]
        for (u1, v1), (u2, v2) in pairwise(turned):
            low, high = (u1, u2) if u1 < u2 else (u2, u1)
            # Half open: a corner that lies on a line counts for one of its two edges.
            for k in range(math.ceil(low / step), math.ceil(high / step)):
                crossings[k].append(v1 + (k * step - u1) * (v2 - v1) / (u2 - u1))
    for k in sorted(crossings):
        values = sorted(crossings[k])
        for start, end in zip(values[::2], values[1::2], strict=True):
            yield _segment(k * step, start, end, projection)


def _segment(u: float, start: float, end: float, projection: Projection) -> Line:
    """One hatch line from v = start to v = end, with points between that keep it straight."""
    pieces = max(1, math.ceil((end - start) / 2 / LONGEST_STEP))
    values = [start + (end - start) * i / pieces for i in range(pieces + 1)]
    places = [projection.inverse((u + v) / 2, (v - u) / 2) for v in values]
    return [
        (round(longitude, DECIMALS), round(latitude, DECIMALS)) for longitude, latitude in places
    ]


def _area(polygon: Polygon) -> float:
    """Square degrees inside the outer ring, narrowed by the cosine of its latitude as on a map."""
    ring = polygon[0]
    doubled = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
    latitude = sum(y for _, y in ring) / len(ring)
    return abs(doubled) / 2 * math.cos(math.radians(latitude))


def _inside(polygon: Polygon) -> tuple[float, float]:
    """A point inside: the middle of the widest stretch at half the height of the shape."""
    latitudes = [y for _, y in polygon[0]]
    middle = (min(latitudes) + max(latitudes)) / 2
    crossings = sorted(
        x1 + (middle - y1) * (x2 - x1) / (y2 - y1)
        for ring in polygon
        for (x1, y1), (x2, y2) in pairwise(ring)
        if (y1 < middle) != (y2 < middle)
    )
    west, east = max(
        zip(crossings[::2], crossings[1::2], strict=True),
        key=lambda stretch: stretch[1] - stretch[0],
    )
    return round((west + east) / 2, DECIMALS), round(middle, DECIMALS)


def content(geojson: dict[str, Any]) -> str:
    """The file as text: hatch lines for both projections, the rest once."""
    plain, mercator = prepare(geojson), prepare(geojson, projection=MERCATOR)
    told = {
        "hatch": {"natural-earth": plain.hatch, "mercator": mercator.hatch},
        "further": plain.further,
        "area": plain.area,
        "label": plain.label,
        "borders": [(sorted(codes), line) for codes, line in plain.borders],
        "slim": plain.slim,
    }
    return json.dumps(told, separators=(",", ":")) + "\n"


def main() -> None:
    """Write the file."""
    MADE.parent.mkdir(exist_ok=True)
    MADE.write_text(content(json.loads(SHAPES.read_text(encoding="utf-8"))), encoding="utf-8")


if __name__ == "__main__":
    main()
