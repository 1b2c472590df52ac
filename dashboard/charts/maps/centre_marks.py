"""How a training centre is drawn: size by courses, colour, letter and ring by its best level.

Several centres of one city stand in a ring around it, so that each can be pointed at.
"""

import math
from dataclasses import dataclass

import pandas as pd

from dashboard.charts.marks.labels import escaped, wrapped
from dashboard.charts.marks.look import GREY, INK, PAPER, STATE_STYLES
from dashboard.edition.wording import counted

# Radius in px, by the square root of the number of courses: the area says how many there are.
SMALLEST, LARGEST = 6.0, 18.0
PER_COURSE = 4.0
# Degrees between a city and each of its centres. On a map of the world this is less than a pixel;
# zoomed in, it sets them apart.
BESIDE = 0.25
IN_A_RING = 8
CITY_NOTE = "Markers show the city, not the site."
STAND_IN = "City not known: the marker stands at the reference point of the country"


@dataclass(frozen=True)
class Ring:
    """The outline of a point: colour and width in px. It differs where the letter is too small."""

    colour: str
    width: float


RINGS: dict[str, Ring] = {
    "dedicated": Ring(PAPER, 2.5),
    "module": Ring(PAPER, 1.5),
    "cimic": Ring(INK, 1.0),
    "related": Ring(GREY, 1.0),
    "none-found": Ring(INK, 2.0),
    "not-documented": Ring(GREY, 2.0),
    "no-course": Ring(GREY, 1.0),
}


def placed(centres: pd.DataFrame) -> pd.DataFrame:
    """The centres that have coordinates, largest first, each with longitude, latitude and radius.

    `centres`: the columns of measures/centres.py. Where several share a place, they are moved by
    `BESIDE` degrees in a ring (the ninth begins a wider one), in the order of their ids; the rest
    keeps its place. Smaller points come later, so that they lie on top.
    """
    points = centres[centres["placed"]].copy()
    spots = points.groupby(["longitude", "latitude"], sort=False)["centre_id"]
    number = spots.rank(method="first").astype(int) - 1
    together = spots.transform("size")
    moved = [
        _beside(*row)
        for row in zip(points["longitude"], points["latitude"], number, together, strict=True)
    ]
    points["longitude"] = [place[0] for place in moved]
    points["latitude"] = [place[1] for place in moved]
    points["radius"] = [radius(courses) for courses in points["courses"]]
    order = ["courses", "centre_id"]
    return points.sort_values(order, ascending=[False, True]).reset_index(drop=True)


def radius(courses: int) -> float:
    """Radius in px of a centre with so many considered courses."""
    return round(min(LARGEST, max(SMALLEST, PER_COURSE * math.sqrt(courses))), 1)


def _beside(longitude: float, latitude: float, number: int, together: int) -> tuple[float, float]:
    if together == 1:
        return longitude, latitude
    ring, place = divmod(number, IN_A_RING)
    members = min(IN_A_RING, together - ring * IN_A_RING)
    angle = 2 * math.pi * (place + ring / 2) / members
    away = BESIDE * (1 + ring)
    east = away * math.sin(angle) / max(0.2, math.cos(math.radians(latitude)))
    return round(longitude + east, 3), round(latitude + away * math.cos(angle), 3)


def centre_hover(row: pd.Series) -> str:
    """The hover box of a centre: name, place, kind, courses, best level; escaped."""
    courses = int(row.courses)
    name = f"{row.centre_name} ({row.acronym})" if row.acronym else row.centre_name
    place = f"{row.city}, {row.country_name}" if row.city else row.country_name
    lines = [
        f"<b>{wrapped(name)}</b>",
        wrapped(place),
        escaped(row.provider),
        counted(courses, "considered course"),
        f"Best level: {escaped(row.state_letter)}  {wrapped(row.state_label)}",
    ]
    return "<br>".join([*lines, *([] if row.in_city else [f"<i>{wrapped(STAND_IN)}</i>"])])


def letter_colour(state: str) -> str:
    """Colour of the letter on a point."""
    return STATE_STYLES[state].text
