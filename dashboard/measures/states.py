"""The frame that everything starts from: state and class of every country under a selection."""

from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.edition.selection import Selection, state_labels, threshold_label
from dashboard.edition.tables import Tables
from dashboard.edition.wording import capitalised, count_in_words, quantity
from dashboard.measures.courses import considered
from dashboard.measures.personnel import persons_by_country

COUNTRY_COLUMNS = (
    "country_iso3",
    "country_name",
    "region",
    "subregion",
    "ocha_region",
    "latitude",
    "longitude",
    "in_review",
)
CLASSES = ("covered", "gap", "partial", "unknown")
# Every figure of a page starts from the same frame: made once (5 ms), not once a figure.
FRAMES_KEPT = 8


def country_states(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row a country that is in the review or contributes personnel, largest contributor first.

    Columns: `COUNTRY_COLUMNS`, persons, rank (Int64, ties share one, missing at 0 persons), share
    (of all persons, 0 to 1), state, state_letter, state_label, country_class, class_label, reason
    (one sentence), courses (number considered) and the number of courses at each level
    (dedicated ... not-documented). Definitions: docs/method.md.
    """
    return _country_states(tables, selection).copy(deep=False)


@lru_cache(maxsize=FRAMES_KEPT)
def _country_states(tables: Tables, selection: Selection) -> pd.DataFrame:
    counts, read_whole = _counts(tables, considered(tables, selection))
    frame = tables.countries[list(COUNTRY_COLUMNS)].assign(
        persons=persons_by_country(tables, selection)
    )
    levels = tables.package.codes("levels")
    state = _states(frame["in_review"].to_numpy(), counts, levels)
    country_class = _classes(counts, read_whole, levels.index(selection.threshold))
    frame = frame.assign(state=state, country_class=country_class, courses=counts.sum(axis=1))
    frame = frame.assign(**{level: counts[:, n] for n, level in enumerate(levels)})
    frame["read_whole"] = read_whole
    frame = frame[frame["in_review"] | (frame["persons"] > 0)]
    frame = _labelled(_ranked(frame), tables, selection)
    frame["reason"] = _reasons(frame, tables, selection)
    return frame.drop(columns="read_whole").reset_index(drop=True)


def _counts(tables: Tables, kept: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Considered courses by country and level; courses read whole by country."""
    country = tables.courses["country_position"].to_numpy()[kept]
    level = tables.courses["level_position"].to_numpy()[kept]
    countries, levels = len(tables.countries), len(tables.package.terms("levels"))
    cells = np.bincount(country * levels + level, minlength=countries * levels)
    whole = country[tables.courses["read_whole"].to_numpy()[kept]]
    return cells.reshape(countries, levels), np.bincount(whole, minlength=countries)


def _states(in_review: np.ndarray, counts: np.ndarray, levels: tuple[str, ...]) -> np.ndarray:
    """S(c): the highest level of the considered courses, or why there is none."""
    highest = np.array(levels, dtype=object)[(counts > 0).argmax(axis=1)]
    without = np.where(in_review, "no-course", "not-reviewed")
    return np.where(counts.any(axis=1), highest, without)


def _classes(counts: np.ndarray, read_whole: np.ndarray, threshold: int) -> np.ndarray:
    """Class of each country: the first rule that fits (docs/method.md).

    "None found" coded on evidence that shows only a part is partial: what is missing is the
    curriculum, as for any other content seen in part.
    """
    not_documented = counts.shape[1] - 1
    return np.select(
        [
            counts[:, : threshold + 1].any(axis=1),
            read_whole > 0,
            counts[:, threshold + 1 : not_documented].any(axis=1),
        ],
        ["covered", "gap", "partial"],
        default="unknown",
    )


def _ranked(frame: pd.DataFrame) -> pd.DataFrame:
    """Largest contributor first, then by name; ties share a rank; no persons, no rank."""
    total = frame["persons"].sum()
    rank = frame["persons"].rank(method="min", ascending=False)
    return frame.assign(
        rank=rank.where(frame["persons"] > 0).astype("Int64"),
        share=frame["persons"] / total if total else 0.0,
    ).sort_values(["persons", "country_name"], ascending=[False, True])


def _labelled(frame: pd.DataFrame, tables: Tables, selection: Selection) -> pd.DataFrame:
    package = tables.package
    letters = {term["code"]: term["letter"] for term in package.state_terms}
    labels = state_labels(selection, package)
    classes = {term["code"]: term["label"] for term in package.terms("classes")}
    return frame.assign(
        state_letter=frame["state"].map(letters),
        state_label=frame["state"].map(labels),
        class_label=frame["country_class"].map(classes),
    )


def _reasons(frame: pd.DataFrame, tables: Tables, selection: Selection) -> list[str]:
    """Why each country is in its class, in one sentence."""
    levels = tables.package.codes("levels")
    reached = levels[: levels.index(selection.threshold) + 1]
    covering = frame[list(reached)].sum(axis=1)
    threshold = threshold_label(selection.threshold, tables.package)
    columns = ("country_class", "state", "state_label", "courses", "read_whole")
    rows = zip(*(frame[column] for column in columns), covering, strict=True)
    return [_reason(*(*row, threshold, selection.filters_courses)) for row in rows]


def _reason(
    country_class: str,
    state: str,
    state_label: str,
    courses: int,
    read_whole: int,
    covering: int,
    threshold: str,
    filtered: bool,
) -> str:
    noun = "considered course" if filtered else "course"
    only, several = f"its only {noun}", quantity(courses, noun)
    if country_class == "covered":
        where = only if courses == 1 else f"{covering} of {courses} {noun}s"
        return f"{threshold} documented in {where}."
    if country_class == "gap":
        if courses == 1:
            return f"{capitalised(only)} was read whole: {state_label}, below the threshold."
        read = "one was" if read_whole == 1 else f"{count_in_words(read_whole)} were"
        return f"Of {several}, {read} read whole and none reaches the threshold: {state_label}."
    if country_class == "partial":
        unread = f"{capitalised(only)} was not" if courses == 1 else f"None of {several} was"
        return f"{unread} read whole; documented so far: {state_label}."
    if state == "not-documented":
        which = only if courses == 1 else f"any of its {several}"
        return f"No curriculum was found for {which}."
    if state == "no-course":
        matching = "no course matches the filters" if filtered else "no course is recorded"
        return f"In the review, but {matching}."
    return "Contributes personnel, but is not in the review."


# What the classes ask for is in the vocabulary; the three states of an unknown ask for different
# things.
STATE_ACTIONS = {
    "not-documented": ("ask", "A question to the centre: which curriculum is used?"),
    "no-course": ("ask", "A question to the country: where are its personnel trained?"),
    "not-reviewed": ("search", "A search: the review has not looked there yet"),
}
NO_MATCH_ASKS = "Loosen the filters on courses first: none of its courses matches them"


def next_step(
    country_class: str, state: str, tables: Tables, selection: Selection
) -> tuple[str, str]:
    """Action (keep, engage, ask, search or loosen) and what for, of a class and state."""
    if country_class == "unknown":
        if state == "no-course" and selection.filters_courses:
            return "loosen", NO_MATCH_ASKS
        return STATE_ACTIONS[state]
    term = next(term for term in tables.package.terms("classes") if term["code"] == country_class)
    return term.get("action", ""), term["ask"]
