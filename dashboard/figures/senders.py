"""Figure `senders`: who sends peacekeepers, by type of personnel."""

import pandas as pd

from dashboard.charts.forms.contributor_bars import senders_bar
from dashboard.edition.selection import Selection, personnel_label
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count, counted, listing, share, share_in_table
from dashboard.figures.figure import (
    Figure,
    Number,
    nothing_to_show,
    number,
    source,
    subtitle,
)
from dashboard.measures.contributors import DEFAULT_TOP, REST, senders
from dashboard.measures.courses import considered, receipts
from dashboard.measures.personnel import personnel_types

NOTE = (
    "Persons deployed on the date, whatever is known of their training. It cannot tell how many are "
    "sent in a year: contingents rotate."
)


def senders_figure(tables: Tables, selection: Selection, top: int = DEFAULT_TOP) -> Figure:
    """The `top` largest contributors by type of personnel, and all others as one row."""
    rows, package = senders(tables, selection, top), tables.package
    types = {
        code: package.label("personnel_types", code)
        for code in personnel_types(selection.personnel, package)
    }
    total = int(rows["persons"].sum())
    finding = _finding(rows, tables, selection)
    return Figure(
        id="senders",
        title=finding,
        subtitle=subtitle(tables, selection, total, int(rows["countries"].sum())),
        note=NOTE,
        source=source(tables, selection),
        statement=package.statement,
        alt=f"Bars of persons by contributing country and type of personnel. {finding}.",
        table=_table(rows, list(types), total),
        numbers=_numbers(rows, types, total),
        draw=lambda: senders_bar(rows, types, total),
        behind=lambda: _courses_of(tables, selection, rows),
        empty="" if total else nothing_to_show(tables, selection),
    )


def _finding(rows: pd.DataFrame, tables: Tables, selection: Selection) -> str:
    if rows.empty:
        return "No contributor under these filters"
    who = personnel_label(selection.personnel, tables.package)
    who = f"{who[:1].lower()}{who[1:]}"
    where = listing(selection.missions, most=len(selection.missions))
    where = f" in {where}" if where else ""
    countries, named = int(rows["countries"].sum()), rows[rows["country_iso3"] != REST]
    n, total = int(named["persons"].sum()), int(rows["persons"].sum())
    if len(named) == len(rows):
        verb, every = ("sends", "all ") if countries == 1 else ("send", "all ")
        who = who.removeprefix("all ")
        return (
            f"{counted(countries, 'country', 'countries')} {verb} {every}{who}{where} "
            f"({counted(total, 'person')})"
        )
    part, _, beside = share(n, total).partition(" (")
    beside = f" ({beside}" if beside else ""
    return (
        f"{count(len(named))} of {count(countries)} countries send {part} of {who}{where}{beside}"
    )


def _table(rows: pd.DataFrame, types: list[str], total: int) -> pd.DataFrame:
    shares = [share_in_table(persons, total) for persons in rows["persons"]]
    table = rows.assign(persons_total=total, share_of_all=shares)
    return table[
        ["rank", "country_name", "country_iso3", "persons", "persons_total", "share_of_all", *types]
    ]


def _numbers(rows: pd.DataFrame, types: dict[str, str], total: int) -> tuple[Number, ...]:
    named = rows[rows["country_iso3"] != REST]
    return (
        number("senders.largest", "From the largest contributors", named["persons"].sum(), total),
        *(
            number(f"senders.{code}", label, rows[code].sum(), total)
            for code, label in types.items()
        ),
        *(
            number(f"senders.{row.country_iso3}", row.country_name, row.persons, total)
            for row in named.itertuples()
        ),
    )


def _courses_of(tables: Tables, selection: Selection, rows: pd.DataFrame) -> pd.DataFrame:
    here = tables.courses["country_iso3"].isin(rows["country_iso3"]).to_numpy()
    return receipts(tables, considered(tables, selection) & here)
