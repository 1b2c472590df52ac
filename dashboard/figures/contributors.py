"""Figures of measure 2: the largest contributors by class, and their courses by level."""

import pandas as pd

from dashboard.charts.forms.contributor_bars import contributors_bar
from dashboard.charts.forms.level_matrix import level_matrix
from dashboard.edition.selection import Selection, threshold_label
from dashboard.edition.tables import Tables
from dashboard.edition.wording import capitalised, count_in_words, listing, quantity, share_in_table
from dashboard.figures.figure import Figure, nothing_to_show, number, source, subtitle
from dashboard.measures.contributors import DEFAULT_TOP, top_contributors
from dashboard.measures.courses import considered, receipts
from dashboard.measures.states import CLASSES, country_states

NOBODY = "No contributor under these filters"
# More names than this make a title a list.
NAMES_IN_TITLE = 3
BARS_NOTE = (
    "A bar says how many persons a country contributes and what is documented of its training. It "
    "cannot tell who was trained, nor where: countries also train in other countries' centres."
)
MATRIX_NOTE = (
    "The number in a cell counts the considered courses at that level; an empty cell means that no "
    "course is recorded there. It cannot tell how many people took a course."
)


def contributors_figure(tables: Tables, selection: Selection, top: int = DEFAULT_TOP) -> Figure:
    """The `top` largest contributors as bars of persons, by class."""
    rows, everyone = _rows(tables, selection, top)
    finding = _gaps_among(rows)
    return _figure(
        tables,
        selection,
        rows,
        everyone,
        id="contributors",
        title=finding,
        note=BARS_NOTE,
        alt=f"Bars of persons by contributing country. {finding}. {_largest(rows)}",
        draw=lambda: contributors_bar(rows),
    )


def level_matrix_figure(tables: Tables, selection: Selection, top: int = DEFAULT_TOP) -> Figure:
    """The same countries by number of considered courses at each level."""
    rows, everyone = _rows(tables, selection, top)
    threshold = threshold_label(selection.threshold, tables.package)
    finding = _reaching(rows, threshold)
    labels = {term["code"]: term["label"] for term in tables.package.terms("levels")}
    return _figure(
        tables,
        selection,
        rows,
        everyone,
        id="levels",
        title=finding,
        note=MATRIX_NOTE,
        alt=f"Table of courses by contributing country and level. {finding}.",
        draw=lambda: level_matrix(rows, labels),
    )


def _rows(tables: Tables, selection: Selection, top: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    frame = country_states(tables, selection)
    return top_contributors(tables, selection, top), frame[frame["persons"] > 0]


def _figure(
    tables: Tables, selection: Selection, rows: pd.DataFrame, everyone: pd.DataFrame, **words
) -> Figure:
    """What both figures share: the words around them, the table, the numbers and the courses."""
    total = int(everyone["persons"].sum())
    empty = nothing_to_show(tables, selection) if rows.empty else ""
    return Figure(
        **{**words, "alt": words["alt"].strip()},
        subtitle=subtitle(tables, selection, total, len(everyone)),
        source=source(tables, selection),
        statement=tables.package.statement,
        table=_table(rows, total, tables),
        numbers=tuple(
            number(f"{words['id']}.{row.country_iso3}", row.country_name, row.persons, total)
            for row in rows.itertuples()
        ),
        behind=lambda: _courses_of(tables, selection, rows),
        empty=empty,
    )


def _table(rows: pd.DataFrame, total: int, tables: Tables) -> pd.DataFrame:
    shares = [share_in_table(persons, total) for persons in rows["persons"]]
    table = rows.assign(persons_total=total, share_of_all=shares)
    before = [
        "rank",
        "country_name",
        "country_iso3",
        "persons",
        "persons_total",
        "share_of_all",
        "class_label",
        "state_letter",
    ]
    levels = list(tables.package.codes("levels"))
    return table[[*before, *levels, "courses", "state_label", "reason"]].reset_index(drop=True)


def _courses_of(tables: Tables, selection: Selection, rows: pd.DataFrame) -> pd.DataFrame:
    of_rows = tables.courses["country_iso3"].isin(rows["country_iso3"]).to_numpy()
    return receipts(tables, considered(tables, selection) & of_rows)


def _gaps_among(rows: pd.DataFrame) -> str:
    """The finding of the bars: which of the largest contributors are established gaps."""
    if rows.empty:
        return NOBODY
    gaps = list(rows.loc[rows["country_class"] == "gap", "country_name"])
    if len(rows) == 1:
        only = rows.iloc[0]
        return f"The only contributor, {only['country_name']}: {only['class_label'].lower()}"
    if not gaps:
        return f"No established gap among {_largest_ones(rows)}; {_tally(rows)}"
    if len(gaps) == len(rows):
        every = "Both of" if len(gaps) == 2 else "All of"
        return f"{every} {_largest_ones(rows)} are established gaps"
    if len(gaps) > NAMES_IN_TITLE:
        number_of = capitalised(count_in_words(len(gaps)))
        return f"{number_of} of {_largest_ones(rows)} are established gaps"
    verb, noun = ("is", "gap") if len(gaps) == 1 else ("are", "gaps")
    return f"{listing(gaps)} {verb} the only established {noun} among {_largest_ones(rows)}"


def _reaching(rows: pd.DataFrame, threshold: str) -> str:
    """The finding of the matrix: for whom content at or above the threshold is documented."""
    if rows.empty:
        return NOBODY
    covered = list(rows.loc[rows["country_class"] == "covered", "country_name"])
    if len(rows) == 1:
        documented = "documented" if covered else "not documented"
        return f"{threshold} {documented} for the only contributor, {rows['country_name'].item()}"
    if not covered:
        return f"{threshold} documented for none of {_largest_ones(rows)}"
    if len(covered) == len(rows):
        return f"{threshold} documented for all of {_largest_ones(rows)}"
    return (
        f"{threshold} documented for {count_in_words(len(covered))} of {_largest_ones(rows)}: "
        f"{listing(covered, NAMES_IN_TITLE)}"
    )


def _largest_ones(rows: pd.DataFrame) -> str:
    return f"the {count_in_words(len(rows))} largest contributors"


def _tally(rows: pd.DataFrame) -> str:
    """How many are in each class that occurs, for example "five covered, seven unknown"."""
    labels = dict(zip(rows["country_class"], rows["class_label"], strict=True))
    counts = rows["country_class"].value_counts()
    return ", ".join(
        f"{count_in_words(int(counts[code]))} {labels[code].lower()}"
        for code in CLASSES
        if code in counts
    )


def _largest(rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    first = rows.iloc[0]
    return (
        f"The largest is {first['country_name']} with {quantity(int(first['persons']), 'person')}."
    )
