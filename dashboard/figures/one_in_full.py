"""One course or one centre in full: everything that the tables say of it, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.edition.tables import Tables
from dashboard.edition.wording import listing
from dashboard.measures.courses import receipts

NOT_STATED = "not stated"
# Of its courses: centre and country stand above them.
_REPEATED = ["country_name", "country_iso3", "centre_name"]
_BASIS = {"desk-review": "Desk review", "consultation": "Conversation with the contributor"}


@dataclass(frozen=True, eq=False)
class Record:
    """A course or centre. `lines`: (name, text) of every field but `evidence`, which stands in
    full; `source_url` is "" unless http(s); `courses`: receipts of the centre's courses, None for
    a course."""

    title: str
    country_iso3: str
    country_name: str
    lines: tuple[tuple[str, str], ...]
    evidence: str
    source_url: str
    workbook_cell: str
    courses: pd.DataFrame | None = None


def course_record(tables: Tables, course_id: str) -> Record:
    """Everything about one course of `tables.courses`. Raises KeyError for any other."""
    position = _position(tables.courses["course_id"], course_id)
    row = tables.courses.iloc[position]
    centre = tables.centres.iloc[_position(tables.centres["centre_id"], row["centre_id"])]
    label = tables.package.label
    level = f"{label('levels', row['cmcoord_level'])} ({_letter(tables, row['cmcoord_level'])})"
    lines = (
        ("UN-CMCoord level", level),
        ("Level rests on", _BASIS.get(row["level_basis"], row["level_basis"])),
        ("Title in own language", row["course_title_local"]),
        ("Centre", _joined(centre["centre_name"], centre["acronym"])),
        ("City", _joined(centre["city"], row["country_name"])),
        ("Type of course", label("course_types", row["course_type"])),
        ("Audience", _listed(tables, "audiences", "audience", position)),
        ("Languages", _listed(tables, "languages", "language", position)),
        ("Topics", _listed(tables, "topics", "topic", position)),
        ("Duration", _days(row["duration_days_min"], row["duration_days_max"])),
        ("Years", _years(row["year_from"], row["year_to"])),
        ("UN recognised", _yes_no(row["is_un_recognised"])),
        ("Kind of evidence", label("evidence_types", row["evidence_type"])),
        ("Identifier", course_id),
    )
    return Record(
        title=row["course_title"],
        country_iso3=row["country_iso3"],
        country_name=row["country_name"],
        lines=_filled(lines),
        evidence=row["evidence"],
        source_url=_web(row["source_url"]),
        workbook_cell=_cell(row),
    )


def centre_record(tables: Tables, centre_id: str) -> Record:
    """Everything about one centre of `tables.centres`. Raises KeyError for any other."""
    row = tables.centres.iloc[_position(tables.centres["centre_id"], centre_id)]
    names = tables.countries.set_index("country_iso3")["country_name"]
    country, label = names[row["country_iso3"]], tables.package.label
    here = (tables.courses["centre_id"] == centre_id).to_numpy()
    lines = (
        ("Name in own language", row["centre_name_local"]),
        ("Acronym", row["acronym"]),
        ("City", _joined(row["city"], country)),
        ("Location", _location(row, country)),
        ("Run by", label("operators", row["operator"])),
        ("Kind of provider", label("provider_types", row["provider_type"])),
        ("Scope", label("scopes", row["scope"])),
        ("Established", "" if pd.isna(row["established_year"]) else str(row["established_year"])),
        ("Website", row["website"]),
        ("Identifier", centre_id),
    )
    return Record(
        title=row["centre_name"],
        country_iso3=row["country_iso3"],
        country_name=country,
        lines=_filled(lines),
        evidence="",
        source_url=_web(row["source_url"]),
        workbook_cell=_cell(row),
        courses=receipts(tables, here).drop(columns=_REPEATED),
    )


def _position(identifiers: pd.Series, wanted: str) -> int:
    places = np.flatnonzero((identifiers == wanted).to_numpy())
    if not len(places):
        raise KeyError(wanted)
    return int(places[0])


def _letter(tables: Tables, level: str) -> str:
    return next(term["letter"] for term in tables.package.state_terms if term["code"] == level)


def _filled(lines: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Empty means unknown, and a record says so."""
    return tuple((name, text or NOT_STATED) for name, text in lines)


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _listed(tables: Tables, name: str, column: str, position: int) -> str:
    links = getattr(tables, name)
    codes = set(links.loc[links["course_position"] == position, column])
    known = [code for code in tables.package.codes(name) if code in codes]
    labels = [tables.package.label(name, code) for code in known]
    return listing(labels, most=len(labels))


def _days(shortest: float, longest: float) -> str:
    """Training days, for example "5 days", "5 to 7 days"."""
    if pd.isna(shortest):
        return ""
    if shortest == longest or pd.isna(longest):
        return f"{shortest:g} {'day' if shortest == 1 else 'days'}"
    return f"{shortest:g} to {longest:g} days"


def _years(first: object, last: object) -> str:
    if pd.isna(first) and pd.isna(last):
        return ""
    if pd.isna(last):
        return f"since {first}"
    return str(last) if pd.isna(first) or first == last else f"{first} to {last}"


def _yes_no(value: object) -> str:
    return "" if pd.isna(value) else ("yes" if value else "no")


def _location(row: pd.Series, country: str) -> str:
    if pd.isna(row["latitude"]) or pd.isna(row["longitude"]):
        return ""
    place = f"{row['latitude']:g}, {row['longitude']:g}"
    if row["location_basis"] == "country":
        return f"{place} (reference point of {country}: the matrix names no place)"
    return f"{place} (the city, not the site)"


def _web(address: str) -> str:
    return address if address.startswith(("http://", "https://")) else ""


def _cell(row: pd.Series) -> str:
    return "" if pd.isna(row["matrix_row"]) else f"{row['matrix_sheet']}!row {row['matrix_row']}"
