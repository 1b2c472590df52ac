"""Indicators as shares, and courses by language: what is documented, and the rest beside it."""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.forms.labelled_bars import Bar, Part, labelled_bars
from dashboard.charts.marks.labels import count, escaped, per_cent
from dashboard.charts.marks.look import (
    CLEAR,
    DARK_BLUE,
    GREY,
    INK,
    PALE_BLUE,
    PAPER,
    STATE_STYLES,
    Style,
)
from dashboard.edition.wording import SMALLEST_FOR_PER_CENT

CONTENT = Style(DARK_BLUE, PAPER, False, "", False, PAPER, "")
REST = Style(CLEAR, GREY, False, "", False, INK, "")
OTHER_COURSES = Style(PALE_BLUE, GREY, False, "", False, INK, "")
NOT_RECORDED = STATE_STYLES["not-documented"]
NOT_KNOWN = "These figures are not divided by mission"


def indicator_bars(
    frame: pd.DataFrame, labels: Mapping[str, str], content: str, rest: str
) -> go.Figure:
    """One bar an indicator, from none to all of N.

    `frame`: indicator_id, n, N (measures/indicators.py, `indicators`). `labels`: indicator_id to
    its name. `content`, `rest`: what the two parts of a bar are called.
    """
    bars = []
    for id, n, total in frame[["indicator_id", "n", "N"]].itertuples(index=False):
        name = f"<b>{escaped(labels[id])}</b>"
        if pd.isna(n) or not total:
            bars.append(Bar(f"{name}<br>{NOT_KNOWN if pd.isna(n) else 'None to count'}", ()))
            continue
        said = with_share(n, total)
        others = f"{name}<br>{escaped(rest)}: {count(total - n)}"
        parts = (
            Part(n / total, CONTENT, f"{name}<br>{said}"),
            Part(1 - n / total, REST, others),
        )
        bars.append(Bar(f"{name}<br>{said}", parts))
    return labelled_bars(bars, [(escaped(content), CONTENT), (escaped(rest), REST)], full=1)


def with_share(n: int, total: int) -> str:
    """ "11 of 123 (9%)", or "3 of 7" below ten; escaped."""
    said = f"{count(n)} of {count(total)}"
    return said if total < SMALLEST_FOR_PER_CENT else f"{said} ({per_cent(n, total)})"


def language_bars(
    frame: pd.DataFrame, labels: Mapping[str, str], unknown: Sequence[str], content: str
) -> go.Figure:
    """One bar a language: courses with the content first, then the others.

    `frame`: language, courses, content (measures/indicators.py, `language_indicators`). `labels`:
    language to its name. `unknown`: rows that are drawn as not known. `content`: what courses of
    the first part have, for example "UN-CMCoord content".
    """
    bars = []
    for row in frame.to_dict("records"):
        name, courses, first = labels[row["language"]], int(row["courses"]), int(row["content"])
        noun = "course" if courses == 1 else "courses"
        said = f"{count(courses)} {noun}, {count(first)} with {escaped(content)}"
        hover = f"<b>{escaped(name)}</b><br>{said}"
        others = NOT_RECORDED if row["language"] in unknown else OTHER_COURSES
        parts = Part(first, CONTENT, hover), Part(courses - first, others, hover)
        bars.append(Bar(hover, parts))
    legend = [
        (f"With {escaped(content)}", CONTENT),
        ("Other courses", OTHER_COURSES),
        ("Other courses, language not recorded", NOT_RECORDED),
    ]
    return labelled_bars(bars, legend)
