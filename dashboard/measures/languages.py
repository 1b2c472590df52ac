"""Measure 8: languages of instruction against the working languages of the contributors."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from dashboard.edition.selection import Selection, state_labels
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count
from dashboard.measures.courses import considered
from dashboard.measures.states import country_states

# Beside the languages: courses without a recorded language, and countries without any course.
NOT_RECORDED = "not-recorded"
REST = "rest"  # stands for the code of a language where those of the fewest persons are one row
NOT_RECORDED_LABEL = "Language not recorded"
WITHOUT_COURSE = ("no-course", "not-reviewed")
KEPT = 8
# The best class of several languages first, as the rules of the classes have it; then the states.
_PLACES = {
    code: place
    for place, code in enumerate(
        (
            "covered",
            "gap",
            "partial",
            "unknown",
            "dedicated",
            "module",
            "cimic",
            "related",
            "none-found",
            "not-documented",
            *WITHOUT_COURSE,
        )
    )
}


@dataclass(frozen=True, eq=False)
class Languages:
    """Measure 8 under one selection.

    `countries`: one row a contributing country and working language, with country_iso3,
    country_name, persons, language, language_label, courses (considered, in that language),
    reaching (those at or above the threshold), state, state_label, country_class, class_label (of
    the country *in that language*) and reason. A country without a recorded language stands once,
    under `NOT_RECORDED`, or under its state when no course of it is recorded. `languages`: one row
    a language, `NOT_RECORDED` and the states at the end, with language, language_label, courses,
    reaching, the number of courses at each level, countries, countries_covered, persons and covered
    (persons of covered countries).
    """

    countries: pd.DataFrame
    languages: pd.DataFrame


def languages(tables: Tables, selection: Selection) -> Languages:
    """Measure 8 of docs/method.md.

    The working languages of a country are those in which its centres are recorded to teach any
    course of the edition: filters say which courses count, not which languages people speak.
    """
    return _languages(tables, selection)


@lru_cache(maxsize=KEPT)
def _languages(tables: Tables, selection: Selection) -> Languages:
    countries = _pairs(tables, selection)
    return Languages(countries, _by_language(tables, selection, countries))


def largest_languages(tables: Tables, selection: Selection, most: int | None) -> Languages:
    """`languages` with the `most` working languages of most persons; all others are one, `REST`.

    A contributor with several of the others counts once there, with its best class in any of them:
    that of its courses in all of them together. What is not known of a language stays apart.
    Without the numbers of courses. All languages without `most`, and where one alone would be left.
    """
    found = languages(tables, selection)
    rows = found.languages[found.languages["persons"] > 0]
    known = rows[~rows["language"].isin((NOT_RECORDED, *WITHOUT_COURSE))]
    if not most or len(known) <= most + 1:
        return found
    others = known["language"].iloc[most:]
    pairs, label = found.countries, f"{count(len(others))} other languages"
    best = pairs[pairs["language"].isin(others)].sort_values(
        ["country_class", "state"], key=lambda codes: codes.map(_PLACES.get), kind="stable"
    )
    best = best.drop_duplicates("country_iso3").assign(language=REST, language_label=label)
    is_covered = best["country_class"] == "covered"
    rest = pd.DataFrame(
        [
            {
                "language": REST,
                "language_label": label,
                "countries": len(best),
                "countries_covered": int(is_covered.sum()),
                "persons": int(best["persons"].sum()),
                "covered": int(best.loc[is_covered, "persons"].sum()),
            }
        ]
    )
    last = rows[~rows["language"].isin(known["language"])]
    return Languages(
        pd.concat([pairs[~pairs["language"].isin(others)], best], ignore_index=True),
        pd.concat([frame[list(rest)] for frame in (known[:most], rest, last)], ignore_index=True),
    )


def taught_in(tables: Tables) -> pd.DataFrame:
    """Which course is taught in which language: course_position, language; `NOT_RECORDED` where no
    language is recorded."""
    links = tables.languages[["course_position", "language"]]
    without = np.setdiff1d(np.arange(len(tables.courses)), links["course_position"])
    rest = pd.DataFrame({"course_position": without, "language": NOT_RECORDED})
    return pd.concat([links, rest], ignore_index=True)


def in_language(tables: Tables, selection: Selection, language: str) -> np.ndarray:
    """Mask over `tables.courses`: considered courses in a language (or `NOT_RECORDED`)."""
    links = taught_in(tables)
    places = links.loc[links["language"] == language, "course_position"]
    return considered(tables, selection) & np.isin(np.arange(len(tables.courses)), places)


def language_labels(tables: Tables, selection: Selection) -> dict[str, str]:
    """Labels of all rows of `Languages.languages`, by code."""
    labels = {term["code"]: term["label"] for term in tables.package.terms("languages")}
    states = state_labels(selection, tables.package)
    return labels | {NOT_RECORDED: NOT_RECORDED_LABEL} | {s: states[s] for s in WITHOUT_COURSE}


def _pairs(tables: Tables, selection: Selection) -> pd.DataFrame:
    frame = country_states(tables, selection)
    frame = frame[frame["persons"] > 0]
    counts = _counts(tables, selection)
    rows, working = [], _working(tables)
    with_course = set(tables.courses["country_iso3"])
    for country in frame.itertuples():
        spoken = working.get(country.country_iso3)
        if not spoken:
            recorded = country.country_iso3 in with_course
            rows.append(_as_it_stands(country, NOT_RECORDED if recorded else country.state))
            continue
        rows += [_in_language(country, code, counts, tables, selection) for code in spoken]
    columns = [
        "country_iso3",
        "country_name",
        "persons",
        "language",
        "courses",
        "reaching",
        "state",
        "country_class",
        "reason",
    ]
    pairs = pd.DataFrame(rows, columns=columns)
    classes = {term["code"]: term["label"] for term in tables.package.terms("classes")}
    return pairs.assign(
        language_label=pairs["language"].map(language_labels(tables, selection)),
        state_label=pairs["state"].map(state_labels(selection, tables.package)),
        class_label=pairs["country_class"].map(classes),
    )


def _working(tables: Tables) -> dict[str, list[str]]:
    """The working languages of each country that has one, in the order of the vocabulary."""
    order = {code: place for place, code in enumerate(tables.package.codes("languages"))}
    iso3 = tables.courses["country_iso3"].to_numpy()[tables.languages["course_position"]]
    pairs = pd.DataFrame({"iso3": iso3, "language": tables.languages["language"].to_numpy()})
    grouped = pairs.drop_duplicates().groupby("iso3")["language"]
    return {key: sorted(codes, key=order.__getitem__) for key, codes in grouped}


def _counts(tables: Tables, selection: Selection) -> dict[tuple[str, str], np.ndarray]:
    """(country, language) -> considered courses by level, then the number that was read whole."""
    links = taught_in(tables)
    links = links[considered(tables, selection)[links["course_position"]]]
    courses = tables.courses.iloc[links["course_position"]]
    levels = len(tables.package.terms("levels"))
    table = np.zeros((len(links), levels + 1), dtype="int64")
    table[np.arange(len(links)), courses["level_position"]] = 1
    table[:, levels] = courses["read_whole"]
    sums = (
        pd.DataFrame(table)
        .groupby([courses["country_iso3"].to_numpy(), links["language"].to_numpy()])
        .sum()
    )
    return dict(zip(sums.index, sums.to_numpy(), strict=True))


def _in_language(
    country: Any, code: str, counts: dict, tables: Tables, selection: Selection
) -> tuple:
    """One country in one of its working languages: the class rule, on the courses in it alone."""
    levels = tables.package.codes("levels")
    reached = levels.index(selection.threshold) + 1
    nothing = np.zeros(len(levels) + 1, dtype="int64")
    here = counts.get((country.country_iso3, code), nothing)
    elsewhere = counts.get((country.country_iso3, NOT_RECORDED), nothing)
    by_level, read_whole = here[:-1], here[-1]
    state = levels[int((by_level > 0).argmax())] if by_level.any() else "no-course"
    if by_level[:reached].any():
        found = ("covered", "A considered course in this language reaches the threshold.")
    elif elsewhere[:reached].any():
        found = ("partial", "Documented in a course whose language is not recorded.")
    elif read_whole:
        found = ("gap", "A course in this language was read whole, and none reaches the threshold.")
    elif by_level[reached:-1].any():
        found = ("partial", "Some content documented in this language, no course read whole.")
    elif by_level.any():
        found = ("unknown", "No curriculum was found for the courses in this language.")
    else:
        found = ("unknown", "No considered course in this language.")
    return (
        country.country_iso3,
        country.country_name,
        country.persons,
        code,
        int(by_level.sum()),
        int(by_level[:reached].sum()),
        state,
        *found,
    )


def _as_it_stands(country: Any, group: str) -> tuple:
    """A country without a recorded language: its own class, which says nothing of a language."""
    return (
        country.country_iso3,
        country.country_name,
        country.persons,
        group,
        country.courses,
        0,
        country.state,
        country.country_class,
        country.reason,
    )


def _by_language(tables: Tables, selection: Selection, pairs: pd.DataFrame) -> pd.DataFrame:
    """Totals of courses (of all countries) and of contributors, by language."""
    links = taught_in(tables)
    links = links[considered(tables, selection)[links["course_position"]]]
    level = tables.courses["cmcoord_level"].to_numpy()[links["course_position"]]
    levels = list(tables.package.codes("levels"))
    courses = pd.crosstab(links["language"].to_numpy(), level).reindex(columns=levels, fill_value=0)
    covered = pairs["country_class"] == "covered"
    sums = pd.DataFrame(
        {
            "countries": pairs.groupby("language").size(),
            "countries_covered": covered.groupby(pairs["language"]).sum(),
            "persons": pairs.groupby("language")["persons"].sum(),
            "covered": pairs["persons"].where(covered, 0).groupby(pairs["language"]).sum(),
        }
    )
    frame = courses.join(sums, how="outer").fillna(0).astype("int64")
    frame = frame.rename_axis("language").reset_index()
    reached = levels[: levels.index(selection.threshold) + 1]
    frame = frame.assign(
        language_label=frame["language"].map(language_labels(tables, selection)),
        courses=frame[levels].sum(axis=1),
        reaching=frame[reached].sum(axis=1),
        last=frame["language"].map({NOT_RECORDED: 1, "no-course": 2, "not-reviewed": 3}).fillna(0),
    )
    order = ["last", "persons", "courses", "language"]
    frame = frame.sort_values(order, ascending=[True, False, False, True])
    return frame.drop(columns="last").reset_index(drop=True)
