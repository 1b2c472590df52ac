"""Missions as full-length bars: the share of their personnel from each class of countries."""

import textwrap
from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.forms.worded_bars import Bar, Part, worded_bars
from dashboard.charts.marks.labels import HOVER_WIDTH
from dashboard.charts.marks.look import UNKNOWN_STATES
from dashboard.edition.wording import count, share, share_in_table, span
from dashboard.measures.missions import REST

# What is documented on the left, what is ruled out on the right: between them it is open, and its
# ends are the two bounds.
ORDER = ("covered", "partial", *UNKNOWN_STATES, "gap")


def missions_bar(frame: pd.DataFrame, labels: Mapping[str, str], of: str = "mission") -> go.Figure:
    """One bar a mission, all of the same length.

    `frame`: the columns of measures/missions.py by_mission, in the order of the rows. `labels`: of
    each of `ORDER`, for legend and hover boxes. `of`: whose missions, as for `worded_bars`. A click
    picks the mission.
    """
    rows = frame.to_dict("records")
    in_use = {key: labels[key] for key in ORDER if any(row[key] for row in rows)}
    return worded_bars([_bar(row, in_use) for row in rows], in_use, largest=1.0, of=of)


def _bar(row: dict[str, Any], labels: Mapping[str, str]) -> Bar:
    return Bar(
        row["mission_label"],
        _documented(row),
        [_part(row, key, label) for key, label in labels.items()],
    )


def _documented(row: dict[str, Any]) -> str:
    """The share above a bar, short enough for a phone."""
    covered, total = int(row["covered"]), int(row["persons"])
    if not covered:
        return f"documented for none of {count(total)}"
    return f"documented for {share_in_table(covered, total)}"


def _part(row: dict[str, Any], key: str, label: str) -> Part:
    number, total = int(row[key]), int(row["persons"])
    hover = (
        *textwrap.wrap(_title(row), HOVER_WIDTH),
        f"{label}: {share(number, total)} persons",
        f"Documented for {span(int(row['lower']), int(row['upper']), total)}",
    )
    return Part(key, number / total, hover, () if row["mission"] == REST else (row["mission"],))


def _title(row: dict[str, Any]) -> str:
    label, name = row["mission_label"], row["mission_name"]
    return label if name == label else f"{label}: {name}"
