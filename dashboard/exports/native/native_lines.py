"""Figures over steps or dates: the curve that closes the gap, and indicators by date."""

import re

from dashboard.charts.marks.look import BLUE, DARK_BLUE, PALE_BLUE
from dashboard.edition.wording import SMALLEST_FOR_PER_CENT, long_date
from dashboard.exports.native.form import PER_CENT, Native, Series
from dashboard.exports.native.looks import NEUTRAL_GREY, Looks, solid
from dashboard.figures.figure import Figure
from dashboard.measures.indicators import OF_PERSONNEL

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
