"""Country shapes for maps, read once a process from `static/boundaries`."""

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

from dashboard.charts.maps.hatching import Boundaries, prepare
from dashboard.charts.marks import projections

PATH = files("dashboard") / "static" / "boundaries" / "countries_110m.geojson"


@lru_cache(maxsize=1)
def boundaries() -> Boundaries:
    """Shapes, outlines and hatch lines of every country, by ISO 3166-1 alpha-3 code."""
    return prepare(_read())


@lru_cache(maxsize=1)
def mercator_boundaries() -> Boundaries:
    """The same for a Mercator map, on which other hatch lines are straight."""
    return prepare(_read(), projection=projections)


def _read() -> dict[str, Any]:
    return json.loads(PATH.read_text(encoding="utf-8"))
