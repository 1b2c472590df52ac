"""Figures of measure 7: what every questioned choice does to the headline."""

import math
from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.charts.forms.choice_rows import OptionRow, Row, moves, tornado
from dashboard.charts.forms.combinations_bar import combinations_bar
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import (
    SMALLEST_FOR_PER_CENT,
    capitalised,
    count,
    count_in_words,
    counted,
    listing,
    proportion,
    share,
    share_in_table,
    whole_per_cent,
)
from dashboard.figures.closing import contributing_countries
from dashboard.figures.figure import Figure, nothing_to_show, number, source, subtitle
from dashboard.measures.courses import considered, receipts
from dashboard.measures.robustness import Robustness, robustness
from dashboard.measures.robustness_choices import LEFT_OUT

CLASSES = 20  # of the histogram: five per cent each
_TICKS = tuple(f"{place}%" for place in (0, 25, 50, 75, 100))
_POINTS = ("0", "25", "50", "75", "100")
TABLES_KEPT = 4
# Choices inside a sentence.
_CHOICE_WORDS = {
    "partial": "how partial evidence counts",
    "unknown": "how unknown countries count",
    "reading": "what makes a gap",
    "types": "which courses count",
    "threshold": "the threshold",
    "personnel": "whose personnel counts",
    "as_of": "the date",
}
NOTE = (
    "Content counts as covered from the threshold; a choice decides whether partial evidence and "
    "unknown countries count as covered too. Read as coded, every coded course counts as read "
    "whole; that alone never moves what is documented, only what is ruled out."
)
MOVES_NOTE = (
    "The move of a choice is the distance between its lowest and its highest share while all other "
    "choices stay as they are, in percentage points; over all combinations of the others it has a "
    "middle (median) and a largest value."
)
ALL_NOTE = (
    "A bar counts the combinations that give such a share. Their number says how many readings are "
    "possible, not how likely one is. Combinations without personnel (missions that a date does "
    "not name) are left out."
)


def choices_figure(tables: Tables, selection: Selection) -> Figure:
    """The headline when one choice alone changes: the tornado around the selection."""
    result = robustness(tables, selection)
    n, total = result.at(result.base)
    finding = _most_moving(result)
    return _figure(
        tables,
        selection,
        result,
        id="choices",
        title=finding,
        note=NOTE + _not_asked(result),
        alt=f"For each choice, the headline under each of its options. {finding}.",
        table=_from_base_table(result),
        numbers=tuple(
            number(
                f"choices.{row.choice}.{row.option}",
                f"{row.choice_label}: {row.option_label}",
                row.n,
                row.N,
            )
            for row in result.from_base.itertuples()
        ),
        draw=lambda: tornado(_tornado_rows(result), n / total, _TICKS),
    )


def moves_figure(tables: Tables, selection: Selection) -> Figure:
    """How far each choice moves the headline over all combinations of the others."""
    result = robustness(tables, selection)
    finding = _most_moving_anywhere(result.swings.iloc[0])
    table = (
        result.swings.assign(
            **{
                name: [_points(value) for value in result.swings[name]]
                for name in ("from_base", "median", "largest")
            }
        )
        .drop(columns="choice")
        .rename(columns={"median": "median_move", "largest": "largest_move"})
    )
    return _figure(
        tables,
        selection,
        result,
        id="moves",
        title=finding,
        note=MOVES_NOTE,
        table=table,
        alt=f"For each choice, how far it moves the headline over all combinations. {finding}.",
        numbers=(),
        draw=lambda: moves(_moves_rows(result), _POINTS),
    )


def combinations_figure(tables: Tables, selection: Selection) -> Figure:
    """All combinations: the range of the headline, and how they spread over it."""
    result = robustness(tables, selection)
    n, total = result.at(result.base)
    shares = result.shares[np.isfinite(result.shares)]
    places = np.minimum((shares * CLASSES).astype(int), CLASSES - 1)
    counts = np.bincount(places, minlength=CLASSES)
    finding = _range_finding(result, len(shares))
    words = f"As selected: {proportion(n, total)}" if total else ""
    return _figure(
        tables,
        selection,
        result,
        id="combinations",
        title=finding,
        note=f"{ALL_NOTE} {_half(shares)}",
        alt=f"Histogram of {count(len(shares))} combinations by the share each gives. {finding}.",
        table=_all_rows(tables, selection),
        numbers=_range_numbers(result, n, total),
        draw=lambda: combinations_bar(
            counts.tolist(),
            n / total,
            words,
            _TICKS,
            (float(shares.min()), float(shares.max())) if len(shares) else None,
        ),
    )


def _figure(tables: Tables, selection: Selection, result: Robustness, **words) -> Figure:
    """What the three figures share."""
    _, total = result.at(result.base)
    contributors = contributing_countries(tables, selection)
    return Figure(
        subtitle=f"{count(result.n.size)} combinations of {count(len(result.choices))} choices · "
        + subtitle(tables, selection, total, contributors),
        source=source(tables, selection),
        statement=tables.package.statement,
        behind=lambda: receipts(tables, considered(tables, selection)),
        empty="" if total else nothing_to_show(tables, selection),
        **words,
    )


def _lower(label: str) -> str:
    """A label inside a sentence; "CIMIC" and the like keep their capitals."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _points(difference: float) -> str:
    """A difference of two shares in whole percentage points."""
    points = math.floor(100 * difference + 0.5)
    if difference > 0 and points == 0:
        return "less than 1 point"
    return counted(points, "point")


def _most_moving(result: Robustness) -> str:
    first = result.from_base[result.from_base["choice"] == result.from_base["choice"].iloc[0]]
    base = first[first["is_base"]].iloc[0]
    if not base["N"]:
        return "No personnel under these filters"
    if not base["swing"]:
        return f"No choice alone moves the headline from {proportion(int(base.n), int(base.N))}"
    away = (first["share"] - base["share"]).abs()
    furthest = first.loc[away.idxmax()]
    moved, here = (proportion(int(row.n), int(row.N)) for row in (furthest, base))
    return f"{_sentence(furthest)}: {moved} instead of {here}; no other choice alone moves it more"


def _most_moving_anywhere(first: pd.Series) -> str:
    if not first["largest"]:
        return "No choice moves the headline"
    what = _CHOICE_WORDS.get(first["choice"], _lower(first["choice_label"]))
    return f"Over all combinations, {what} can move it most: by up to {_points(first['largest'])}"


def _sentence(option: pd.Series) -> str:
    """The option in words, for example "Partial evidence as covered"."""
    if option["choice"] in ("partial", "unknown"):
        return f"{option['choice_label']} {option['option_label']}"
    return f"{option['choice_label']} ({option['option_label']})"


def _not_asked(result: Robustness) -> str:
    missing = [
        label
        for code, (label, _, _) in LEFT_OUT.items()
        if code not in {choice.code for choice in result.choices}
    ]
    if not missing:
        return ""
    what = listing([_lower(label) for label in missing], most=len(missing), last="or")
    return f" Leaving out {what} is no choice here: none is among the courses."


def _tornado_rows(result: Robustness) -> list[Row]:
    rows = []
    for _, options in result.from_base.groupby("choice", sort=False):
        counted = options[options["N"] > 0]
        rows.append(
            Row(
                options["choice_label"].iloc[0],
                _option_words(options),
                [
                    OptionRow(
                        row.share,
                        (f"{row.choice_label}: {row.option_label}", share(row.n, row.N)),
                        row.is_base,
                    )
                    for row in counted.itertuples()
                ],
            )
        )
    return rows


def _option_words(options: pd.DataFrame) -> str:
    """What the ends of a row are, short enough for a phone."""
    counted = options[options["N"] > 0]
    if not options["swing"].iloc[0]:
        return "changes nothing alone"
    low, high = counted.loc[counted["share"].idxmin()], counted.loc[counted["share"].idxmax()]
    # "Or higher" stands in the table; here a phone has no room for it.
    names = [row.option_label.removesuffix(" or higher") for row in (low, high)]
    shares = [_short(int(row.n), int(row.N)) for row in (low, high)]
    return f"{names[0]} {shares[0]}, {names[1]} {shares[1]}"


def _short(n: int, total: int) -> str:
    if total < SMALLEST_FOR_PER_CENT:
        return proportion(n, total)
    return f"{whole_per_cent(n, total)}%"


def _from_base_table(result: Robustness) -> pd.DataFrame:
    rows = result.from_base
    shares = [
        share_in_table(n, total) if total else "no personnel"
        for n, total in zip(rows["n"], rows["N"], strict=True)
    ]
    return pd.DataFrame(
        {
            "choice_label": rows["choice_label"],
            "option_label": rows["option_label"],
            "as_selected": np.where(rows["is_base"], "yes", ""),
            "headline": shares,
            "moves": [_points(swing) for swing in rows["swing"]],
            "persons_covered": rows["n"],
            "persons_total": rows["N"],
        }
    )


def _moves_rows(result: Robustness) -> list[Row]:
    return [
        Row(
            row.choice_label,
            f"up to {_points(row.largest)}",
            [
                OptionRow(value, (row.choice_label, f"{name}: {_points(value)}"))
                for name, value in (
                    ("Middle move", row.median),
                    ("Largest move", row.largest),
                    ("From the selection", row.from_base),
                )
            ],
        )
        for row in result.swings.itertuples()
    ]


def _range_finding(result: Robustness, number_of: int) -> str:
    if not number_of:
        return "No personnel under these filters"
    low, high = result.ends
    if low[0] / low[1] == high[0] / high[1]:
        return f"Every reading gives the same: {proportion(*low)}"
    n, total = result.at(result.base)
    here = f"; as selected {proportion(n, total)}" if total else ""
    return f"{capitalised(_between(low, high))}, depending on the reading{here}"


def _between(low: tuple[int, int], high: tuple[int, int]) -> str:
    """Two shares of two populations: "between 0 and 98 per cent"."""
    ends = f"between {proportion(*low)} and {proportion(*high)}"
    return ends.replace(" per cent and", " and") if ends.endswith("per cent") else ends


def _range_numbers(result: Robustness, n: int, total: int) -> tuple:
    if not total:
        return (number("combinations.selected", "No personnel under these filters", 0, 0),)
    low, high = result.ends
    words = (
        f"{capitalised(share(n, total))} as selected; {_between(low, high)} over "
        f"{count_in_words(result.n.size)} readings"
    )
    return (
        number("combinations.selected", words, n, total),
        number("combinations.lowest", "Lowest of all combinations", *low),
        number("combinations.highest", "Highest of all combinations", *high),
    )


def _half(shares: np.ndarray) -> str:
    """Whether most personnel counts as covered is what many readers will take home."""
    above = int((shares > 0.5).sum())
    return f"More than half of the personnel counts as covered in {share(above, len(shares))}."


@lru_cache(maxsize=TABLES_KEPT)
def _all_rows(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Every combination with its headline in words; a file can carry thousands of rows."""
    result = robustness(tables, selection)
    rows = result.combinations
    labels = {choice.code: f"choice_{choice.code}" for choice in result.choices}
    pairs = list(zip(rows["persons_covered"], rows["persons_total"], strict=True))
    words = {pair: share_in_table(*pair) if pair[1] else "no personnel" for pair in set(pairs)}
    return rows.rename(columns=labels).assign(headline=[words[pair] for pair in pairs])
