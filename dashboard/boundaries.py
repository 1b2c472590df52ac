"""Country shapes for maps, read once a process from `static/boundaries`."""

import json
from functools import lru_cache
from pathlib import Path

from dashboard.charts.hatching import Boundaries, prepare

PATH = Path(__file__).resolve().parent / "static" / "boundaries" / "countries_110m.geojson"


@lru_cache(maxsize=1)
def boundaries() -> Boundaries:
    """Shapes, outlines and hatch lines of every country, by ISO 3166-1 alpha-3 code."""
    return prepare(json.loads(PATH.read_text(encoding="utf-8")))
