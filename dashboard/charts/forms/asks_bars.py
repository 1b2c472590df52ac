"""What is not covered as one bar a kind, each under what is known of it and what it asks for."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.forms.labelled_bars import Bar, Part, labelled_bars
from dashboard.charts.marks.labels import count, escaped, per_cent
from dashboard.charts.marks.letters import wrapped
from dashboard.charts.marks.look import MARK_STYLES, STATE_STYLES, mark_key
from dashboard.charts.marks.sheets import SMALLEST_TYPE
from dashboard.edition.wording import counted

WORDS_WIDTH = 286  # px: of a column of a page, in the type that it has there


def asks_bars(frame: pd.DataFrame, total: int) -> go.Figure:
    """Bars of persons from `total`, which takes the whole width.

    `frame`, one row a kind: country_class, class_label, state, state_label (empty but for unknown),
    persons, countries, largest (names in words), ask.
    """
    bars = [_bar(row, total) for row in frame.to_dict("records")]
    return labelled_bars(bars, full=total, of="class")


def _bar(row: dict[str, Any], total: int) -> Bar:
    key = mark_key(row["country_class"], row["state"])
    lines = [
        f"<b>{_label(row, key)}: {_persons(row, total)}</b>",
        *_lines(f"{counted(row['countries'], 'country', 'countries')}: {row['largest']}"),
        *_lines(f"→ {row['ask']}"),
    ]
    return Bar(
        "<br>".join(lines),
        (Part(row["persons"], MARK_STYLES[key], "<br>".join(lines)),),
        picks=(key,),
    )


def _label(row: dict[str, Any], key: str) -> str:
    if key in STATE_STYLES:
        return f"{STATE_STYLES[key].letter}  {escaped(row['state_label'])}"
    return escaped(row["class_label"])


def _persons(row: dict[str, Any], total: int) -> str:
    share = per_cent(row["persons"], total)
    if not share.endswith("%"):
        return f"{share} persons"
    return f"{share} ({count(row['persons'])} of {count(total)})"


def _lines(text: str) -> list[str]:
    return [escaped(line) for line in wrapped(text, SMALLEST_TYPE, WORDS_WIDTH)]
