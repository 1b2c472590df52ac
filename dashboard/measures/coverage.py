"""Measure 1: the share of deployed personnel that comes from covered countries, with its bounds."""

from dataclasses import dataclass

import pandas as pd

from dashboard.edition.selection import Selection, state_labels
from dashboard.edition.tables import Package, Tables
from dashboard.edition.wording import SMALLEST_FOR_PER_CENT, share, span
from dashboard.measures.states import country_states

# Left to right on the bar: what is documented, what is open, what is ruled out. So the open zone
# lies between the lower and the upper bound.
DRAWING_ORDER = ("covered", "partial", "unknown", "gap")
LARGEST_NAMED = 3


@dataclass(frozen=True, eq=False)
class Coverage:
    """Measure 1 under one selection.

    `n` persons from covered countries of `N` in all; `lower` and `upper` are the bounds in persons
    (documented; everything but established gaps). `countries`: contributors in all. `classes`: one
    row a class in drawing order with country_class, class_label, persons, share (0 to 1),
    countries and largest (names). `segments`: the same with class unknown split into its three
    states (state, state_letter, state_label; empty in the other classes).
    """

    n: int
    N: int
    lower: int
    upper: int
    countries: int
    classes: pd.DataFrame
    segments: pd.DataFrame

    @property
    def sentence(self) -> str:
        """The measure in words, for example "7 per cent documented (6,521 of 92,511); between 7
        and 85 per cent, because for the rest nothing rules it out"."""
        if not self.N:
            return "No personnel under these filters"
        return f"{self._documented}; {self._bounds}"

    @property
    def _documented(self) -> str:
        if self.N < SMALLEST_FOR_PER_CENT:
            return f"{share(self.n, self.N)} documented"
        return share(self.n, self.N).replace(" (", " documented (")

    @property
    def _bounds(self) -> str:
        if self.lower == self.upper == self.N:
            return "nothing is left open"
        if self.lower == self.upper:
            return "nothing is left open, because for the rest a gap is established"
        bounds = span(self.lower, self.upper, self.N)
        return f"{bounds}, because for the rest nothing rules it out"


def coverage(tables: Tables, selection: Selection) -> Coverage:
    """Measure 1 of docs/method.md under a selection."""
    frame = country_states(tables, selection)
    contributors = frame[frame["persons"] > 0]
    total = int(contributors["persons"].sum())
    classes = _by_class(contributors, total, tables.package)
    states = _unknown_by_state(contributors, total, tables.package, selection)
    persons = classes.set_index("country_class")["persons"]
    return Coverage(
        n=int(persons["covered"]),
        N=total,
        lower=int(persons["covered"]),
        upper=total - int(persons["gap"]),
        countries=len(contributors),
        classes=classes,
        segments=_split_unknown(classes, states),
    )


def _by_class(contributors: pd.DataFrame, total: int, package: Package) -> pd.DataFrame:
    sums = _sums(contributors, "country_class", list(DRAWING_ORDER), total)
    labels = [package.label("classes", code) for code in sums["country_class"]]
    return sums.assign(class_label=labels)


def _unknown_by_state(
    contributors: pd.DataFrame, total: int, package: Package, selection: Selection
) -> pd.DataFrame:
    """The three states that make a country unknown, kept apart: each asks for something else."""
    unknown = contributors[contributors["country_class"] == "unknown"]
    sums = _sums(unknown, "state", ["not-documented", *package.codes("states")], total)
    letters = {term["code"]: term["letter"] for term in package.state_terms}
    labels = state_labels(selection, package)
    return sums.assign(
        state_letter=[letters[code] for code in sums["state"]],
        state_label=[labels[code] for code in sums["state"]],
        country_class="unknown",
        class_label=package.label("classes", "unknown"),
    )


def _split_unknown(classes: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    place = DRAWING_ORDER.index("unknown")
    parts = [classes[:place], states, classes[place + 1 :]]
    segments = pd.concat(parts, ignore_index=True)
    text = ["state", "state_letter", "state_label"]
    segments[text] = segments[text].fillna("")
    return segments


def _sums(frame: pd.DataFrame, key: str, order: list[str], total: int) -> pd.DataFrame:
    """Persons, countries and the largest contributors by `key`, in `order`, none left out."""
    rows = []
    for code in order:
        group = frame[frame[key] == code]
        persons = int(group["persons"].sum())
        rows.append(
            {
                key: code,
                "persons": persons,
                "share": persons / total if total else 0.0,
                "countries": len(group),
                "largest": tuple(group["country_name"][:LARGEST_NAMED]),
            }
        )
    return pd.DataFrame(rows)
