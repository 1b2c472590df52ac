"""Courses of one country at each of the six levels, so that an empty one is seen to be empty."""

from collections.abc import Mapping

import plotly.graph_objects as go

from dashboard.charts.forms.labelled_bars import Bar, Part, labelled_bars
from dashboard.charts.marks.labels import count, escaped
from dashboard.charts.marks.look import STATE_STYLES


def courses_by_level(counts: Mapping[str, int], labels: Mapping[str, str]) -> go.Figure:
    """One bar a level, highest first. `counts`: level code -> courses; `labels`: code -> label."""
    total = sum(counts.values())
    noun = "course" if total == 1 else "courses"
    bars = []
    for level, courses in counts.items():
        style = STATE_STYLES[level]
        name = f"<b>{style.letter}</b>  {escaped(labels[level])}"
        said = f"{count(courses)} of {count(total)}"
        hover = f"<b>{escaped(labels[level])}</b><br>{said} {noun}"
        bars.append(Bar(f"{name}: <b>{count(courses)}</b>", (Part(courses, style, hover),)))
    return labelled_bars(bars)
