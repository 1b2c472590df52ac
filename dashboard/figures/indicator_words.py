"""The words of measure 9: what each indicator counts, how, and what it cannot tell; its table."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count_in_words, share_in_table
from dashboard.measures.indicators import (
    COUNTRIES,
    COURSES,
    INSTITUTIONS,
    NO_LANGUAGE,
    OTHER_LANGUAGES,
    TOP,
    TOP_PERSONS,
    UN_LANGUAGES,
    indicators,
    language_indicators,
)

CONTENT = "UN-CMCoord content"
LANGUAGE_NAMES: Mapping[str, str] = {
    OTHER_LANGUAGES: "None of these six",
    NO_LANGUAGE: "Language not recorded",
}


@dataclass(frozen=True)
class Words:
    """An indicator in words: its name, what it counts, how, and what it cannot tell."""

    name: str
    definition: str
    how: str
    cannot_tell: str


def indicator_words(top: int) -> Mapping[str, Words]:
    """The words of the headline indicators, by id; `top`: how many contributors are looked at."""
    largest = f"{count_in_words(top)} largest contributors"
    return {
        INSTITUTIONS: Words(
            "Training institutions with UN-CMCoord content",
            "Institutions with UN-CMCoord content from a humanitarian perspective.",
            "Centres with a considered course at level D or M, of all with a considered course.",
            "How many people it reaches, nor whether other institutions teach it unseen.",
        ),
        COURSES: Words(
            "Courses with UN-CMCoord content",
            "Courses that are about UN-CMCoord (D) or have a module on it (M).",
            "Considered courses at level D or M, of all considered courses.",
            "How often a course is given, nor how long the module is.",
        ),
        COUNTRIES: Words(
            "Contributing countries with UN-CMCoord content",
            "Countries that contribute personnel and have such a course in a centre of their own.",
            "Contributors with a considered course at level D or M, of all contributors.",
            "Whether their personnel take it; many train in centres of other countries.",
        ),
        TOP: Words(
            f"Reached among the {largest}",
            f"Countries among the {largest} that have such a course.",
            "As for contributing countries, among the first by persons; equal ones by name.",
            "Anything of the contributors below the cut.",
        ),
        TOP_PERSONS: Words(
            f"Personnel of the {largest}: of those reached",
            f"Persons whom the reached among the {largest} contribute.",
            "Persons of the reached, of the persons of all of them.",
            "Which of these persons took a course.",
        ),
    }


def indicator_table(tables: Tables, selection: Selection, top: int) -> pd.DataFrame:
    """Every indicator with its id, one row each: the headlines, then courses by language.

    Columns: indicator_id, n, total, indicator, share_of_all, definition, how, cannot_tell. n and
    total are missing where the figures of the date cannot answer.
    """
    frames = [described(indicators(tables, selection, top), indicator_words(top))]
    languages, names = language_indicators(tables, selection), language_names(tables)
    for kind in ("courses", "content"):
        rows = pd.DataFrame(
            {
                "indicator_id": f"{kind}." + languages["language"],
                "n": languages[kind],
                "N": languages[f"{kind}_total"],
            }
        )
        words = {f"{kind}.{code}": _of_language(kind, name) for code, name in names.items()}
        frames.append(described(rows.astype({"n": "Int64", "N": "Int64"}), words))
    return pd.concat(frames, ignore_index=True)


def described(frame: pd.DataFrame, words: Mapping[str, Words]) -> pd.DataFrame:
    """`frame` (indicator_id, n, N) with the words of each row; N is called total."""
    said = [words[id] for id in frame["indicator_id"]]
    return frame.assign(
        indicator=[one.name for one in said],
        share_of_all=shares(frame),
        definition=[one.definition for one in said],
        how=[one.how for one in said],
        cannot_tell=[one.cannot_tell for one in said],
    ).rename(columns={"N": "total"})


def shares(frame: pd.DataFrame) -> list[str]:
    """n of N in words for each row of `frame`; empty where there is nothing to divide by."""
    return [
        share_in_table(int(n), int(total)) if pd.notna(n) and total else ""
        for n, total in zip(frame["n"], frame["N"], strict=True)
    ]


def language_names(tables: Tables) -> dict[str, str]:
    """Names of the rows of `language_indicators`, by code."""
    six = {code: tables.package.label("languages", code) for code in UN_LANGUAGES}
    return six | dict(LANGUAGE_NAMES)


def _of_language(kind: str, name: str) -> Words:
    what = "Courses" if kind == "courses" else f"Courses with {CONTENT}"
    population = "all considered courses" if kind == "courses" else f"those with {CONTENT}"
    return Words(
        f"{what}: {name}",
        f"{what} by language of instruction.",
        f"Of {population}; a course in two languages counts in both.",
        "The language of courses that do not state it.",
    )
