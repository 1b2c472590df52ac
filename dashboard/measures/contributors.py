"""Measure 2: the largest contributors of personnel, each with its class, level and courses."""

import pandas as pd

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.measures.states import country_states

DEFAULT_TOP = 12
SMALLEST_TOP, LARGEST_TOP = 5, 40


def top_contributors(tables: Tables, selection: Selection, top: int = DEFAULT_TOP) -> pd.DataFrame:
    """The `top` largest contributors with the columns of `country_states`, rank 1 first.

    Countries that contribute nobody under the selection are no contributors. At the cut, equal
    contributors are taken by name, so that the same question always has the same answer.
    """
    frame = country_states(tables, selection)
    return frame[frame["persons"] > 0].head(top)
