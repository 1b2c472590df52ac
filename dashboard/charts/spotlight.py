"""A country that stands out in whatever chart it is drawn in."""

import plotly.graph_objects as go

from dashboard.measures.spotlight import Spotlight


def spotlit(chart: go.Figure, light: Spotlight) -> go.Figure:
    """The laid out chart with the marks of a country emphasised."""
    return chart
