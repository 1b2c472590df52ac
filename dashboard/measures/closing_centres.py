"""The one centre of a country that stands for it where a centre is to be chosen, and why it."""

import pandas as pd

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import capitalised, count, quantity
from dashboard.measures.courses import considered

PRE_DEPLOYMENT = "pre-deployment"


def centres_that_stand(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row a country with a centre: country_iso3, centre_id, centre_name, centre_courses
    (considered courses there), other_centres (number), why_centre (one sentence).

    The centre with most considered courses; among equals most of them pre-deployment, then the
    scope that stands first in the vocabulary (national: it trains the country's own personnel),
    then the name. So the same question always has the same answer.
    """
    ranked = _ranked(tables, selection)
    first = ranked.drop_duplicates("country_iso3")
    others = ranked[ranked["country_iso3"].duplicated()]
    second = others.drop_duplicates("country_iso3").set_index("country_iso3")
    number = others["country_iso3"].value_counts()
    other_centres = first["country_iso3"].map(number).fillna(0).astype("int64")
    why = [
        _why(row, second.loc[row.country_iso3] if several else None, several + 1)
        for row, several in zip(first.itertuples(), other_centres, strict=True)
    ]
    kept = ["country_iso3", "centre_id", "centre_name", "centre_courses"]
    return first[kept].assign(other_centres=other_centres, why_centre=why).reset_index(drop=True)


def _ranked(tables: Tables, selection: Selection) -> pd.DataFrame:
    """All centres, by country, the one that stands for it first."""
    courses = tables.courses.loc[considered(tables, selection), ["centre_id", "course_type"]]
    before_deployment = courses.loc[courses["course_type"] == PRE_DEPLOYMENT, "centre_id"]
    scopes = {code: place for place, code in enumerate(tables.package.codes("scopes"))}
    centres = tables.centres[["centre_id", "country_iso3", "centre_name", "scope"]]
    ids = centres["centre_id"]
    return centres.assign(
        centre_courses=ids.map(courses["centre_id"].value_counts()).fillna(0).astype("int64"),
        pre_deployment=ids.map(before_deployment.value_counts()).fillna(0).astype("int64"),
        scope_place=centres["scope"].map(scopes).fillna(len(scopes)),
    ).sort_values(
        [
            "country_iso3",
            "centre_courses",
            "pre_deployment",
            "scope_place",
            "centre_name",
            "centre_id",
        ],
        ascending=[True, False, False, True, True, True],
    )


def _why(best, second: pd.Series | None, centres: int) -> str:
    here = capitalised(quantity(best.centre_courses, "considered course"))
    if second is None:
        return f"{here}; the only centre recorded in the country."
    if best.centre_courses > second["centre_courses"]:
        return f"{here}, the most of {count(centres)} centres."
    tied = f"{here}, as many as another of {count(centres)} centres"
    if best.pre_deployment > second["pre_deployment"]:
        return f"{tied}, and more of them pre-deployment."
    if best.scope_place < second["scope_place"]:
        return f"{tied}; its scope ({best.scope}) is nearer to the country's own personnel."
    return f"{tied}; first by name, for want of any other difference."
