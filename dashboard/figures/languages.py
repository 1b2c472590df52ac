"""Figures of measure 8: courses by language, and contributors by working language."""

import pandas as pd

from dashboard.charts.forms.worded_rows import worded_rows
from dashboard.edition.selection import Selection, threshold_label
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count, count_in_words, listing, proportion, quantity, share
from dashboard.figures.figure import (
    Figure,
    Number,
    courses_at,
    no_course_considered,
    nothing_to_show,
    number,
    source,
    subtitle,
    subtitle_of,
)
from dashboard.measures.courses import considered, receipts
from dashboard.measures.languages import (
    NOT_RECORDED,
    WITHOUT_COURSE,
    in_language,
    language_labels,
    languages,
    largest_languages,
)
from dashboard.measures.states import country_states

PERSONS_NOTE = (
    "The working languages of a contributor are those in which its centres are recorded to teach "
    "any course; a contributor with several stands in each, so rows do not add up. Where none is "
    "recorded, the class is that of the country and says nothing of a language. It cannot tell "
    "which languages the personnel speak."
)
COURSES_NOTE = (
    "A course in several languages counts in each. Where no language is recorded nothing is "
    "assumed: such a course may be taught in any."
)
NO_COURSE = "No course is recorded in this edition."
# More languages than this make a title a list.
LANGUAGES_IN_TITLE = 2
# How many of the languages of most persons have a row of their own.
ALL = "all"
SHOWN = {ALL: "All", "8": "8 largest", "6": "6 largest", "5": "5 largest", "4": "4 largest"}
MARKS = ("covered", "partial", "not-documented", "no-course", "not-reviewed", "gap")
_COUNTRIES = [
    "country_name",
    "country_iso3",
    "persons",
    "language_label",
    "class_label",
    "state_label",
    "courses",
    "reaching",
    "reason",
    "language_code",
    "country_class",
    "state",
]


def languages_figure(tables: Tables, selection: Selection, shown: str = ALL) -> Figure:
    """Persons of the contributors by working language and by what is documented in it.

    `shown`: a key of `SHOWN`; the other languages are drawn as one row, and keep theirs in the table.
    """
    result = languages(tables, selection)
    drawn = largest_languages(tables, selection, None if shown == ALL else int(shown))
    everyone, total = _contributors(tables, selection)
    spoken = result.languages[result.languages["persons"] > 0]
    threshold = threshold_label(selection.threshold, tables.package)
    finding = _persons_finding(spoken, threshold)
    return Figure(
        id="languages",
        title=finding,
        subtitle=subtitle(tables, selection, total, len(everyone)),
        note=PERSONS_NOTE,
        source=source(tables, selection),
        statement=tables.package.statement,
        alt=f"Bars of persons by working language of their country. {finding}",
        table=result.countries.rename(columns={"language": "language_code"})[_COUNTRIES],
        numbers=tuple(
            number(f"languages.{row.language}", row.language_label, row.covered, row.persons)
            for row in spoken.itertuples()
        ),
        draw=lambda: worded_rows(
            _persons_rows(drawn.languages[drawn.languages["persons"] > 0]),
            _segments(drawn.countries, tables),
            ("person", "persons"),
            of="language",
        ),
        behind=lambda: _courses_of(tables, selection, everyone),
        empty="" if total else nothing_to_show(tables, selection),
    )


def language_courses_figure(tables: Tables, selection: Selection) -> Figure:
    """Considered courses by language of instruction and level."""
    result = languages(tables, selection).languages
    taught = result[result["courses"] > 0]
    taught = taught.assign(last=taught["language"] == NOT_RECORDED).sort_values(
        ["last", "courses", "language"], ascending=[True, False, True]
    )
    kept = considered(tables, selection)
    centres = tables.courses.loc[kept, "centre_id"].nunique()
    population = courses_at(int(kept.sum()), centres)
    threshold = threshold_label(selection.threshold, tables.package)
    finding = _courses_finding(taught, int(kept.sum()), threshold)
    return Figure(
        id="language-courses",
        title=finding,
        subtitle=subtitle_of(population, tables, selection),
        note=COURSES_NOTE,
        source=source(tables, selection),
        statement=tables.package.statement,
        alt=f"Bars of courses by language and level. {finding}",
        table=_courses_table(taught, tables),
        numbers=_courses_numbers(taught),
        draw=lambda: worded_rows(
            _courses_rows(taught, threshold), _levels(taught, tables), ("course", "courses")
        ),
        behind=lambda: receipts(tables, kept),
        empty="" if len(taught) else no_course_considered(tables, selection) or NO_COURSE,
    )


def courses_in(tables: Tables, selection: Selection, language: str) -> pd.DataFrame:
    """The considered courses in a language (`measures.courses.RECEIPT_COLUMNS`)."""
    return receipts(tables, in_language(tables, selection, language))


def contributors_in(tables: Tables, selection: Selection, language: str) -> pd.DataFrame:
    """The contributors with this working language, those left out first, largest first."""
    rows = languages(tables, selection).countries
    rows = rows[rows["language"] == language].drop(columns=["language", "language_label"])
    place = {code: n for n, code in enumerate(("gap", "partial", "unknown", "covered"))}
    order = rows["country_class"].map(place)
    return rows.assign(order=order).sort_values(
        ["order", "persons", "country_name"], ascending=[True, False, True]
    )[
        [
            "country_name",
            "country_iso3",
            "persons",
            "class_label",
            "state_label",
            "courses",
            "reason",
        ]
    ]


def offered(tables: Tables, selection: Selection) -> dict[str, str]:
    """The rows of both figures that can be looked at, by code."""
    labels = language_labels(tables, selection)
    return {code: labels[code] for code in languages(tables, selection).languages["language"]}


def left_out(tables: Tables, selection: Selection, language: str) -> str:
    """One sentence: who teaches in a language without documented content in it."""
    found = languages(tables, selection).languages.set_index("language").loc[language]
    countries, persons = int(found["countries"]), int(found["persons"])
    threshold = threshold_label(selection.threshold, tables.package)
    if language in (NOT_RECORDED, *WITHOUT_COURSE):
        return (
            f"{quantity(countries, 'contributor')} with {quantity(persons, 'person')}: no "
            f"language is recorded, so nothing follows for any."
        )
    if not countries:
        return "No contributor under these filters is recorded to teach in this language."
    return (
        f"{threshold} is documented in it for {share(int(found['covered']), persons)} of the "
        f"persons from {quantity(countries, 'contributor')} that teach in it."
    )


def _contributors(tables: Tables, selection: Selection) -> tuple[pd.DataFrame, int]:
    frame = country_states(tables, selection)
    frame = frame[frame["persons"] > 0]
    return frame, int(frame["persons"].sum())


def _courses_of(tables: Tables, selection: Selection, everyone: pd.DataFrame) -> pd.DataFrame:
    here = tables.courses["country_iso3"].isin(everyone["country_iso3"]).to_numpy()
    return receipts(tables, considered(tables, selection) & here)


def _persons_rows(spoken: pd.DataFrame) -> pd.DataFrame:
    """A language has a share; where none is recorded, a share of documented content in it would
    say something about a language."""
    known = ~spoken["language"].isin((NOT_RECORDED, *WITHOUT_COURSE))
    values, details = [], []
    for row, is_language in zip(spoken.itertuples(), known, strict=True):
        countries = quantity(row.countries, "country", "countries")
        persons = f"{quantity(row.persons, 'person')}, {countries}"
        if not is_language:
            values.append(count(row.persons))
            details.append(persons)
            continue
        values.append(proportion(row.covered, row.persons))
        details.append(
            f"{count(row.covered)} of {count(row.persons)} persons, "
            f"{count(row.countries_covered)} of {count(row.countries)} countries"
        )
    return pd.DataFrame(
        {
            "row": spoken["language"],
            "label": spoken["language_label"],
            "value": values,
            "detail": details,
            "heading": "",
        }
    )


def _segments(countries: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Persons by language and mark; the three states of unknown stay apart."""
    unknown = countries["country_class"] == "unknown"
    marked = countries.assign(
        mark=countries["state"].where(unknown, countries["country_class"]),
        mark_label=countries["state_label"].where(unknown, countries["class_label"]),
    )
    sums = marked.groupby(["language", "mark", "mark_label"], as_index=False)["persons"].agg(
        ["sum", "size"]
    )
    sums.columns = ["row", "mark", "mark_label", "amount", "countries"]
    return sums.sort_values("mark", key=lambda column: column.map(MARKS.index), kind="stable")


def _courses_rows(taught: pd.DataFrame, threshold: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "row": taught["language"],
            "label": taught["language_label"],
            "value": [count(courses) for courses in taught["courses"]],
            "detail": [
                f"{count(n)} of {count(total)} courses: {threshold}"
                for n, total in zip(taught["reaching"], taught["courses"], strict=True)
            ],
            "heading": "",
        }
    )


def _levels(taught: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    parts = [
        pd.DataFrame(
            {
                "row": taught["language"],
                "mark": term["code"],
                "mark_label": term["label"],
                "amount": taught[term["code"]],
                "countries": 0,
            }
        )
        for term in tables.package.terms("levels")
    ]
    return pd.concat(parts, ignore_index=True)


def _courses_table(taught: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    levels = list(tables.package.codes("levels"))
    table = taught.rename(columns={"language": "language_code"}).reset_index(drop=True)
    return table[
        ["language_label", "courses", "reaching", *levels, "countries", "persons", "language_code"]
    ]


def _courses_numbers(taught: pd.DataFrame) -> tuple[Number, ...]:
    return tuple(
        number(f"language-courses.{row.language}", row.language_label, row.reaching, row.courses)
        for row in taught.itertuples()
    )


def _persons_finding(spoken: pd.DataFrame, threshold: str) -> str:
    known = spoken[~spoken["language"].isin((NOT_RECORDED, *WITHOUT_COURSE))]
    if spoken.empty:
        return "No contributor under these filters"
    if known.empty:
        return "No language is recorded for the centres of any contributor"
    parts = [
        f"in {row.language_label} for {share(row.covered, row.persons)}"
        for row in known.head(2).itertuples()
    ]
    return f"{threshold} documented {listing(parts)} of the personnel whose countries teach in it"


def _courses_finding(taught: pd.DataFrame, courses: int, threshold: str) -> str:
    if not courses:
        return "No course is considered"
    reaching = taught[taught["reaching"] > 0]
    known = reaching[reaching["language"] != NOT_RECORDED]
    parts = [
        f"{count_in_words(row.reaching)} in {row.language_label}"
        for row in known.head(LANGUAGES_IN_TITLE).itertuples()
    ]
    if len(known) > LANGUAGES_IN_TITLE:
        parts.append(f"some in {quantity(len(known) - LANGUAGES_IN_TITLE, 'other language')}")
    without = int(reaching.loc[reaching["language"] == NOT_RECORDED, "reaching"].sum())
    if without:
        parts.append(f"{count_in_words(without)} with no language recorded")
    if not parts:
        return f"{threshold} documented in no course, in whatever language"
    return f"Courses with {threshold}: {listing(parts, most=4)}"
