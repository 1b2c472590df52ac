"""Open questions about what courses cover, by contributor: how many, and what answers can do."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.forms.labelled_bars import Bar, Part, labelled_bars
from dashboard.charts.marks.labels import axis_name, count, escaped, mark_label, marks_in_use
from dashboard.charts.marks.look import CLASS_STYLES, MARK_STYLES, mark_key
from dashboard.edition.wording import counted


def questions_bars(frame: pd.DataFrame) -> go.Figure:
    """One bar a contributor (persons in brackets), in the order of the frame; a click hands over
    its ISO3.

    `frame`: the columns of measures/states.py with content_questions, detail_questions and
    centres (numbers).
    """
    bars = []
    for row in frame.itertuples(index=False):
        style = MARK_STYLES[mark_key(row.country_class, row.state)]
        name = f"{axis_name(row.country_iso3, row.country_name)} ({count(row.persons)})"
        questions, details = (
            counted(row.content_questions, "question"),
            counted(row.detail_questions, "detail"),
        )
        words = f"{name}  <b>{escaped(row.state_letter)}</b> · <b>{questions}</b>, {details}"
        hover = (
            f"<b>{escaped(row.country_name)}</b> ({escaped(row.country_iso3)})<br>"
            f"{count(row.persons)} persons · {escaped(row.class_label)}<br>"
            f"{questions} about content, {details}, at {counted(row.centres, 'centre')}"
        )
        bars.append(
            Bar(words, (Part(row.content_questions, style, hover),), picks=(row.country_iso3,))
        )
    legend = [(mark_label(rows[0]), MARK_STYLES[key]) for key, rows in marks_in_use(frame).items()]
    return labelled_bars(bars, legend)


def before_and_after(
    persons: Mapping[str, Mapping[str, int]], words: Mapping[str, str], labels: Mapping[str, str]
) -> go.Figure:
    """Two bars of all personnel by class, without and with what conversations added.

    `persons`: bar ("before", "after") -> class -> persons, classes in drawing order; `words`: bar
    -> the line above it (plain); `labels`: class -> label.
    """
    bars = []
    for name, by_class in persons.items():
        total = sum(by_class.values())
        parts = tuple(
            Part(
                number,
                CLASS_STYLES[code],
                f"<b>{escaped(labels[code])}</b><br>{count(number)} of {count(total)} persons",
            )
            for code, number in by_class.items()
        )
        bars.append(Bar(f"<b>{escaped(words[name])}</b>", parts))
    used = [code for code in labels if any(by_class[code] for by_class in persons.values())]
    return labelled_bars(bars, [(escaped(labels[code]), CLASS_STYLES[code]) for code in used])
