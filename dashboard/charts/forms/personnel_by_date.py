"""Persons of one country at each date by personnel type; the dates are few and far apart."""

from collections.abc import Mapping
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.forms.labelled_bars import Bar, Piece, labelled_bars
from dashboard.charts.marks.labels import count, escaped, per_cent
from dashboard.charts.marks.look import INK, PAPER, Style
from dashboard.edition.wording import SMALLEST_FOR_PER_CENT, counted, long_date, quantity

# Not the colours of levels and classes: military violet, police teal, each darker for what it has
# most of.
TYPE_STYLES: dict[str, Style] = {
    code: Style(fill, PAPER, False, "", False, text, "")
    for code, fill, text in (
        ("troops", "#413C69", PAPER),
        ("staff-officers", "#7A74A8", PAPER),
        ("experts-on-mission", "#BDB8DA", INK),
        ("formed-police-units", "#0F5E63", PAPER),
        ("individual-police", "#6FB3B5", INK),
    )
}
OTHER_TYPE = Style("#9A9A9A", PAPER, False, "", False, INK, "")
DAYS_OF_A_YEAR = 365.25
NOT_DIVIDED = "These figures are not divided by mission"


def personnel_by_date(frame: pd.DataFrame, types: Mapping[str, str]) -> go.Figure:
    """One bar a date, oldest first, in parts by personnel type.

    `frame`: as_of, persons, persons_total, rank, contributors, women, men and one column a type
    (measures/country.py, `personnel_by_date`). `types`: code -> label of the types to draw. A year
    or more between two dates is said between their bars.
    """
    present = [code for code in types if (frame[code].fillna(0) > 0).any()]
    bars, before = [], ""
    for row in frame.to_dict("records"):
        parts = tuple(_part(row, code, types[code]) for code in present if pd.notna(row[code]))
        bars.append(Bar(_words(row), parts, years_between(before, row["as_of"])))
        before = row["as_of"]
    legend = [(escaped(types[code]), TYPE_STYLES.get(code, OTHER_TYPE)) for code in present]
    return labelled_bars(bars, legend)


def years_between(earlier: str, later: str) -> str:
    """ "no figures for seven years" between two ISO dates a year or more apart, else empty."""
    if not earlier:
        return ""
    days = (date.fromisoformat(later) - date.fromisoformat(earlier)).days
    years = int(days / DAYS_OF_A_YEAR)
    return f"⋮  no figures for {quantity(years, 'year')}" if years else ""


def _part(row: dict, code: str, label: str) -> Piece:
    persons, total = int(row[code]), int(row["persons"])
    hover = (
        f"<b>{escaped(label)}</b><br>{long_date(row['as_of'])}<br>"
        f"{count(persons)} of {count(total)} persons"
    )
    share = f" ({per_cent(persons, total)})" if total >= SMALLEST_FOR_PER_CENT else ""
    return Piece(persons, TYPE_STYLES.get(code, OTHER_TYPE), hover + share, count(persons))


def _words(row: dict) -> str:
    day = f"<b>{long_date(row['as_of'])}</b>"
    if pd.isna(row["persons"]):
        return f"{day}<br>{NOT_DIVIDED}"
    if not row["persons"]:
        return f"{day}<br>No personnel"
    noun = "person" if row["persons"] == 1 else "persons"
    rank = f"rank {row['rank']} of {count(row['contributors'])}"
    return f"{day}  {rank}<br>{count(row['persons'])} {noun}{_women(row)}"


def _women(row: dict) -> str:
    if pd.isna(row["women"]) or pd.isna(row["men"]):
        return ""
    women, known = int(row["women"]), int(row["women"] + row["men"])
    words = f", {counted(women, 'woman', 'women')}"
    if known != row["persons"]:
        return f"{words} of {count(known)} whose sex is given"
    return f"{words} ({per_cent(women, known)})" if known >= SMALLEST_FOR_PER_CENT else words
