"""Country shapes for maps, read once a process from `static/maps`."""

import json
from functools import lru_cache
from importlib.resources import files

from dashboard.charts.maps.boundaries import Boundaries, read

PATH = files("dashboard") / "static" / "maps" / "hatches.json"


def boundaries() -> Boundaries:
    """Shapes, outlines and hatch lines of every country, by ISO 3166-1 alpha-3 code."""
    return _read()["natural-earth"]


def mercator_boundaries() -> Boundaries:
    """The same for a Mercator map, on which other hatch lines are straight."""
    return _read()["mercator"]


@lru_cache(maxsize=1)
def _read() -> dict[str, Boundaries]:
    return read(json.loads(PATH.read_text(encoding="utf-8")))
