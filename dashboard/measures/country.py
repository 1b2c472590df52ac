"""Measure 2 for one country: its personnel at every date, and the countries to compare it with."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from dashboard.edition.selection import Selection, state_labels
from dashboard.edition.tables import ALL_MISSIONS, Tables
from dashboard.measures.courses import considered, receipts
from dashboard.measures.personnel import personnel_types
from dashboard.measures.states import country_states

# Ranks above and below that are shown for comparison.
RANKS_BESIDE = 2
NEIGHBOUR_COLUMNS = (
    "rank",
    "country_name",
    "country_iso3",
    "neighbour",
    "persons",
    "class_label",
    "state_letter",
    "state_label",
    "courses",
    "country_class",
    "state",
)
RANK, THIS = "Rank", "This country"


def default_country(tables: Tables, selection: Selection) -> str:
    """The country (ISO3) to begin with when none is chosen.

    The largest contributor that is not covered; when all are, the largest; without personnel, the
    first country of the review by name; without a review, the first country by name.
    """
    frame = country_states(tables, selection)
    contributes, covered = frame["persons"] > 0, frame["country_class"] == "covered"
    for kept in (contributes & ~covered, contributes, frame["in_review"]):
        if kept.any():
            return frame.loc[kept, "country_iso3"].iloc[0]
    return tables.countries.sort_values("country_name")["country_iso3"].iloc[0]


def personnel_by_date(tables: Tables, selection: Selection, iso3: str) -> pd.DataFrame:
    """One row a date of the contributions, oldest first, whatever date the selection has.

    Columns: as_of, persons, persons_total (of all countries), rank (ties share one), contributors
    (countries), women and men (of those whose sex is given), then persons by personnel type, one
    column a type of the selection. All Int64. Persons and all that follows are missing where the
    selection asks for missions and the figures of that date are not divided by mission; rank is
    missing at 0 persons; women and men where no row gives them.
    """
    days = sorted(tables.dates)
    rows = _chosen(tables, selection)
    of_all = _by_day(rows, days, rows["country_position"], len(tables.countries))
    here = rows[rows["country_iso3"] == iso3]
    types = personnel_types(selection.personnel, tables.package)
    kinds = pd.Index(types).get_indexer(here["personnel_type"])
    own = _by_day(here, days, kinds, len(types))
    persons = own.sum(axis=1)
    frame = pd.DataFrame(
        {
            "as_of": days,
            "persons": persons,
            "persons_total": of_all.sum(axis=1),
            "rank": 1 + (of_all > persons[:, None]).sum(axis=1),
            "contributors": (of_all > 0).sum(axis=1),
        }
    ).assign(**_women_and_men(here, days), **dict(zip(types, own.T, strict=True)))
    numbers = [column for column in frame.columns if column != "as_of"]
    frame[numbers] = frame[numbers].astype("Int64")
    frame["rank"] = frame["rank"].mask(frame["persons"] == 0)
    if selection.missions:
        frame.loc[~frame["as_of"].isin(days_by_mission(tables)), numbers] = pd.NA
    return frame


def days_by_mission(tables: Tables) -> frozenset[str]:
    """Dates whose figures are divided by mission; some reports give countries and types only."""
    rows = tables.contributions
    return frozenset(rows.loc[rows["mission"] != ALL_MISSIONS, "as_of"].unique())


def missions_by_date(tables: Tables, selection: Selection, iso3: str) -> pd.DataFrame:
    """Persons of a country by mission and date, for every mission in which it ever had any.

    Columns: mission, as_of, persons, and persons by personnel type of the selection (all Int64,
    missing where the figures of the date are not divided by mission; `ALL` stands for persons of a
    divided date whose mission is not given). The mission with most persons at the date of the
    selection first; dates from the oldest on.
    """
    divided = days_by_mission(tables)
    days = sorted(tables.dates)
    rows = _chosen(tables, selection)
    here = rows[(rows["country_iso3"] == iso3) & rows["as_of"].isin(divided)]
    types = personnel_types(selection.personnel, tables.package)
    counts = here.assign(persons=here["persons"].astype("int64")).pivot_table(
        index=["mission", "as_of"],
        columns="personnel_type",
        values="persons",
        aggfunc="sum",
        observed=True,
    )
    present = here.loc[here["persons"] > 0, "mission"].unique()
    cells = pd.MultiIndex.from_product([present, days], names=["mission", "as_of"])
    frame = counts.reindex(index=cells, columns=list(types)).fillna(0).astype("Int64").reset_index()
    frame.columns.name = None
    frame.insert(2, "persons", frame[list(types)].sum(axis=1).astype("Int64"))
    frame.loc[~frame["as_of"].isin(divided), ["persons", *types]] = pd.NA
    return _largest_first(frame, selection.as_of)


def country_neighbours(tables: Tables, selection: Selection, iso3: str) -> pd.DataFrame:
    """The country among those two ranks above and below it and those of its region.

    `NEIGHBOUR_COLUMNS`, largest contributor first. `neighbour` says why a country stands here: its
    rank, the region by name, both, or that it is the country itself. The region is the UN
    subregion; a country alone in it is put beside those of its OCHA regional office.
    """
    frame = country_states(tables, selection)
    places = np.flatnonzero(frame["country_iso3"] == iso3)
    beside = np.zeros(len(frame), dtype=bool)
    if len(places) and frame["persons"].iloc[places[0]] > 0:
        first, last = max(0, places[0] - RANKS_BESIDE), places[0] + RANKS_BESIDE
        beside[first : last + 1] = frame["persons"].iloc[first : last + 1] > 0
    region, near = _region(tables, frame, iso3)
    both = f"{RANK} and {region}"
    words = np.select([beside & near, beside, near], [both, RANK, region], default="").astype(
        object
    )
    words[places] = THIS
    kept = frame.assign(neighbour=words)[words != ""]
    return kept[list(NEIGHBOUR_COLUMNS)].reset_index(drop=True)


def _region(tables: Tables, frame: pd.DataFrame, iso3: str) -> tuple[str, np.ndarray]:
    """Name of the region that gives a country company, and which rows of `frame` are in it."""
    own = tables.countries.set_index("country_iso3").loc[iso3]
    others = frame["country_iso3"] != iso3
    for column in ("subregion", "ocha_region"):
        near = (frame[column] == own[column]) & others
        if own[column] and near.any():
            return _region_name(tables, column, own[column]), near.to_numpy()
    return "", np.zeros(len(frame), dtype=bool)


def _region_name(tables: Tables, column: str, value: str) -> str:
    return tables.package.label("ocha_regions", value) if column == "ocha_region" else value


def _chosen(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Contributions of all dates under the selection's personnel and missions."""
    rows = tables.contributions
    kept = rows["personnel_type"].isin(personnel_types(selection.personnel, tables.package))
    if selection.missions:
        kept &= rows["mission"].isin(selection.missions)
    return rows[kept]


def _by_day(
    rows: pd.DataFrame, days: list[str], positions: Iterable[int], width: int
) -> np.ndarray:
    """Persons by date (rows, in the order of `days`) and position (columns)."""
    day = pd.Index(days).get_indexer(rows["as_of"])
    cells = day * width + np.asarray(positions)
    persons = rows["persons"].to_numpy(dtype="int64")
    counts = np.bincount(cells, weights=persons, minlength=len(days) * width)
    return counts.reshape(len(days), width).astype("int64")


def _women_and_men(rows: pd.DataFrame, days: list[str]) -> dict[str, np.ndarray]:
    """Women and men by date; missing where no row of the date gives them."""
    found = {}
    for name, column in (("women", "female"), ("men", "male")):
        given = rows[column] if column in rows else pd.Series(pd.NA, rows.index, dtype="Int64")
        sums = given.groupby(rows["as_of"]).sum(min_count=1)
        found[name] = sums.reindex(days).astype("Int64").array
    return found


def _largest_first(frame: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Missions by persons at `as_of`, then by the most they ever had, then by name."""
    now = frame[frame["as_of"] == as_of].set_index("mission")["persons"].fillna(0)
    most = frame.groupby("mission")["persons"].max().fillna(0)
    order = sorted(most.index, key=lambda name: (-now.get(name, 0), -most[name], name))
    place = {name: number for number, name in enumerate(order)}
    placed = frame.assign(place=frame["mission"].map(place)).sort_values(["place", "as_of"])
    return placed.drop(columns="place").reset_index(drop=True)


CENTRE_COLUMNS = (
    "centre_name",
    "acronym",
    "centre_name_local",
    "city",
    "operator",
    "provider_type",
    "scope",
    "established_year",
    "courses",
    "level",
    "website",
    "source_url",
    "workbook_cell",
    "centre_id",
)
NO_COURSE = "no-course"


def country_courses(tables: Tables, selection: Selection, iso3: str) -> pd.DataFrame:
    """The considered courses of a country: `receipts` with course_type, audiences, languages and
    topics as labels in the order of the vocabulary, empty where the review does not know them."""
    kept = considered(tables, selection) & _of(tables, iso3)
    rows = receipts(tables, kept)
    courses = tables.courses[kept].set_index("course_id")
    types = courses["course_type"].reindex(rows["course_id"])
    links = {
        "audiences": _labels(tables, tables.audiences, "audience", kept),
        "languages": _labels(tables, tables.languages, "language", kept),
        "topics": _labels(tables, tables.topics, "topic", kept),
    }
    return rows.assign(
        course_type=[tables.package.label("course_types", code) for code in types],
        **{name: [found.get(id, "") for id in rows["course_id"]] for name, found in links.items()},
    )


def country_centres(tables: Tables, selection: Selection, iso3: str) -> pd.DataFrame:
    """The centres of a country by name (`CENTRE_COLUMNS`).

    courses: number considered; level: label of the highest of them, or that none is left.
    city is that of the matrix; empty where the review does not know it. Kinds are labels.
    """
    package = tables.package
    centres = tables.centres[tables.centres["country_iso3"] == iso3]
    kept = tables.courses[considered(tables, selection) & _of(tables, iso3)]
    by_centre = kept.groupby("centre_id")["level_position"]
    courses = by_centre.size().reindex(centres["centre_id"], fill_value=0).to_numpy()
    highest = by_centre.min().reindex(centres["centre_id"]).to_numpy()
    levels = package.codes("levels")
    states = [NO_COURSE if np.isnan(level) else levels[int(level)] for level in highest]
    labels = state_labels(selection, package)
    kinds = {
        column: [package.label(vocabulary, code) for code in centres[column]]
        for column, vocabulary in (
            ("operator", "operators"),
            ("provider_type", "provider_types"),
            ("scope", "scopes"),
        )
    }
    row = centres["matrix_row"].astype("string")
    frame = centres.assign(
        **kinds,
        courses=courses,
        level=[labels[state] for state in states],
        workbook_cell=(centres["matrix_sheet"] + "!row " + row).fillna(""),
    )
    return frame.sort_values(["centre_name", "centre_id"])[list(CENTRE_COLUMNS)].reset_index(
        drop=True
    )


def country_languages(tables: Tables, selection: Selection, iso3: str) -> pd.DataFrame:
    """Languages of instruction of a country's considered courses, the most frequent first.

    Columns: language, language_label, courses, reaching (courses at or above the threshold). A
    course in two languages counts in both. The last row, with an empty language, holds the courses
    whose language is not recorded; it is there only when there are such courses.
    """
    kept = considered(tables, selection) & _of(tables, iso3)
    threshold = tables.package.codes("levels").index(selection.threshold)
    reaching = (tables.courses["level_position"] <= threshold).to_numpy()
    links = tables.languages[kept[tables.languages["course_position"]]]
    position = links["course_position"].to_numpy()
    counts = (
        links.assign(courses=1, reaching=reaching[position].astype("int64"))
        .groupby("language", as_index=False)[["courses", "reaching"]]
        .sum()
        .sort_values(["courses", "language"], ascending=[False, True])
    )
    silent = kept.copy()
    silent[position] = False
    rest = {"language": "", "courses": int(silent.sum()), "reaching": int(reaching[silent].sum())}
    frame = pd.concat([counts, pd.DataFrame([rest] if silent.any() else [])], ignore_index=True)
    labels = [_language(tables, code) for code in frame.get("language", ())]
    return frame.reindex(columns=["language", "courses", "reaching"]).assign(language_label=labels)


def _language(tables: Tables, code: str) -> str:
    return tables.package.label("languages", code) if code else "Language not recorded"


def _of(tables: Tables, iso3: str) -> np.ndarray:
    return (tables.courses["country_iso3"] == iso3).to_numpy()


def _labels(tables: Tables, links: pd.DataFrame, name: str, kept: np.ndarray) -> dict[str, str]:
    """Labels of a course's audiences, languages or topics in one text, by course_id."""
    vocabulary = f"{name}s"
    order = {code: number for number, code in enumerate(tables.package.codes(vocabulary))}
    rows = links[kept[links["course_position"]]]
    codes = rows.groupby("course_id")[name].agg(list).to_dict()
    return {
        course: ", ".join(
            tables.package.label(vocabulary, code)
            for code in sorted(found, key=lambda code: order.get(code, len(order)))
        )
        for course, found in codes.items()
    }
