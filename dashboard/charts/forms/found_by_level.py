"""What was found, at each level: all six, so that an empty one is seen to be empty."""

from collections.abc import Mapping

import plotly.graph_objects as go

from dashboard.charts.forms.labelled_bars import Bar, Part, labelled_bars
from dashboard.charts.marks.labels import count, escaped, per_cent
from dashboard.charts.marks.look import STATE_STYLES


def found_by_level(counts: Mapping[str, int], labels: Mapping[str, str], noun: str) -> go.Figure:
    """One bar a level, highest first; a click hands over the level.

    `counts`: level code -> number found; `labels`: code -> label; `noun`: of what, in the plural.
    """
    total = sum(counts.values())
    bars = []
    for level, number in counts.items():
        style, label = STATE_STYLES[level], escaped(labels[level])
        of_all = per_cent(number, total) if number else ""
        beside = f"  ({of_all})" if of_all.endswith("%") else ""
        hover = f"<b>{label}</b><br>{count(number)} of {count(total)} {escaped(noun)}{beside}"
        words = f"<b>{style.letter}</b>  {label}: <b>{count(number)}</b>{beside}"
        bars.append(Bar(words, (Part(number, style, hover),), picks=(level,)))
    return labelled_bars(bars)
