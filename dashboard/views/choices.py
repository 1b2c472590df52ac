"""What can be chosen in an edition: the options of every choice, by code, with the label shown."""

from collections.abc import Mapping
from functools import lru_cache

from dashboard.edition.selection import (
    COURSE_FILTERS,
    PERSONNEL_GROUPS,
    THRESHOLDS,
    personnel_label,
    threshold_label,
)
from dashboard.edition.tables import Tables
from dashboard.edition.wording import long_date

# URL names of the filters on courses: field of Selection -> name in the address.
URL_NAMES: Mapping[str, str] = {
    "course_types": "course_type",
    "audiences": "audience",
    "languages": "language",
    "providers": "provider",
}


@lru_cache(maxsize=4)
def options(tables: Tables) -> Mapping[str, Mapping[str, str]]:
    """Options in display order: URL name -> code -> label. A filter offers what its edition has."""
    package, countries = tables.package, tables.countries
    types = package.codes("personnel_types")
    names = dict(zip(countries["country_iso3"], countries["country_name"], strict=True))
    offered = {
        "as_of": {day: long_date(day) for day in tables.dates},
        "personnel": {p: personnel_label(p, package) for p in (*PERSONNEL_GROUPS, *types)},
        "threshold": {level: threshold_label(level, package) for level in THRESHOLDS},
        "country": dict(sorted(names.items(), key=lambda item: item[1])),
        "mission": {mission: mission for mission in tables.missions},
    }
    for field, (_, vocabulary) in COURSE_FILTERS.items():
        known = [code for code in package.codes(vocabulary) if code in tables.used(field)]
        offered[URL_NAMES[field]] = {code: package.label(vocabulary, code) for code in known}
    return offered
