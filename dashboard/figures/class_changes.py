"""Figure `class-changes`: measure 12, who changed class between two editions."""

from collections.abc import Mapping

import pandas as pd

from dashboard.charts.forms.square_matrix import square_matrix
from dashboard.charts.marks.labels import escaped
from dashboard.charts.marks.look import MARK_STYLES
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count, quantity, share, share_in_table
from dashboard.figures.editions import NOBODY, nothing_in, population, sources
from dashboard.figures.figure import Figure, number
from dashboard.measures.comparison import (
    MARKS,
    class_changes,
    headline_steps,
    mark_labels,
    sides,
)
from dashboard.measures.courses import considered, receipts

CHANGES_NOTE = (
    "Contributors of the earlier date, with their persons of that date. The two editions are "
    "different reviews: a new class says that more or other evidence was found, not that training "
    "changed."
)


def class_changes_figure(
    tables: Tables, selection: Selection, other: Tables | None = None
) -> Figure:
    """Contributors of the earlier date by class before and after: countries and persons."""
    before, after = sides(tables, selection, other or tables)
    steps = headline_steps(before, after)
    rows = class_changes(before, after)
    rows = rows[rows["persons_before"] > 0]
    total, changed = steps.before.N, rows[rows["changed"]]
    persons = int(changed["persons_before"].sum())
    finding = _changes_finding(len(changed), len(rows), persons, total)
    labels = mark_labels(after.tables)
    pairs = _pairs(rows, labels, total)
    return Figure(
        id="class-changes",
        title=finding,
        note=CHANGES_NOTE,
        subtitle=population(steps, before, after, tables, selection),
        source=sources(tables, selection, before, after),
        statement=tables.package.statement,
        alt=f"Table of contributors by class before and after. {finding}.",
        table=_pair_table(rows, total),
        numbers=(number("class-changes.changed", "Class changed", persons, total),),
        draw=lambda: square_matrix(
            pairs, {mark: MARK_STYLES[mark] for mark in MARKS}, labels, "before", "after"
        ),
        behind=lambda: _courses_of(tables, selection, changed),
        empty="" if total else nothing_in(before, after),
    )


def _changes_finding(changed: int, contributors: int, persons: int, total: int) -> str:
    if not contributors:
        return NOBODY
    if not changed:
        return "No contributor changed its class"
    verb = "has" if changed == 1 else "have"
    return (
        f"{quantity(changed, 'contributor').capitalize()} of {count(contributors)} {verb} "
        f"another class, with {share(persons, total)} of the personnel"
    )


def _grouped(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.groupby(["was", "became", "was_label", "became_label"], as_index=False).agg(
        countries=("country_iso3", "size"),
        persons=("persons_before", "sum"),
        names=("country_name", lambda names: ", ".join(names[:3]) + ", …" * (len(names) > 3)),
    )


def _pairs(rows: pd.DataFrame, labels: Mapping[str, str], total: int) -> pd.DataFrame:
    groups = _grouped(rows)
    hover = [
        f"Before: {escaped(labels[row.was])}<br>After: {escaped(labels[row.became])}<br>"
        f"{quantity(row.countries, 'country', 'countries')}, {count(row.persons)} of "
        f"{count(total)} persons<br>{escaped(row.names)}"
        for row in groups.itertuples()
    ]
    return pd.DataFrame(
        {
            "down": groups["was"],
            "across": groups["became"],
            "number": groups["countries"],
            "more": [count(n) for n in groups["persons"]],
            "hover": hover,
        }
    )


def _pair_table(rows: pd.DataFrame, total: int) -> pd.DataFrame:
    groups = _grouped(rows).sort_values("persons", ascending=False, kind="stable")
    groups["share_of_all"] = [
        (share_in_table(n, total) if total else "") for n in groups["persons"]
    ]
    order = ["was_label", "became_label", "countries", "persons", "share_of_all", "names"]
    return groups[order].reset_index(drop=True)


def _courses_of(tables: Tables, selection: Selection, rows: pd.DataFrame) -> pd.DataFrame:
    of_rows = tables.courses["country_iso3"].isin(rows["country_iso3"]).to_numpy()
    return receipts(tables, considered(tables, selection) & of_rows)
