"""Shapes, outlines, hatch lines and label points of countries, as `tools/hatches.py` has made them.

Plotly's maps have no pattern fill, so a hatch is drawn as lines clipped to the polygons.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Ring = list[tuple[float, float]]
Polygon = list[Ring]
Line = list[tuple[float, float]]
Path = tuple[list[float | None], list[float | None]]


@dataclass(frozen=True)
class Boundaries:
    """What the world map needs of the boundary file, by ISO 3166-1 alpha-3 code.

    `hatch`: hatch lines. `further`: outer rings of the parts that a country has as a separate
    feature (Plotly fills only the first feature of a code). `area`: square degrees, as large as at
    the equator. `label`: (longitude, latitude) of a point inside the largest part. `borders`: every
    stretch of border or coast once, with the codes of the countries that share it. `slim`: the
    polygons with as few points as the borders have, for a map that travels with every view.
    """

    hatch: dict[str, list[Line]] = field(default_factory=dict)
    further: dict[str, list[Ring]] = field(default_factory=dict)
    area: dict[str, float] = field(default_factory=dict)
    label: dict[str, tuple[float, float]] = field(default_factory=dict)
    borders: list[tuple[frozenset[str], Line]] = field(default_factory=list)
    slim: dict[str, list[Polygon]] = field(default_factory=dict)

    @property
    def shapes(self) -> frozenset[str]:
        """Codes that have a shape in the file."""
        return frozenset(self.area)

    def outline(self, iso3s: Iterable[str]) -> list[Line]:
        """Outlines of these countries, each stretch once, simplified for a thin dotted line."""
        wanted = frozenset(iso3s)
        return [line for codes, line in self.borders if codes & wanted]


def read(content: Mapping[str, Any]) -> dict[str, Boundaries]:
    """The boundaries of a file of `tools/hatches.py`, by the projection on which hatches are straight."""
    shared = Boundaries(
        further={code: _lines(rings) for code, rings in content["further"].items()},
        area=content["area"],
        label={code: tuple(place) for code, place in content["label"].items()},
        borders=[(frozenset(codes), _line(line)) for codes, line in content["borders"]],
        slim={code: [_lines(part) for part in parts] for code, parts in content["slim"].items()},
    )
    return {
        projection: replace(shared, hatch={code: _lines(lines) for code, lines in hatch.items()})
        for projection, hatch in content["hatch"].items()
    }


def path(lines: Iterable[Line]) -> Path:
    """Lines joined into one pair of lists with None between two of them, as Plotly takes them."""
    lons: list[float | None] = []
    lats: list[float | None] = []
    for line in lines:
        if lons:
            lons.append(None)
            lats.append(None)
        lons.extend(point[0] for point in line)
        lats.extend(point[1] for point in line)
    return lons, lats


def _line(points: Iterable[Iterable[float]]) -> Line:
    return [tuple(point) for point in points]


def _lines(lines: Iterable[Iterable[Iterable[float]]]) -> list[Line]:
    return [_line(line) for line in lines]
