"""Figures of measure 10: the functions around UN-CMCoord, and the topics in each."""

import pandas as pd

from dashboard.charts.forms.worded_rows import worded_rows
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count, proportion, quantity, share, share_in_table
from dashboard.figures.figure import (
    Figure,
    no_course_considered,
    nothing_to_show,
    number,
    source,
    subtitle,
)
from dashboard.measures.courses import considered, receipts
from dashboard.measures.functions import KEPT_APART, functions, naming
from dashboard.measures.states import country_states

NOTE = (
    "A topic is documented where a considered course names it. Only a course read whole shows that "
    "a topic is not named; everything else leaves it open. It cannot tell how much time a course "
    "gives to a topic."
)
TOPICS_NOTE = "A course counts under each topic that it names, so topics do not add up. "
NO_FUNCTIONS = "This edition has no vocabulary of functions."
MARKS = ("covered", "partial", "not-documented", "no-course", "not-reviewed", "gap")
# What the classes of a country mean with regard to a topic.
LABELS = {
    "covered": "Documented: a course names it",
    "partial": "Other content documented, no course read whole",
    "gap": "A course was read whole, none names it",
}
_COUNTRIES = [
    "country_name",
    "country_iso3",
    "persons",
    "label",
    "class_label",
    "state_label",
    "courses",
    "theme",
    "country_class",
    "state",
]
_TABLE = [
    "function_label",
    "label",
    "courses",
    "countries",
    "persons",
    "all_persons",
    "share_of_all",
    "persons_gap",
    "theme",
    "topic",
]


def functions_figure(tables: Tables, selection: Selection) -> Figure:
    """The functions and themes as a whole; those whose topics are kept apart by topic."""
    themes = functions(tables, selection).themes
    whole = (themes["topic"] == "") | themes["function"].isin(KEPT_APART)
    return _figure(tables, selection, "functions", themes[whole], headings=False)


def function_topics_figure(tables: Tables, selection: Selection) -> Figure:
    """The topics of each function that has several."""
    themes = functions(tables, selection).themes
    return _figure(
        tables, selection, "function-topics", themes[themes["topic"] != ""], headings=True
    )


def offered(tables: Tables, selection: Selection) -> dict[str, str]:
    """Functions and topics that can be looked at, by code."""
    themes = functions(tables, selection).themes
    return {
        row.theme: f"{row.function_label}: {row.label}" if row.topic else row.label
        for row in themes.itertuples()
    }


def courses_naming(tables: Tables, selection: Selection, theme: str) -> pd.DataFrame:
    """The considered courses that name a theme (`measures.courses.RECEIPT_COLUMNS`)."""
    themes = functions(tables, selection).themes.set_index("theme")
    return receipts(tables, naming(tables, selection, themes.at[theme, "topics"]))


def contributors_with(tables: Tables, selection: Selection, theme: str) -> pd.DataFrame:
    """The contributors by what is documented of a theme: gaps first, then largest first."""
    rows = functions(tables, selection).countries
    rows = rows[rows["theme"] == theme]
    place = {code: n for n, code in enumerate(("gap", "partial", "unknown", "covered"))}
    labels = rows["country_class"].map(LABELS).fillna(rows["state_label"])
    rows = rows.assign(order=rows["country_class"].map(place), stands=labels)
    rows = rows.sort_values(["order", "persons", "country_name"], ascending=[True, False, True])
    return rows[["country_name", "country_iso3", "persons", "stands", "courses"]]


def _figure(
    tables: Tables, selection: Selection, id: str, themes: pd.DataFrame, headings: bool
) -> Figure:
    everyone = country_states(tables, selection)
    everyone = everyone[everyone["persons"] > 0]
    total = int(everyone["persons"].sum())
    finding = _finding(themes)
    return Figure(
        id=id,
        title=finding,
        subtitle=subtitle(tables, selection, total, len(everyone)),
        note=(TOPICS_NOTE if headings else "") + NOTE,
        source=source(tables, selection),
        statement=tables.package.statement,
        alt=f"Bars of personnel by what is documented of each topic. {finding}",
        table=_table(themes),
        numbers=tuple(
            number(
                f"{id}.{row.theme}",
                row.label,
                row.persons,
                row.all_persons,
                lower=row.persons,
                upper=row.all_persons - row.gap,
            )
            for row in themes.itertuples()
        ),
        draw=lambda: worded_rows(
            _rows(themes, headings), _segments(tables, selection), ("person", "persons"), of="theme"
        ),
        behind=lambda: _courses(tables, selection, themes),
        empty=_empty(tables, selection, themes, total),
    )


def _empty(tables: Tables, selection: Selection, themes: pd.DataFrame, total: int) -> str:
    if not total:
        return nothing_to_show(tables, selection)
    return no_course_considered(tables, selection) if len(themes) else NO_FUNCTIONS


def _rows(themes: pd.DataFrame, headings: bool) -> pd.DataFrame:
    first = ~themes["function"].duplicated()
    return pd.DataFrame(
        {
            "row": themes["theme"],
            "label": themes["label"],
            "value": [
                proportion(n, total)
                for n, total in zip(themes["persons"], themes["all_persons"], strict=True)
            ],
            "detail": [
                f"{count(row.persons)} persons, {quantity(row.countries, 'country', 'countries')}, "
                f"{quantity(row.courses, 'course')}"
                for row in themes.itertuples()
            ],
            "heading": themes["function_label"].where(first & headings, ""),
        }
    )


def _segments(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Persons by theme and mark; the three states of unknown stay apart."""
    rows = functions(tables, selection).countries
    unknown = rows["country_class"] == "unknown"
    marked = rows.assign(
        mark=rows["state"].where(unknown, rows["country_class"]),
        mark_label=rows["state_label"].where(unknown, rows["country_class"].map(LABELS)),
    )
    sums = marked.groupby(["theme", "mark", "mark_label"], as_index=False)["persons"].agg(
        ["sum", "size"]
    )
    sums.columns = ["row", "mark", "mark_label", "amount", "countries"]
    return sums.sort_values("mark", key=lambda column: column.map(MARKS.index), kind="stable")


def _table(themes: pd.DataFrame) -> pd.DataFrame:
    shares = [
        share_in_table(n, total) if total else ""
        for n, total in zip(themes["persons"], themes["all_persons"], strict=True)
    ]
    table = themes.assign(share_of_all=shares, persons_gap=themes["gap"])
    return table[_TABLE].reset_index(drop=True)


def _courses(tables: Tables, selection: Selection, themes: pd.DataFrame) -> pd.DataFrame:
    topics = tuple({topic for group in themes["topics"] for topic in group}) if len(themes) else ()
    kept = naming(tables, selection, topics)
    return receipts(tables, kept & considered(tables, selection))


def _finding(themes: pd.DataFrame) -> str:
    if themes.empty:
        return "No function is defined"
    total = int(themes["all_persons"].iloc[0])
    if not total:
        return "No contributor under these filters"
    persons = themes["persons"].reset_index(drop=True)
    least, most = themes.iloc[persons.idxmin()], themes.iloc[persons.idxmax()]
    if not most["persons"]:
        return "None of these topics is documented for any contributor"
    largest, smallest = (share(one["persons"], total) for one in (most, least))
    return (
        f"{most['label']} is documented for {largest} of personnel, {least['label']} for {smallest}"
    )
