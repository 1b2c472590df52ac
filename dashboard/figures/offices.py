"""Figure `offices`: what each OCHA regional office could add, and by what."""

from collections.abc import Mapping

import pandas as pd

from dashboard.charts.forms.worded_bars import Segment, WordedBar, persons, worded_bars
from dashboard.charts.marks.look import mark_key
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Package, Tables
from dashboard.edition.wording import counted, listing, proportion, share_in_table
from dashboard.figures.closing import (
    NO_OFFICE_LABEL,
    action_legend,
    contributing_countries,
    courses_of,
    nothing_to_close,
    office_label,
)
from dashboard.figures.figure import Figure, number, source, subtitle
from dashboard.measures.closing import ALL_OFFICES, NO_OFFICE, closing, offices

NOTE = (
    "Open personnel come from countries that are not covered; established gaps are open for "
    "training, the others for asking or searching. Countries outside the area of OCHA's regional "
    "offices stand apart."
)


def offices_figure(tables: Tables, selection: Selection) -> Figure:
    """Open personnel by OCHA regional office and by what each country asks for."""
    rows = offices(tables, selection)
    result = closing(tables, selection)
    total = result.N - result.start
    whole = rows.drop_duplicates("office")
    names = action_legend(result.steps, selection)
    finding = _offices_finding(whole, total, tables.package)
    return Figure(
        id="offices",
        title=finding,
        subtitle=subtitle(tables, selection, result.N, contributing_countries(tables, selection)),
        note=NOTE,
        source=source(tables, selection),
        statement=tables.package.statement,
        alt=f"Bars of open personnel by OCHA regional office. {finding}.",
        table=_offices_table(rows, total, result.N, tables.package),
        numbers=tuple(
            number(
                f"offices.{row.office}",
                office_label(row.office, tables.package),
                row.office_open,
                total,
            )
            for row in whole.itertuples()
        ),
        draw=lambda: worded_bars(
            [_office_bar(row, rows, total, names, tables.package) for row in whole.itertuples()],
            names,
            of="office",
        ),
        behind=lambda: courses_of(tables, selection, result.steps),
        empty=nothing_to_close(tables, selection, result, ALL_OFFICES),
    )


def _offices_finding(whole: pd.DataFrame, total: int, package: Package) -> str:
    of_office = whole[whole["office"] != NO_OFFICE]
    if of_office.empty:
        return "No open personnel in the area of a regional office"
    first = of_office.iloc[0]
    named = package.label("ocha_regions", first["office"])
    largest = proportion(int(first["office_open"]), total)
    return f"{named} has the largest part of the open personnel: {largest}"


def _office_bar(
    whole, rows: pd.DataFrame, total: int, names: Mapping[str, str], package: Package
) -> WordedBar:
    parts = {
        mark_key(row.country_class, row.state): row
        for row in rows[rows["office"] == whole.office].itertuples()
    }
    # Without the code of the office: a phone has no room for it. The table has both.
    none = whole.office == NO_OFFICE
    name = NO_OFFICE_LABEL if none else package.label("ocha_regions", whole.office)
    told = {key: (names[key], row) for key, row in parts.items()}
    return WordedBar(
        name,
        share_in_table(whole.office_open, total),
        [_office_part(key, *told[key], whole.office) for key in names if key in told],
        space_above=0.35 if none else 0.0,
    )


def _office_part(key: str, label: str, row, office: str) -> Segment:
    return Segment(
        key, row.persons, (label, persons(row.persons), _countries(row.countries)), (office,)
    )


def _countries(number: int) -> str:
    return counted(number, "country", "countries")


def _offices_table(rows: pd.DataFrame, total: int, everyone: int, package: Package) -> pd.DataFrame:
    labels = [office_label(code, package) for code in rows["office"]]
    shares = [share_in_table(n, total) for n in rows["office_open"]]
    largest = [listing(names) for names in rows["largest"]]
    table = rows.assign(
        office=labels,
        share_of_open=shares,
        largest=largest,
        persons_open=total,
        persons_total=everyone,
    )
    return table[
        [
            "office",
            "country_class",
            "class_label",
            "state",
            "state_label",
            "persons",
            "countries",
            "office_open",
            "share_of_open",
            "office_countries",
            "largest",
            "persons_open",
            "persons_total",
        ]
    ]
