"""Two codings of one matrix as a table of counts. It belongs to a comparison, not to an edition."""

from collections.abc import Mapping

import pandas as pd

from dashboard.charts.forms.square_matrix import square_matrix
from dashboard.charts.marks.labels import escaped
from dashboard.charts.marks.look import STATE_STYLES
from dashboard.edition.tables import Package
from dashboard.edition.wording import (
    SMALLEST_FOR_PER_CENT,
    count,
    count_in_words,
    counted,
    proportion,
    quantity,
)
from dashboard.figures.evidence import kappa_in_words
from dashboard.figures.figure import Figure, number
from dashboard.measures.agreement import INTERVAL
from dashboard.measures.coders import CoderAgreement

NOTE = (
    "Kappa sets aside the agreement that chance alone would give; where nearly all courses have "
    "one level it is low even between coders who agree. It says that two people read alike, and "
    "cannot tell that they read rightly."
)
STATEMENT = (
    "Codings that people brought, compared as they stand. They were not checked by OCHA, LSE or "
    "the United Nations."
)
# What fits beside the table; a longer name stands in the subtitle.
_LONGEST_NAME = 12


def coders_figure(
    result: CoderAgreement,
    coders: tuple[str, str],
    where: str,
    codings: pd.DataFrame,
    package: Package,
) -> Figure:
    """Levels by the first coder against levels by the second.

    `coders`: their names; `where`: the files and cells that were compared; `codings`: the rows.
    """
    labels = {term["code"]: term["label"] for term in package.terms("levels")}
    finding, cells = _finding(result), _cells(result, coders, labels)
    first, second = (
        name if len(name) <= _LONGEST_NAME else short
        for name, short in zip(coders, ("first", "second"), strict=True)
    )
    return Figure(
        id="coders",
        title=finding,
        subtitle=_compared(result, coders),
        note=NOTE,
        source=where,
        statement=STATEMENT,
        alt=f"Table of courses by the levels of two coders. {finding}.",
        table=result.table.assign(
            first=result.table["first"].map(labels), second=result.table["second"].map(labels)
        ).rename(columns={"first": f"Level by {coders[0]}", "second": f"Level by {coders[1]}"}),
        numbers=(number("coders.agreed", "Coded alike", result.agreed, result.n),),
        draw=lambda: square_matrix(
            cells, {code: STATE_STYLES[code] for code in labels}, labels, first, second
        ),
        behind=lambda: codings,
        empty=""
        if result.n
        else "No course was coded by both, so there is nothing to count. Fill "
        "in the level in both columns or workbooks.",
    )


def _compared(result: CoderAgreement, coders: tuple[str, str]) -> str:
    who = f"n = {counted(result.n, 'course')} coded by both {coders[0]} (down) and {coders[1]}"
    kappa = kappa_in_words(result.kappa)
    return f"{who}, {kappa}: {INTERVAL}" if result.kappa else f"{who}, {kappa}"


def _finding(result: CoderAgreement) -> str:
    if not result.n:
        return "No course was coded by both"
    differ = result.n - result.agreed
    if not differ:
        return f"Both coders gave the same level to all of {quantity(result.n, 'course')}"
    same = _of(result.agreed, result.n)
    verb = "differs" if differ == 1 else "differ"
    return f"Both coders gave the same level to {same}; {count_in_words(differ)} {verb}"


def _of(n: int, total: int) -> str:
    """A share of courses: "3 of 7 courses", "62 per cent of courses (31 of 50)"."""
    if total < SMALLEST_FOR_PER_CENT:
        return f"{count(n)} of {counted(total, 'course')}"
    return f"{proportion(n, total)} of courses ({count(n)} of {count(total)})"


def _cells(
    result: CoderAgreement, coders: tuple[str, str], labels: Mapping[str, str]
) -> pd.DataFrame:
    table = result.table
    hover = [
        f"{escaped(coders[0])}: {escaped(labels[row['first']])}<br>"
        f"{escaped(coders[1])}: {escaped(labels[row['second']])}<br>"
        f"{count(row['courses'])} of {count(result.n)} courses"
        for row in table.to_dict("records")
    ]
    return pd.DataFrame(
        {
            "down": table["first"],
            "across": table["second"],
            "number": table["courses"],
            "more": "",
            "hover": hover,
        }
    )
