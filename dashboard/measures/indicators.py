"""Measure 9: the indicators of the OCHA civil-military section that the review can answer."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.measures.contributors import DEFAULT_TOP
from dashboard.measures.country import days_by_mission
from dashboard.measures.courses import considered
from dashboard.measures.personnel import persons_by_country

# Content from a humanitarian perspective: these levels, whatever the threshold of the selection.
CONTENT_LEVELS = ("dedicated", "module")
UN_LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
# Beside the six: courses recorded in other languages alone, and those of unknown language.
OTHER_LANGUAGES, NO_LANGUAGE = "other", "not-recorded"
INSTITUTIONS, COURSES = "institutions", "courses"
COUNTRIES, TOP, TOP_PERSONS = "countries", "top-countries", "top-persons"
HEADLINES = (INSTITUTIONS, COURSES, COUNTRIES, TOP, TOP_PERSONS)
OF_PERSONNEL = (COUNTRIES, TOP, TOP_PERSONS)
HISTORY_COLUMNS = ("indicator_id", "edition", "edition_title", "as_of", "n", "N")
KEPT = 32


def indicators(tables: Tables, selection: Selection, top: int = DEFAULT_TOP) -> pd.DataFrame:
    """The five headline indicators, one row each in the order of `HEADLINES`.

    Columns: indicator_id, n, N (Int64). institutions: centres with a considered course at a level
    of `CONTENT_LEVELS`, of those with a considered course. courses: such courses, of all
    considered. countries: contributors with such a course in a centre of their own, of all
    contributors. top-countries: those among the `top` largest contributors, of these. top-persons:
    persons whom they contribute, of those of the `top`. The last three are missing when the
    selection asks for missions and the figures of its date are not divided by mission.
    """
    return _indicators(tables, selection, top).copy()


@lru_cache(maxsize=KEPT)
def _indicators(tables: Tables, selection: Selection, top: int) -> pd.DataFrame:
    kept, content = considered(tables, selection), content_courses(tables, selection)
    centres = tables.courses["centre_id"]
    counts = {
        INSTITUTIONS: (centres[content].nunique(), centres[kept].nunique()),
        COURSES: (int(content.sum()), int(kept.sum())),
        **_of_personnel(tables, selection, top, content),
    }
    frame = pd.DataFrame(
        {
            "indicator_id": HEADLINES,
            "n": [counts[id][0] for id in HEADLINES],
            "N": [counts[id][1] for id in HEADLINES],
        }
    )
    return frame.astype({"n": "Int64", "N": "Int64"})


def language_indicators(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Considered courses by language of instruction: the six of the United Nations, and the rest.

    Columns: language (code, `OTHER_LANGUAGES` or `NO_LANGUAGE`), courses, courses_total, content
    (courses at a level of `CONTENT_LEVELS`), content_total. A course in two languages counts in
    both. `OTHER_LANGUAGES`: courses recorded, but in none of the six; with `NO_LANGUAGE` and the
    courses in any of the six they make up all. A language without a course keeps its row.
    """
    kept, content = considered(tables, selection), content_courses(tables, selection)
    links = tables.languages
    position = links["course_position"].to_numpy()
    recorded, in_six = np.zeros(len(kept), dtype=bool), np.zeros(len(kept), dtype=bool)
    recorded[position] = True
    in_six[position[links["language"].isin(UN_LANGUAGES).to_numpy()]] = True
    masks = {}
    for code in UN_LANGUAGES:
        masks[code] = np.zeros(len(kept), dtype=bool)
        masks[code][position[(links["language"] == code).to_numpy()]] = True
    masks |= {OTHER_LANGUAGES: recorded & ~in_six, NO_LANGUAGE: ~recorded}
    return pd.DataFrame(
        {
            "language": list(masks),
            "courses": [int((mask & kept).sum()) for mask in masks.values()],
            "courses_total": int(kept.sum()),
            "content": [int((mask & content).sum()) for mask in masks.values()],
            "content_total": int(content.sum()),
        }
    )


def indicator_history(
    editions: Sequence[Tables], selection: Selection, top: int = DEFAULT_TOP
) -> pd.DataFrame:
    """The headline indicators in every edition given, at every date where they rest on personnel.

    `HISTORY_COLUMNS`, by indicator, edition (in the order given) and date (oldest first). as_of is
    empty for indicators of courses, which know no date. n and N are Int64, missing where the
    figures of a date cannot answer. All other choices stay those of the selection.
    """
    rows = []
    for tables in editions:
        here = replace(selection, edition=tables.edition)
        facts = {"edition": tables.edition, "edition_title": tables.package.title}
        for day in sorted(tables.dates):
            frame = indicators(tables, replace(here, as_of=day), top)
            for id, n, total in frame.itertuples(index=False):
                as_of = day if id in OF_PERSONNEL else ""
                rows.append({"indicator_id": id, **facts, "as_of": as_of, "n": n, "N": total})
    frame = pd.DataFrame(rows, columns=list(HISTORY_COLUMNS)).drop_duplicates(
        ["indicator_id", "edition", "as_of"]
    )
    place = {id: number for number, id in enumerate(HEADLINES)}
    frame = frame.sort_values(
        "indicator_id", key=lambda ids: ids.map(place), kind="stable"
    ).reset_index(drop=True)
    return frame.astype({"n": "Int64", "N": "Int64"})


def content_courses(tables: Tables, selection: Selection) -> np.ndarray:
    """Boolean mask over `tables.courses`: considered, and at a level of `CONTENT_LEVELS`."""
    at_level = tables.courses["cmcoord_level"].isin(CONTENT_LEVELS).to_numpy()
    return considered(tables, selection) & at_level


def _of_personnel(
    tables: Tables, selection: Selection, top: int, content: np.ndarray
) -> dict[str, tuple[object, object]]:
    if selection.missions and selection.as_of not in days_by_mission(tables):
        return dict.fromkeys(OF_PERSONNEL, (pd.NA, pd.NA))
    persons = persons_by_country(tables, selection)
    reached = np.zeros(len(persons), dtype=bool)
    reached[tables.courses["country_position"].to_numpy()[content]] = True
    # The same cut as measure 2: by persons, equal contributors by name.
    order = np.lexsort((tables.countries["country_name"].to_numpy(dtype=object), -persons))
    largest = [place for place in order[:top] if persons[place] > 0]
    among = [place for place in largest if reached[place]]
    return {
        COUNTRIES: (int((reached & (persons > 0)).sum()), int((persons > 0).sum())),
        TOP: (len(among), len(largest)),
        TOP_PERSONS: (int(persons[among].sum()), int(persons[largest].sum())),
    }
