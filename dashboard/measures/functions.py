"""Measure 10: the functions around UN-CMCoord, by the topics that courses are documented to treat.

A topic is documented when a considered course names it. Where none does, it counts whether any
course was read whole: only then is it established that what was read does not name the topic. A
course whose content was not documented says nothing either way.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.edition.selection import Selection, state_labels
from dashboard.edition.tables import Tables
from dashboard.measures.courses import considered
from dashboard.measures.states import country_states

# Functions whose topics are never counted as one: UN-CMCoord is the humanitarian side, CIMIC the
# military one.
KEPT_APART = ("un-cmcoord",)
NOT_DOCUMENTED = "not-documented"
THEMES = (
    "theme",
    "function",
    "function_label",
    "topic",
    "label",
    "topics",
    "courses",
    "countries",
    "persons",
    "gap",
    "all_persons",
)
COUNTRIES = (
    "country_iso3",
    "country_name",
    "persons",
    "theme",
    "courses",
    "country_class",
    "class_label",
    "state",
    "state_label",
)
KEPT = 8


@dataclass(frozen=True, eq=False)
class Functions:
    """Measure 10 under one selection.

    `themes`: one row a function and one a topic in it, in the order of the vocabulary: theme (its
    code: "protection", "protection.gender"), function, function_label, topic ("" for a function as
    a whole), label, courses (considered, of all countries, that name it), countries and persons
    (contributors with such a course), gap (persons where a course was read whole and none names
    it), all_persons. `countries`: one row a theme and contributing country, with country_iso3,
    country_name, persons, courses (that name it), country_class, class_label, state and state_label
    (of the country with regard to the theme).
    """

    themes: pd.DataFrame
    countries: pd.DataFrame


def functions(tables: Tables, selection: Selection) -> Functions:
    """Measure 10 of docs/method.md. No rows when the edition has no vocabulary of functions."""
    return _functions(tables, selection)


@lru_cache(maxsize=KEPT)
def _functions(tables: Tables, selection: Selection) -> Functions:
    frame = country_states(tables, selection)
    frame = frame[frame["persons"] > 0]
    place = tables.countries.reset_index().set_index("country_iso3")["index"]
    places = place[frame["country_iso3"]].to_numpy()
    evidence = [counted[places] for counted in _evidence(tables, selection)]
    rows, parts = [], []
    for theme in _themes(tables):
        named = naming(tables, selection, theme["topics"])
        by_country = _per_country(tables, named)[places]
        classes = _classes(by_country, *evidence)
        part = frame[["country_iso3", "country_name", "persons", "state", "state_label"]]
        part = part.assign(theme=theme["theme"], courses=by_country, country_class=classes)
        parts.append(part)
        rows.append(theme | _sums(part, int(named.sum())))
    labels = {term["code"]: term["label"] for term in tables.package.terms("classes")}
    if not rows:
        return Functions(pd.DataFrame(columns=THEMES), pd.DataFrame(columns=COUNTRIES))
    countries = pd.concat(parts, ignore_index=True)
    countries["class_label"] = countries["country_class"].map(labels)
    countries = _state_of_theme(countries, tables, selection)
    return Functions(pd.DataFrame(rows)[list(THEMES)], countries[list(COUNTRIES)])


def naming(tables: Tables, selection: Selection, topics: tuple[str, ...]) -> np.ndarray:
    """Mask over `tables.courses`: considered courses that name at least one of the topics."""
    places = tables.topics.loc[tables.topics["topic"].isin(topics), "course_position"]
    return considered(tables, selection) & np.isin(np.arange(len(tables.courses)), places)


def _themes(tables: Tables) -> list[dict]:
    """Functions as a whole and their topics; those that are kept apart have topics only."""
    themes = []
    for term in tables.package.terms("functions"):
        topics = tuple(filter(None, term["topics"].split(";")))
        function = {"function": term["code"], "function_label": term["label"]}
        if term["code"] not in KEPT_APART:
            whole = {"theme": term["code"], "topic": "", "label": term["label"], "topics": topics}
            themes.append(function | whole)
        if len(topics) > 1 or term["code"] in KEPT_APART:
            themes += [
                function
                | {
                    "theme": f"{term['code']}.{topic}",
                    "topic": topic,
                    "topics": (topic,),
                    "label": tables.package.label("topics", topic),
                }
                for topic in topics
            ]
    return themes


def _per_country(tables: Tables, kept: np.ndarray) -> np.ndarray:
    country = tables.courses["country_position"].to_numpy()[kept]
    return np.bincount(country, minlength=len(tables.countries))


def _evidence(tables: Tables, selection: Selection) -> tuple[np.ndarray, np.ndarray]:
    """By country: considered courses read whole, and those with content that is documented.

    A page that was too thin to judge is no course read whole here, whatever its kind.
    """
    kept = considered(tables, selection)
    documented = kept & (tables.courses["cmcoord_level"] != NOT_DOCUMENTED).to_numpy()
    whole = documented & tables.courses["read_whole"].to_numpy()
    return _per_country(tables, whole), _per_country(tables, documented)


def _classes(named: np.ndarray, whole: np.ndarray, documented: np.ndarray) -> np.ndarray:
    """Class of each country with regard to a theme: the first rule that fits."""
    return np.select(
        [named > 0, whole > 0, documented > 0], ["covered", "gap", "partial"], default="unknown"
    )


def _state_of_theme(countries: pd.DataFrame, tables: Tables, selection: Selection) -> pd.DataFrame:
    """The state where the class is unknown, to keep its three kinds apart; else empty."""
    unknown = countries["country_class"] == "unknown"
    labels = state_labels(selection, tables.package)
    state = countries["state"].where(unknown, "")
    return countries.assign(state=state, state_label=state.map(labels).fillna(""))


def _sums(part: pd.DataFrame, courses: int) -> dict[str, int]:
    covered = part["country_class"] == "covered"
    return {
        "courses": courses,
        "countries": int(covered.sum()),
        "persons": int(part.loc[covered, "persons"].sum()),
        "gap": int(part.loc[part["country_class"] == "gap", "persons"].sum()),
        "all_persons": int(part["persons"].sum()),
    }
