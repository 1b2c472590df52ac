"""Figures of measure 5: gaps of training beside gaps of evidence, never added without saying so."""

import pandas as pd

from dashboard.charts.forms.named_bars import gap_list
from dashboard.charts.forms.worded_bars import Segment, WordedBar, worded_bars
from dashboard.charts.marks.look import STATE_STYLES, UNKNOWN_STATES, mark_key
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count, listing, proportion, quantity, share, share_in_table
from dashboard.figures.figure import Figure, nothing_to_show, number, source, subtitle
from dashboard.measures.contributors import DEFAULT_TOP
from dashboard.measures.courses import considered, receipts
from dashboard.measures.two_gaps import GAPS, TwoGaps, two_gaps

UNITS = {"persons": "Persons", "countries": "Countries"}
GAP_LABELS = {"coverage": "Coverage gap", "evidence": "Evidence gap"}
ASKS = {"coverage": "training", "evidence": "asking and searching"}
NOTES = {
    "coverage": (
        "A considered course of each of these countries was read whole, and none reaches the "
        "threshold. It asks for training. That no other course of the country does, it cannot tell."
    ),
    "evidence": (
        "For these countries nothing was read whole, or nothing was found. It asks for curricula, "
        "for questions and for searches. It cannot tell that anything is missing in the training."
    ),
}
REGIONS_NOTE = (
    "The two gaps stand side by side because they ask for different things: a coverage gap for "
    "training, an evidence gap for asking and searching. Their sum would be everything that is not "
    "documented, which is not a gap of training."
)
_MARKS = ("gap", "partial", *UNKNOWN_STATES)


def gap_figure(
    tables: Tables, selection: Selection, gap: str = "coverage", top: int = DEFAULT_TOP
) -> Figure:
    """The `top` largest contributors with one of the two gaps: "coverage" or "evidence"."""
    result = two_gaps(tables, selection)
    rows, shown = result.of(gap), result.of(gap).head(top)
    largest = max(
        (int(result.of(each)["persons"].max()) for each in GAPS if len(result.of(each))), default=1
    )
    finding = _finding(result, gap)
    named = "" if shown.empty else f" The largest: {listing(list(shown['country_name']))}."
    return Figure(
        id=f"{gap}-gap",
        title=finding,
        subtitle=subtitle(tables, selection, result.N, result.countries),
        note=NOTES[gap],
        source=source(tables, selection),
        statement=tables.package.statement,
        alt=f"Bars of persons by contributing country. {finding}.{named}",
        table=_table(rows, result.N),
        numbers=(
            number(f"{gap}-gap.persons", finding, result.persons(gap), result.N),
            number(
                f"{gap}-gap.countries", f"{GAP_LABELS[gap]}, countries", len(rows), result.countries
            ),
        ),
        draw=lambda: gap_list(shown, largest),
        behind=lambda: _courses_of(tables, selection, rows),
        empty=_empty(tables, selection, result, gap),
    )


def gap_regions_figure(tables: Tables, selection: Selection, unit: str = "persons") -> Figure:
    """Both gaps by region, side by side. `unit`: persons or countries."""
    result = two_gaps(tables, selection)
    whole = result.N if unit == "persons" else result.countries
    totals = {
        gap: int(result.of(gap)["persons"].sum()) if unit == "persons" else len(result.of(gap))
        for gap in GAPS
    }
    finding = _regions_finding(result, totals, whole, unit)
    return Figure(
        id="gap-regions",
        title=finding,
        subtitle=subtitle(tables, selection, result.N, result.countries),
        note=REGIONS_NOTE,
        source=source(tables, selection),
        statement=tables.package.statement,
        alt=f"For each region two bars, one a gap. {finding}.",
        table=_regions_table(result),
        numbers=tuple(
            number(f"gap-regions.{gap}", f"{GAP_LABELS[gap]}, {unit}", totals[gap], whole)
            for gap in GAPS
        ),
        draw=lambda: worded_bars(_bars(result, unit), _legend(result), of="region"),
        behind=lambda: _courses_of(tables, selection, result.rows),
        empty="" if result.N else nothing_to_show(tables, selection),
    )


def _finding(result: TwoGaps, gap: str) -> str:
    """For example "Coverage gap: 15 per cent (13,654 of 92,511) from 11 countries ask for
    training"."""
    rows = result.of(gap)
    if not result.N:
        return f"{GAP_LABELS[gap]}: no personnel under these filters"
    if rows.empty:
        return f"{GAP_LABELS[gap]}: none among the contributors"
    number_of = quantity(len(rows), "country", "countries")
    persons = share(result.persons(gap), result.N).replace(" (", " of personnel (")
    return f"{GAP_LABELS[gap]}: {persons}, from {number_of}, to close by {ASKS[gap]}"


def _empty(tables: Tables, selection: Selection, result: TwoGaps, gap: str) -> str:
    if not result.N:
        return nothing_to_show(tables, selection)
    if len(result.of(gap)):
        return ""
    hint = {
        "coverage": "No considered course that was read whole stays below the threshold without "
        "another that reaches it. A higher threshold, or more courses (sidebar), may show some.",
        "evidence": "Every contributing country is covered or an established gap.",
    }
    return hint[gap]


def _table(rows: pd.DataFrame, total: int) -> pd.DataFrame:
    table = rows.assign(
        persons_total=total, share_of_all=[share_in_table(n, total) for n in rows["persons"]]
    )
    return table[
        [
            "rank",
            "country_name",
            "persons",
            "persons_total",
            "share_of_all",
            "class_label",
            "state_letter",
            "state_label",
            "region",
            "courses",
            "reason",
            "country_class",
            "state",
            "country_iso3",
        ]
    ].reset_index(drop=True)


def _regions_finding(result: TwoGaps, totals: dict[str, int], whole: int, unit: str) -> str:
    if not result.N:
        return "No personnel under these filters"
    first, second = (proportion(totals[gap], whole) for gap in GAPS)
    what = "personnel" if unit == "persons" else "contributing countries"
    return f"A coverage gap for {first} of {what}, an evidence gap for {second}"


def _regions_table(result: TwoGaps) -> pd.DataFrame:
    rows = result.by_region
    table = rows.assign(
        gap=[GAP_LABELS.get(gap, "None") for gap in rows["gap"]],
        share_of_region=[
            share_in_table(n, total)
            for n, total in zip(rows["persons"], rows["region_persons"], strict=True)
        ],
    )
    return table[
        [
            "region",
            "gap",
            "country_class",
            "class_label",
            "state",
            "state_label",
            "persons",
            "region_persons",
            "share_of_region",
            "countries",
            "region_countries",
        ]
    ]


def _bars(result: TwoGaps, unit: str) -> list[WordedBar]:
    """Two bars a region, most personnel first."""
    bars = []
    for place, (region, rows) in enumerate(result.by_region.groupby("region", sort=False)):
        whole = int(rows[f"region_{unit}"].iloc[0])
        for gap in GAPS:
            here = rows[rows["gap"] == gap]
            text = f"{GAP_LABELS[gap].lower()} {share_in_table(int(here[unit].sum()), whole)}"
            parts = [_part(row, unit, str(region)) for row in _in_order(here)]
            apart = 0.25 if place and gap == next(iter(GAPS)) else 0.0
            bars.append(WordedBar(str(region), text, parts, space_above=apart))
    return bars


def _in_order(rows: pd.DataFrame) -> list:
    """Rows as named tuples, in the order of every legend."""
    return sorted(
        rows.itertuples(), key=lambda row: _MARKS.index(mark_key(row.country_class, row.state))
    )


def _part(row, unit: str, region: str) -> Segment:
    return Segment(
        mark_key(row.country_class, row.state),
        int(getattr(row, unit)),
        (
            f"{region}: {row.state_label or row.class_label}",
            f"{count(row.persons)} persons, {quantity(row.countries, 'country', 'countries')}",
        ),
        (region,),
    )


def _legend(result: TwoGaps) -> dict[str, str]:
    rows = result.by_region[result.by_region["gap"] != ""]
    names = {}
    for row in rows.itertuples():
        label = row.class_label
        if row.state:
            label = f"{STATE_STYLES[row.state].letter}  {row.state_label}"
        names[mark_key(row.country_class, row.state)] = f"{GAP_LABELS[row.gap]} · {label}"
    return {key: names[key] for key in _MARKS if key in names}


def _courses_of(tables: Tables, selection: Selection, rows: pd.DataFrame) -> pd.DataFrame:
    in_rows = tables.courses["country_iso3"].isin(rows["country_iso3"]).to_numpy()
    return receipts(tables, considered(tables, selection) & in_rows)
