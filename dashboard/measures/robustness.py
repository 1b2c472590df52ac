"""Measure 7: the headline under every combination of the choices that a critic would question."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import product

import numpy as np
import pandas as pd

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.measures.courses import considered
from dashboard.measures.personnel import persons_by_country
from dashboard.measures.robustness_choices import OpenChoice, choices_of, subset_masks

RESULTS_KEPT = 8


@dataclass(frozen=True, eq=False)
class Robustness:
    """Measure 7 under one selection.

    `choices`: the questioned choices, one axis each of `n` (persons counted as covered) and `N`
    (all persons; 0 where nobody is deployed under a combination). The base of every choice together
    is the selection itself.
    """

    choices: tuple[OpenChoice, ...]
    n: np.ndarray = field(repr=False)
    N: np.ndarray = field(repr=False)

    @cached_property
    def shares(self) -> np.ndarray:
        """n / N of every combination; missing where N is 0."""
        with np.errstate(invalid="ignore"):
            return np.where(self.N > 0, self.n / self.N, np.nan)

    @property
    def base(self) -> tuple[int, ...]:
        """Where the selection stands on each axis."""
        return tuple(list(choice.options).index(choice.base) for choice in self.choices)

    def at(self, place: tuple[int, ...]) -> tuple[int, int]:
        """n and N of one combination."""
        return int(self.n[place]), int(self.N[place])

    @property
    def ends(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """n and N of the lowest and of the highest combination. ValueError when nobody deploys."""
        low, high = (
            self.at(tuple(int(place) for place in np.unravel_index(flat, self.n.shape)))
            for flat in (np.nanargmin(self.shares), np.nanargmax(self.shares))
        )
        return low, high

    @cached_property
    def combinations(self) -> pd.DataFrame:
        """Every combination: a column a choice (labels), persons_covered, persons_total."""
        places = np.indices(self.n.shape).reshape(len(self.choices), -1)
        columns = {
            choice.code: np.array(list(choice.options.values()), dtype=object)[place]
            for choice, place in zip(self.choices, places, strict=True)
        }
        return pd.DataFrame(columns).assign(
            persons_covered=self.n.ravel(), persons_total=self.N.ravel()
        )

    @cached_property
    def from_base(self) -> pd.DataFrame:
        """The headline when one choice alone changes: choice, choice_label, option, option_label,
        is_base, n, N, share; the choice that moves it furthest first, then in the order of asking.
        """
        rows = [
            {
                "choice": choice.code,
                "choice_label": choice.label,
                "option": option,
                "option_label": label,
                "is_base": option == choice.base,
                "place": axis,
            }
            | self._moved(axis, number)
            for axis, choice in enumerate(self.choices)
            for number, (option, label) in enumerate(choice.options.items())
        ]
        frame = pd.DataFrame(rows)
        shares = frame.groupby("choice")["share"]
        frame["swing"] = (shares.transform("max") - shares.transform("min")).fillna(0.0)
        frame = frame.sort_values(["swing", "place"], ascending=[False, True], kind="stable")
        return frame.drop(columns="place").reset_index(drop=True)

    def _moved(self, axis: int, number: int) -> dict[str, float]:
        place = (*self.base[:axis], number, *self.base[axis + 1 :])
        n, total = self.at(place)
        return {"n": n, "N": total, "share": n / total if total else np.nan}

    @cached_property
    def swings(self) -> pd.DataFrame:
        """How far each choice moves the headline: choice, choice_label, from_base, and over all
        combinations of the others median and largest (differences of shares, 0 to 1).
        """
        alone = self.from_base.drop_duplicates("choice").set_index("choice")["swing"]
        rows = []
        for axis, choice in enumerate(self.choices):
            moved = _range_along(self.shares, axis)
            some = moved.size > 0
            rows.append(
                {
                    "choice": choice.code,
                    "choice_label": choice.label,
                    "from_base": alone[choice.code],
                    "median": float(np.median(moved)) if some else 0.0,
                    "largest": float(moved.max()) if some else 0.0,
                }
            )
        return pd.DataFrame(rows).sort_values(
            ["largest", "median"], ascending=False, kind="stable", ignore_index=True
        )


def _range_along(shares: np.ndarray, axis: int) -> np.ndarray:
    """Highest less lowest share along one axis, wherever there is one."""
    low = np.where(np.isnan(shares), np.inf, shares).min(axis=axis)
    high = np.where(np.isnan(shares), -np.inf, shares).max(axis=axis)
    return (high - low)[np.isfinite(low)]


def robustness(tables: Tables, selection: Selection) -> Robustness:
    """Measure 7 of docs/method.md.

    Missions, audiences, languages, years and providers stay as selected; threshold, types of
    course, personnel and date are among what is questioned.
    """
    return _robustness(tables, selection)


@lru_cache(maxsize=RESULTS_KEPT)
def _robustness(tables: Tables, selection: Selection) -> Robustness:
    kept = considered(tables, replace(selection, course_types=()))
    choices = choices_of(tables, selection, kept)
    by_code = {choice.code: choice for choice in choices}
    persons, total = _persons(tables, selection, by_code)
    masks = subset_masks(tables, selection, kept, choices)
    classes = _classes_by_country(tables, masks, tuple(by_code["threshold"].options))
    # Persons of covered, partial and unknown countries: (class, threshold, reading, subset, P).
    covered, partial, unknown = classes @ persons
    ways = np.stack(
        [
            np.stack([covered, covered + unknown], axis=1),
            np.stack([covered + partial, covered + partial + unknown], axis=1),
        ],
        axis=1,
    )
    # (threshold, partial, unknown, reading, subset, P): the order of `choices`.
    shape = tuple(len(choice.options) for choice in choices)
    n = ways.round().astype("int64").reshape(shape)
    return Robustness(choices, n, np.broadcast_to(total.reshape(shape[-2:]), shape))


def _persons(
    tables: Tables, selection: Selection, by_code: Mapping[str, OpenChoice]
) -> tuple[np.ndarray, np.ndarray]:
    """Persons by country (rows) for each personnel and date (columns), and the sum of each."""
    pairs = product(by_code["personnel"].options, by_code["as_of"].options)
    columns = [
        persons_by_country(tables, replace(selection, personnel=personnel, as_of=as_of))
        for personnel, as_of in pairs
    ]
    persons = np.stack(columns, axis=1)
    return persons.astype("float64"), persons.sum(axis=0)


def _classes_by_country(
    tables: Tables, masks: np.ndarray, thresholds: tuple[str, ...]
) -> np.ndarray:
    """1 where a country is covered, partial or unknown: (3, threshold, reading, subset, country).

    The rules are those of `measures.states`. Read as coded, every course that its coders gave a
    level counts as read whole, and no other does: nothing is partial then.
    """
    counts, whole = _counts(tables, masks)
    levels = tables.package.codes("levels")
    not_documented = len(levels) - 1
    found = []
    for threshold in thresholds:
        reached = levels.index(threshold) + 1
        covered = counts[:, :, :reached].any(axis=2)
        below = counts[:, :, reached:not_documented].any(axis=2)
        partial = ~covered & ~whole & below
        unknown = ~covered & ~whole & ~below
        nothing_coded = ~covered & ~below
        found.append(
            [
                np.stack([covered, covered]),
                np.stack([partial, np.zeros_like(partial)]),
                np.stack([unknown, nothing_coded]),
            ]
        )
    return np.stack([np.stack(part) for part in zip(*found, strict=True)]).astype("float64")


def _counts(tables: Tables, masks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Courses by subset, country and level; whether one was read whole, by subset and country."""
    countries, levels = len(tables.countries), len(tables.package.terms("levels"))
    country = tables.courses["country_position"].to_numpy()
    cell = country * levels + tables.courses["level_position"].to_numpy()
    read = tables.courses["read_whole"].to_numpy()
    counts = [np.bincount(cell[mask], minlength=countries * levels) for mask in masks]
    whole = [np.bincount(country[mask & read], minlength=countries) > 0 for mask in masks]
    return np.stack(counts).reshape(len(masks), countries, levels), np.stack(whole)
