"""The largest contributors with one kind of gap, on a scale that two lists can share."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.forms.contributor_bars import contributors_bar


def gap_list(frame: pd.DataFrame, largest: int) -> go.Figure:
    """`contributors_bar` of `frame`, with `largest` persons at the end of the scale.

    Two lists beside each other invite a comparison of their bars: so both get the same scale.
    """
    chart = contributors_bar(frame)
    plain = chart.to_dict()
    plain["layout"]["xaxis"]["range"] = [0, max(int(largest), 1)]
    return go.Figure(plain, _validate=False)
