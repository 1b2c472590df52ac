"""The Mercator projection, as deck.gl draws its maps: where a place stands on the map, and back.

Map units are degrees: as large as degrees of longitude, in both directions.
"""

import math


def forward(longitude: float, latitude: float) -> tuple[float, float]:
    """Position on the map, in degrees to the east and north of its middle."""
    return longitude, math.degrees(math.asinh(math.tan(math.radians(latitude))))


def inverse(x: float, y: float) -> tuple[float, float]:
    """(longitude, latitude) of a position on the map."""
    return x, math.degrees(math.atan(math.sinh(math.radians(y))))
