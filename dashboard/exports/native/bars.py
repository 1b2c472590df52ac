"""Figures that are bars or points over dates: one mark a row, in the look of what it stands for."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd

from dashboard.charts.marks.look import BLUE, DARK_BLUE, PALE_BLUE, STATE_STYLES, Style
from dashboard.edition.wording import SMALLEST_FOR_PER_CENT, counted, long_date
from dashboard.exports.native.form import PER_CENT, Native, Series
from dashboard.exports.native.looks import (
    CHOSEN,
    LARGEST_MOVE,
    MIDDLE_MOVE,
    NEUTRAL_GREY,
    OTHER_CHOICE,
    QUIET,
    STACK_ORDER,
    Looks,
    solid,
    some,
)
from dashboard.figures.certainty import CLASSES
from dashboard.figures.figure import Figure
from dashboard.measures.indicators import OF_PERSONNEL

PERSONS, COURSES = "persons", "courses"
_POINTS = re.compile(r"^([\d,]+) points?$")


def coverage(figure: Figure, looks: Looks) -> Native:
    """All personnel by class, the three states of unknown apart."""
    table, keys = figure.table, looks.keys(figure.table)
    names = [
        f"{looks.mark(key)[0]}: {_share(row)}{counted(row.countries, 'country', 'countries')}"
        for key, row in zip(keys, table.itertuples(), strict=True)
    ]
    series = looks.marks(keys, table["persons"], STACK_ORDER)
    return Native("bars", PERSONS, tuple(names), series, legend=False)


def asks(figure: Figure, looks: Looks) -> Native:
    """What is not covered by class and state, each with what it asks for."""
    chart, table = coverage(figure, looks), figure.table
    names = tuple(
        f"{name} → {ask}" for name, ask in zip(chart.categories, table["ask"], strict=True)
    )
    return replace(chart, categories=names)


def _share(row) -> str:
    return f"{row.share_of_all}, " if row.share_of_all else ""


def contributors(figure: Figure, looks: Looks) -> Native:
    """Countries by persons, each in the look of its class and with the letter of its state."""
    table = figure.table
    names = tuple(_with_letter(row.country_name, row.state_letter) for row in table.itertuples())
    series = looks.marks(looks.keys(table), table["persons"])
    return Native("bars", PERSONS, names, series, key=looks.letters(table))


def _with_letter(name: str, letter: str) -> str:
    return f"{name}  {letter}"


def questions(figure: Figure, looks: Looks) -> Native:
    """Countries by open questions about content."""
    series = looks.marks(looks.keys(figure.table), figure.table["content_questions"])
    countries = contributors(figure, looks)
    return Native(
        "bars", "questions about content", countries.categories, series, key=countries.key
    )


def levels(figure: Figure, looks: Looks) -> Native:
    """Courses by level, one bar each."""
    table = figure.table
    codes = [looks.code(label) for label in table["level"]]
    names = tuple(looks.state(code)[0] for code in codes)
    series = tuple(
        Series(*looks.state(code), tuple(n if own == code else None for own, n in pairs))
        for pairs in [list(zip(codes, table["courses"].tolist(), strict=True))]
        for code in dict.fromkeys(codes)
    )
    return Native("bars", COURSES, names, series, legend=False)


def evidence(figure: Figure, looks: Looks) -> Native:
    """Persons by grade of the evidence, or by test that it passes."""
    table = figure.table
    key = table.columns[0]
    names = tuple(
        f"{row.label}: {_share(row)}{counted(row.countries, 'country', 'countries')}"
        for row in table.itertuples()
    )
    not_graded = [code in STATE_STYLES for code in table[key]]
    pairs = list(zip(not_graded, table["persons"].tolist(), strict=True))
    series = [Series("Persons", QUIET, tuple(None if apart else n for apart, n in pairs))]
    if any(not_graded):
        name, style = looks.state("not-reviewed")
        series.append(Series(name, style, tuple(n if apart else None for apart, n in pairs)))
    return Native("bars", PERSONS, names, tuple(series), legend=False)


def choices(figure: Figure, looks: Looks) -> Native:
    """The headline under each option of each choice, as a share."""
    table = figure.table
    shares = [
        covered / total if total else None
        for covered, total in zip(table["persons_covered"], table["persons_total"], strict=True)
    ]
    own = (table["as_selected"] != "").tolist()
    rows = list(zip(shares, own, strict=True))
    series = (
        Series("As selected", CHOSEN, tuple(share if is_own else None for share, is_own in rows)),
        Series(
            "Another option",
            OTHER_CHOICE,
            tuple(None if is_own else share for share, is_own in rows),
        ),
    )
    names = tuple(f"{row.choice_label}: {row.option_label}" for row in table.itertuples())
    return Native(
        "bars", "share of personnel that counts as covered", names, series, number_format=PER_CENT
    )


def moves(figure: Figure, looks: Looks) -> Native:
    """How far each choice moves the headline, in whole percentage points."""
    columns = (
        ("From the selection", CHOSEN, "from_base"),
        ("Middle move (median)", MIDDLE_MOVE, "median_move"),
        ("Largest move", LARGEST_MOVE, "largest_move"),
    )
    series = tuple(_in_points(name, style, figure.table[column]) for name, style, column in columns)
    return Native(
        "bars", "percentage points", tuple(figure.table["choice_label"]), series, side_by_side=True
    )


def _in_points(name: str, style: Style, texts: pd.Series) -> Series:
    """Points as the table says them; "less than 1 point" rounds to 0 and keeps its words."""
    found = [_POINTS.match(text) for text in texts]
    values = tuple(int(one[1].replace(",", "")) if one else 0 for one in found)
    labels = tuple("" if one else text for one, text in zip(found, texts, strict=True))
    return Series(name, style, values, labels)


def combinations(figure: Figure, looks: Looks) -> Native:
    """How many combinations give a share in each of the classes; that of the selection apart."""
    table = figure.table[figure.table["persons_total"] > 0]
    shares = (table["persons_covered"] / table["persons_total"]).to_numpy()
    places = np.minimum((shares * CLASSES).astype(int), CLASSES - 1)
    counts = np.bincount(places, minlength=CLASSES).tolist()
    chosen = figure.numbers[0].value if figure.numbers else None
    own = -1 if chosen is None else min(int(chosen * CLASSES), CLASSES - 1)
    step = 100 // CLASSES
    names = tuple(f"{step * n}–{step * (n + 1)}%" for n in range(CLASSES))
    series = (
        Series(
            "Other combinations",
            OTHER_CHOICE,
            tuple(None if n == own else some(k) for n, k in enumerate(counts)),
        ),
        Series(
            "Combinations that give a share like the selection",
            CHOSEN,
            tuple(some(k) if n == own else None for n, k in enumerate(counts)),
        ),
    )
    return Native("columns", "combinations", names, series)


AFTER_STEPS = "persons, by number of steps; the data behind it name the country of each"
TODAY, COVERED = "Today", "Covered after the step"
REACHED = "Half, three quarters, 90 per cent"
# "16% (14,891 of 92,511)", or "3 of 7".
_OF = re.compile(r"([\d,]+) of ([\d,]+)")
_COLOURS = (DARK_BLUE, NEUTRAL_GREY, BLUE, PALE_BLUE)


def closing(figure: Figure, looks: Looks) -> Native:
    """Persons covered after each step, and the steps after which a mark is reached."""
    table = figure.table
    covered = [int(_OF.search(text)[1].replace(",", "")) for text in table["covered_then"]]
    start = [covered[0] - int(table["persons"].iloc[0])] if covered else []
    line = [*start, *covered]
    reached = {number.n for number in figure.numbers[1:]}
    names = (TODAY, *table["country_name"])
    series = (
        Series(COVERED, solid(DARK_BLUE), tuple(line), labelled=False, joined=True),
        Series(REACHED, solid(BLUE), tuple(n if n in reached else None for n in line)),
    )
    return Native(
        "lines",
        AFTER_STEPS,
        tuple(map(str, range(len(line)))),
        series,
        beside=names if line else (),
    )


def indicator_dates(figure: Figure, looks: Looks) -> Native:
    """Indicators of personnel at each date, side by side: nothing is known of the time between.

    A population too small for a percentage has no label; its numbers stand in the table.
    """
    table = figure.table
    dated = table[table["indicator_id"].isin(OF_PERSONNEL) & table["n"].notna()]
    dated = dated[dated["total"] > 0]
    days = sorted(dated["as_of"].unique())
    pairs = dated[["indicator_id", "edition"]].drop_duplicates().itertuples(index=False)
    several = dated["edition"].nunique() > 1
    series = []
    for place, (id, edition) in enumerate(pairs):
        rows = dated[(dated["indicator_id"] == id) & (dated["edition"] == edition)]
        shares = {row.as_of: row.n / row.total for row in rows.itertuples()}
        name = rows["indicator"].iloc[0] + (f" ({rows['edition_title'].iloc[0]})" * several)
        colour = _COLOURS[place % len(_COLOURS)]
        series.append(
            Series(
                name,
                solid(colour),
                tuple(shares.get(day) for day in days),
                labelled=bool((rows["total"] >= SMALLEST_FOR_PER_CENT).all()),
            )
        )
    return Native(
        "columns",
        "share of N",
        tuple(long_date(day) for day in days),
        tuple(series),
        side_by_side=True,
        number_format=PER_CENT,
    )
