"""One country in a few words, and the marks of every chart that stand for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.selection import Selection
from dashboard.tables import Tables


@dataclass(frozen=True)
class Spotlight:
    """A country to stand out on every slide.

    `line`: what the review says of it, in one line; `marks`: kinds of marks in charts -> the codes
    that stand for it ("country": its ISO3, "class", "state", "mission", "language", ...).
    """

    iso3: str
    name: str
    line: str
    marks: Mapping[str, tuple[str, ...]]


def spotlight(tables: Tables, selection: Selection, iso3: str) -> Spotlight:
    """What is said of a country, and where it is found in charts."""
    names = dict(zip(tables.countries["country_iso3"], tables.countries["country_name"], strict=True))
    name = names[iso3]
    return Spotlight(iso3, name, f"{name}", {"country": (iso3,)})
