"""The training centres under a selection: where each stands and what is known of its courses."""

from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.edition.selection import Selection, state_labels
from dashboard.edition.tables import Tables
from dashboard.measures.courses import considered

CENTRE_COLUMNS = (
    "centre_id",
    "centre_name",
    "acronym",
    "city",
    "country_iso3",
    "country_name",
    "latitude",
    "longitude",
    "location_basis",
    "source_url",
)
FRAMES_KEPT = 8


def centre_levels(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row a centre of the review, most considered courses first.

    Columns: `CENTRE_COLUMNS`, courses (number considered), the number of courses at each level
    (dedicated ... not-documented), state (best level, or no-course), state_letter, state_label,
    reaches (best level at or above the threshold), placed (has coordinates), in_city (these are of
    its city; else the country's reference point stands in), provider (label of its kind) and
    workbook_cell.
    """
    return _centre_levels(tables, selection).copy(deep=False)


@lru_cache(maxsize=FRAMES_KEPT)
def _centre_levels(tables: Tables, selection: Selection) -> pd.DataFrame:
    package, centres = tables.package, tables.centres
    levels = package.codes("levels")
    counts = _counts(tables, considered(tables, selection))
    best = (counts > 0).argmax(axis=1)
    without = counts.sum(axis=1) == 0
    letters = {term["code"]: term["letter"] for term in package.state_terms}
    kinds = {code: package.label("provider_types", code) for code in centres["provider_type"]}
    names = tables.countries.set_index("country_iso3")["country_name"]
    frame = centres.assign(country_name=centres["country_iso3"].map(names))[list(CENTRE_COLUMNS)]
    frame = frame.assign(
        state=np.where(without, "no-course", np.array(levels, dtype=object)[best]),
        courses=counts.sum(axis=1),
        reaches=~without & (best <= levels.index(selection.threshold)),
        placed=(centres["latitude"].notna() & centres["longitude"].notna()).to_numpy(),
        in_city=(centres["location_basis"] != "country").to_numpy(),
        provider=centres["provider_type"].map(kinds),
        workbook_cell=_workbook_cell(centres),
        **{level: counts[:, n] for n, level in enumerate(levels)},
    )
    frame["state_letter"] = frame["state"].map(letters)
    frame["state_label"] = frame["state"].map(state_labels(selection, package))
    order = ["courses", "country_name", "centre_name", "centre_id"]
    return frame.sort_values(order, ascending=[False, True, True, True]).reset_index(drop=True)


def _counts(tables: Tables, kept: np.ndarray) -> np.ndarray:
    """Considered courses by centre and level."""
    centre = pd.Index(tables.centres["centre_id"]).get_indexer(tables.courses["centre_id"])[kept]
    level = tables.courses["level_position"].to_numpy()[kept]
    centres, levels = len(tables.centres), len(tables.package.terms("levels"))
    cells = np.bincount(centre * levels + level, minlength=centres * levels)
    return cells.reshape(centres, levels)


def _workbook_cell(centres: pd.DataFrame) -> pd.Series:
    row = centres["matrix_row"].astype("string")
    return (centres["matrix_sheet"] + "!row " + row).fillna("")
