"""All deployed personnel as one bar: what is documented, what is open and what is missing add up.

Covered stands at the left end and the established gap at the right end. Where the free zone between
them begins is the lower bound of the coverage; where it ends is the upper bound.
"""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.marks.labels import count, escaped, per_cent
from dashboard.charts.marks.look import CLEAR, GREY, MARK_STYLES, STATE_STYLES, mark_key
from dashboard.charts.marks.marks import (
    HOVER,
    LEGEND_BELOW,
    STAYS_WHEN_PICKED,
    bar_marker,
    dotted_box,
    figure,
    legend_entry,
)
from dashboard.charts.marks.plot_height import needs
from dashboard.edition.wording import counted

ORDER = ("covered", "partial", "unknown", "gap")
BAR = (0.0, 1.0)  # lower and upper edge of the bar on the y axis
LABELS = (0.0, 0.4)  # of the strip for the labels, inside the bar
BRACKET = 1.3  # height of the bracket over the free zone
LINE_HEIGHT = 0.42  # of a line of text over the bracket
LABEL_SIZE = 12  # px
FILE_HEIGHT, LEAST_HEIGHT, MOST_HEIGHT = 160, 110, 270  # px of bar and bracket in a file
# Two labels of bounds fit beside each other on a phone when the bounds are this far apart.
ROOM_FOR_BOTH = 0.66

Segment = dict[str, Any]


def coverage_bar(frame: pd.DataFrame) -> go.Figure:
    """One 100 per cent bar with its two bounds.

    `frame`: country_class, class_label, persons, countries; one row a segment. Optional: state and
    state_label, filled where the class is `unknown`, so that its three states stay apart. Drawn in
    the order covered, partial, unknown, gap; rows without persons are left out.
    """
    segments = _segments(frame)
    data = [_bars(segments), *_hatches(segments), _labels(segments)] if segments else []
    data += [legend_entry(_entry(s), MARK_STYLES[s["key"]]) for s in segments]
    dotted = [s for s in segments if MARK_STYLES[s["key"]].dotted]
    lines, notes = _bounds(segments) if segments else ([], [])
    top = max((note["y"] for note in notes), default=BRACKET) + LINE_HEIGHT
    layout = {
        "barmode": "overlay",
        "height": 220,
        "meta": needs(FILE_HEIGHT, LEAST_HEIGHT, MOST_HEIGHT),
        "margin": {"l": 2, "r": 2, "t": 4, "b": 4, "pad": 0},
        "uniformtext": {"minsize": LABEL_SIZE, "mode": "hide"},
        "xaxis": {"range": [0, 1], "visible": False, "fixedrange": True},
        "yaxis": {"range": [-0.1, top], "visible": False, "fixedrange": True},
        "legend": LEGEND_BELOW,
        "shapes": [dotted_box(s["start"], s["end"], *BAR) for s in dotted] + lines,
        "annotations": notes,
    }
    return figure(data, layout)


def _segments(frame: pd.DataFrame) -> list[Segment]:
    """Rows with persons in drawing order, each with its start and end on the bar (0 to 1)."""
    rows = [row for row in frame.to_dict("records") if row["persons"] > 0]
    rows.sort(key=lambda row: ORDER.index(row["country_class"]))  # stable: the states keep theirs
    total = sum(int(row["persons"]) for row in rows)
    done, segments = 0, []
    for row in rows:
        key = mark_key(row["country_class"], row.get("state") or "")
        start, done = done, done + int(row["persons"])
        segments.append(
            row
            | {
                "key": key,
                "total": total,
                "start": start / total,
                "end": done / total,
                "name": _name(row, key),
                "per_cent": per_cent(row["persons"], total),
            }
        )
    return segments


def _name(row: Segment, key: str) -> str:
    if key in STATE_STYLES:
        label = row.get("state_label") or row["class_label"]
        return f"{STATE_STYLES[key].letter}  {escaped(label)}"
    return escaped(row["class_label"])


def _trace(segments: list[Segment], low: float, high: float) -> dict[str, Any]:
    """One horizontal bar a segment, from `low` to `high` on the y axis."""
    return {
        "type": "bar",
        "orientation": "h",
        "showlegend": False,
        "x": [s["end"] - s["start"] for s in segments],
        "base": [s["start"] for s in segments],
        "y": [(low + high) / 2] * len(segments),
        "width": [high - low] * len(segments),
    }


def _bars(segments: list[Segment]) -> dict[str, Any]:
    """The segments, plain: fill and outline."""
    styles = [MARK_STYLES[segment["key"]] for segment in segments]
    outline = {
        "color": [style.outline for style in styles],
        "width": [0 if style.dotted else 1 for style in styles],
    }
    return _trace(segments, *BAR) | {
        "name": "",
        "hovertext": [_hover(s) for s in segments],
        "hovertemplate": HOVER,
        "meta": {"of": "class"},
        "customdata": [[s["key"]] for s in segments],
        **STAYS_WHEN_PICKED,
        "marker": {"color": [style.fill for style in styles], "line": outline},
    }


def _hatches(segments: list[Segment]) -> list[dict[str, Any]]:
    """The hatch, over the plain segment but for the strip of the labels."""
    return [
        _trace([segment], LABELS[1], BAR[1])
        | {
            "marker": bar_marker(MARK_STYLES[segment["key"]]),
            "hoverinfo": "skip",
            "name": segment["name"],
        }
        for segment in segments
        if MARK_STYLES[segment["key"]].hatch
    ]


def _labels(segments: list[Segment]) -> dict[str, Any]:
    """Each segment's own label along its foot, clear of the hatch.

    Plotly leaves out a label that does not fit; the legend names every segment.
    """
    colours = [MARK_STYLES[segment["key"]].text for segment in segments]
    return _trace(segments, *LABELS) | {
        "hoverinfo": "skip",
        "marker": {"color": CLEAR, "line": {"width": 0}},
        "text": [f"<b>{s['per_cent']}</b>  {s['name']}" for s in segments],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "insidetextfont": {"size": LABEL_SIZE, "color": colours},
    }


def _entry(segment: Segment) -> str:
    numbers = f"{count(segment['persons'])} ({segment['per_cent']}), {_countries(segment)}"
    return f"{segment['name']}: {numbers}"


def _hover(segment: Segment) -> str:
    kind = " (unknown)" if segment["key"] in STATE_STYLES else ""
    persons = f"{count(segment['persons'])} of {count(segment['total'])} persons"
    return (
        f"<b>{segment['name']}</b>{kind}<br>{persons} ({segment['per_cent']})"
        f"<br>{_countries(segment)}"
    )


def _countries(segment: Segment) -> str:
    number = int(segment["countries"])
    return counted(number, "country", "countries")


def _bounds(segments: list[Segment]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The two ends of the free zone: a bracket over it (shapes) and a label at each end."""
    total = segments[0]["total"]
    covered = sum(int(s["persons"]) for s in segments if s["key"] == "covered")
    possible = total - sum(int(s["persons"]) for s in segments if s["key"] == "gap")
    lower, upper = covered / total, possible / total
    ends = [(lower, lower, BAR[1]), (upper, upper, BAR[1]), (lower, upper, BRACKET)]
    lines = [
        {
            "type": "line",
            "xref": "x",
            "yref": "y",
            "x0": x0,
            "x1": x1,
            "y0": y0,
            "y1": BRACKET,
            "line": {"color": GREY, "width": 1.5},
        }
        for x0, x1, y0 in ends
    ]
    above = 0.0 if upper - lower >= ROOM_FOR_BOTH else LINE_HEIGHT
    notes = [
        _bound(f"<b>{per_cent(covered, total)}</b> lower bound", lower, BRACKET),
        _bound(f"<b>{per_cent(possible, total)}</b> upper bound", upper, BRACKET + above),
    ]
    return lines, notes


def _bound(text: str, x: float, y: float) -> dict[str, Any]:
    """A label that grows away from the nearer end of the bar, so that it is never cut."""
    return {
        "text": text,
        "x": x,
        "y": y,
        "xref": "x",
        "yref": "y",
        "showarrow": False,
        "xanchor": "left" if x < 0.5 else "right",
        "yanchor": "bottom",
        "font": {"size": 13},
        "borderpad": 1,
    }
