"""The Natural Earth projection, as Plotly draws it: where a place stands on the map, and back.

Polynomials of Šavrič, Jenny, Patterson, Petrovič and Hurni (2011), A Polynomial Equation for the
Natural Earth Projection, Cartography and Geographic Information Science 38(4); the same as d3's
geoNaturalEarth1, which Plotly uses. All angles and map units are degrees.
"""

import math

NAME = "natural earth"  # in Plotly
PRECISE = 1e-7  # radians: a thousandth of what is kept of a coordinate
ROUNDS = 20  # Newton's method needs three or four


def to_natural_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """Position on the map, in degrees to the east and north of its middle."""
    phi = math.radians(latitude)
    return longitude * _width(phi), math.degrees(_height(phi))


def from_natural_earth(x: float, y: float) -> tuple[float, float]:
    """(longitude, latitude) of a position on the map."""
    target = math.radians(y)
    phi = target
    for _ in range(ROUNDS):
        error = _height(phi) - target
        if abs(error) < PRECISE:
            break
        phi -= error / _slope(phi)
    return x / _width(phi), math.degrees(phi)


def _width(phi: float) -> float:
    p2 = phi * phi
    p4 = p2 * p2
    return 0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4))


def _height(phi: float) -> float:
    p2 = phi * phi
    p4 = p2 * p2
    return phi * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)))


def _slope(phi: float) -> float:
    """The derivative of `_height`."""
    p2 = phi * phi
    p4 = p2 * p2
    return 1.007226 + p2 * (0.045255 + p4 * (-0.311325 + 0.259866 * p2 - 0.065076 * p4))


def to_mercator(longitude: float, latitude: float) -> tuple[float, float]:
    """Position on the map, in degrees to the east and north of its middle."""
    return longitude, math.degrees(math.asinh(math.tan(math.radians(latitude))))


def from_mercator(x: float, y: float) -> tuple[float, float]:
    """(longitude, latitude) of a position on the map."""
    return x, math.degrees(math.atan(math.sinh(math.radians(y))))
