"""The map of countries and training centres for a file, which cannot be walked around in."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.maps.boundaries import Boundaries
from dashboard.charts.maps.centre_marks import RINGS, centre_hover, placed
from dashboard.charts.maps.deck_centres import ARC_COLOUR, arc_width
from dashboard.charts.maps.world import LAND_NAME, world_map
from dashboard.charts.marks.labels import escaped
from dashboard.charts.marks.look import CLEAR, STATE_STYLES
from dashboard.charts.marks.marks import HOVER, legend_entry

# In a file the world is wider than on a page, and nobody can look closer.
SCALE = 0.7
HEIGHT, FOOT = 590, 0.28  # px, and the part of it that the legends take
LEGEND_TITLE = "Centres by best level of their courses; larger with more courses"


def centres_world(
    countries: pd.DataFrame,
    centres: pd.DataFrame,
    arcs: pd.DataFrame,
    boundaries: Boundaries,
) -> go.Figure:
    """`world_map` with centres as points and arcs as great circles.

    `countries`: measures/states.py; `centres`: measures/centres.py; `arcs`: as for
    `deck_centres.arc_layers`. A frame without rows is not drawn.
    """
    fig = world_map(countries, boundaries.shapes, boundaries)
    data = [trace for trace in fig.data if len(countries) or trace.name != LAND_NAME]
    points = placed(centres) if len(centres) else centres
    data += [*_arcs(arcs), *_points(points), *_levels(points)]
    legend = {
        "title": {"text": LEGEND_TITLE, "font": {"size": 11}},
        "font": {"size": 12},
        "x": 1,
        "xanchor": "right",
        "y": 0,
        "yanchor": "bottom",
        "bgcolor": CLEAR,
        "traceorder": "normal",
        "itemclick": False,
        "itemdoubleclick": False,
    }
    layout = fig.layout.to_plotly_json()
    if len(points):
        # Two legends beside each other, under the map: it has no empty sea for both.
        layout |= {"legend2": legend, "height": HEIGHT}
        layout["geo"] = layout["geo"] | {"domain": {"x": [0, 1], "y": [FOOT, 1]}}
    return go.Figure(data=data, layout=layout, _validate=False)


def _arcs(arcs: pd.DataFrame) -> list[dict[str, Any]]:
    """One trace a width, because a trace of lines has one."""
    widths = [arc_width(persons) for persons in arcs["persons"]]
    traces = []
    for width, rows in arcs.groupby(widths) if len(arcs) else ():
        lons: list[float | None] = []
        lats: list[float | None] = []
        for row in rows.itertuples(index=False):
            lons += [row.from_longitude, row.to_longitude, None]
            lats += [row.from_latitude, row.to_latitude, None]
        traces.append(
            {
                "type": "scattergeo",
                "mode": "lines",
                "lon": lons,
                "lat": lats,
                "showlegend": False,
                "line": {"color": ARC_COLOUR, "width": width},
                "opacity": 0.45,
                "hoverinfo": "skip",
            }
        )
    return traces


def _points(points: pd.DataFrame) -> list[dict[str, Any]]:
    if points.empty:
        return []
    rows = list(points.itertuples(index=False))
    styles = [STATE_STYLES[row.state] for row in rows]
    sizes = [round(2 * SCALE * row.radius, 1) for row in rows]
    marker = {
        "symbol": "circle",
        "opacity": 1,
        "size": sizes,
        "color": [s.fill for s in styles],
        "line": {
            "color": [RINGS[row.state].colour for row in rows],
            "width": [RINGS[row.state].width for row in rows],
        },
    }
    return [
        {
            "type": "scattergeo",
            "mode": "markers+text",
            "showlegend": False,
            "marker": marker,
            "lon": list(points["longitude"]),
            "lat": list(points["latitude"]),
            "text": [f"<b>{escaped(row.state_letter)}</b>" for row in rows],
            "textfont": {
                "size": [max(7, round(size * 0.6)) for size in sizes],
                "color": [style.text for style in styles],
            },
            "hovertext": [centre_hover(row) for row in rows],
            "hovertemplate": HOVER,
        }
    ]


def _levels(points: pd.DataFrame) -> list[dict[str, Any]]:
    """Legend entries of the levels in use."""
    labels = dict(zip(points["state"], points["state_label"], strict=True))
    return [
        legend_entry(f"<b>{style.letter}</b>  {escaped(labels[state])}", style, "legend2")
        for state, style in STATE_STYLES.items()
        if state in labels
    ]
