"""What can be wrong with a slide before a meeting, and the addresses that its chart would ask.

Only what a person can act on. Whether the words of our charts can be read is no matter of one
storyline: tests/browser/test_briefing.py measures their size, contrast and overlap in a browser.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dashboard.charts.typeset.slide import Screen
from dashboard.edition.wording import listing

Plain = Mapping[str, Any]
_ADDRESS = re.compile(r"(?:https?:)?//\S+|wss?://\S+")
# The parts of a figure that a browser fetches when they are addresses.
_FETCHED = {"source", "style", "geojson", "url", "src", "tiles", "topojsonURL"}


class Kind(StrEnum):
    """What is wrong with a slide."""

    MISSING = "Missing"
    TOO_LONG = "Too long"
    NETWORK = "Network"


class Severity(StrEnum):
    """How much: a problem spoils the slide in the room, the rest deserves a look."""

    PROBLEM = "Problem"
    LOOK = "Have a look"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a slide on a screen, and what to do, in sentences.

    `check`: name of what was looked at; the same on several screens is one finding. `badness`: the
    larger, the worse.
    """

    check: str
    kind: Kind
    severity: Severity
    what: str
    do: str
    badness: float = 0.0


FEWER = "Narrow its view on the page behind it, or show another figure."


def network_fault(asked: Sequence[str]) -> Fault:
    """That a slide asks these addresses, which are outside this machine."""
    hosts = list(dict.fromkeys(one.split("//", 1)[-1].split("/")[0] for one in asked))
    return Fault(
        "network",
        Kind.NETWORK,
        Severity.PROBLEM,
        f"The slide asks {listing(hosts)}, outside this machine.",
        "Show another figure, and tell whoever looks after the dashboard.",
        len(asked),
    )


def outside_addresses(figure: Plain) -> tuple[str, ...]:
    """Addresses in a figure (as a dict) that a browser would fetch from."""
    return tuple(dict.fromkeys(_addresses(figure)))


def _addresses(part: Any, name: str = "") -> Iterator[str]:
    if isinstance(part, Mapping):
        for key, value in part.items():
            yield from _addresses(value, key)
    elif isinstance(part, str):
        if name in _FETCHED and _ADDRESS.fullmatch(part):
            yield part
    elif isinstance(part, list | tuple) and (name in _FETCHED or (part and _may_hold(part[0]))):
        for one in part:
            yield from _addresses(one, name)


def _may_hold(part: Any) -> bool:
    return isinstance(part, Mapping | list | tuple)


def name_of(screen: Screen) -> str:
    """What a screen is called: "1920 × 1080"."""
    return f"{screen.width:g} × {screen.height:g}"


def px(size: float) -> str:
    """A length for people: "16.8", "24"."""
    return f"{size:.1f}".removesuffix(".0")
