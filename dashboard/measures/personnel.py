"""P(c): the uniformed personnel that each country contributes under a selection."""

import numpy as np

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Package, Tables


def personnel_types(personnel: str, package: Package) -> tuple[str, ...]:
    """Types that a choice of personnel stands for: all, a group (military, police) or one type."""
    terms = package.terms("personnel_types")
    if personnel == "all":
        return tuple(term["code"] for term in terms)
    in_group = tuple(term["code"] for term in terms if term.get("group") == personnel)
    return in_group or (personnel,)


def persons_by_country(tables: Tables, selection: Selection) -> np.ndarray:
    """Persons (head counts at the end of the month), one value a row of `tables.countries`."""
    rows = tables.contributions
    kept = rows["as_of"] == selection.as_of
    if selection.personnel != "all":
        types = personnel_types(selection.personnel, tables.package)
        kept &= rows["personnel_type"].isin(types)
    if selection.missions:
        kept &= rows["mission"].isin(selection.missions)
    kept = kept.to_numpy()
    return np.bincount(
        rows["country_position"].to_numpy()[kept],
        weights=rows["persons"].to_numpy(dtype="int64")[kept],
        minlength=len(tables.countries),
    ).astype("int64")
