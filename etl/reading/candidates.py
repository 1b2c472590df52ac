"""What to ask about a group of issues: which answers there are, and the row that keeps each.

A question carries the row of the answers file that it fills: an answer is that row with the
`fills` of the chosen candidate written into it.
"""

from functools import cache
from typing import TYPE_CHECKING

from etl.matrix.headers import Column
from etl.meaning import countries, vocabulary
from etl.reading.recognition import EXAMPLES, Recognition
from etl.review.answers import (
    ALIASES,
    COLUMNS,
    LEAVE_OUT,
    MULTIPLE,
    PLAIN_FIELDS,
    TICK,
    VOCABULARY_OF,
)

if TYPE_CHECKING:
    from etl.reading.questions import Group

_SPELLINGS = frozenset({"country-unknown", "country-ambiguous", "value-unknown"})
_COLUMN_CODES = frozenset({"column-unknown", "column-duplicate"})
# Lists of all answers, by the name that a question gives under `more`.
FIELDS = "fields"
# Columns that are offered where one is missing.
OFFERED = 20
_HOW = {
    "duration": "10 days",
    "year": "2016-2018",
    "established_year": "2004",
    "latitude": "5.6",
    "longitude": "-0.19",
    "website": "https://…",
    "source_url": "https://…",
    "centre_source_url": "https://…",
}


def question(group: "Group", found: Recognition) -> dict | None:
    """Return what to ask about a group, None when it can only be mended in the workbook."""
    if group.code == "column-missing":
        return _which_column(group, found)
    if group.code in _COLUMN_CODES:
        return _what_column(group, found)
    if not group.value or not group.issues[0].written:
        return None
    if group.name == TICK:
        offered = [_candidate("yes", "Ticked"), _candidate("no", "Not ticked")]
        return _about_value(group, "tick", offered, "")
    if group.name == "country":
        offered = [_country(iso3) for iso3 in countries_like(group)]
        return _about_value(group, "spelling", offered, "country")
    if group.name in VOCABULARY_OF:
        return _about_value(group, "spelling", _terms_like(group), group.name)
    if group.name in PLAIN_FIELDS:
        return _about_value(group, "value", [], "", example=_HOW[group.name])
    return None


def countries_like(group: "Group") -> list[str]:
    """Return the codes of countries that the spelling of a group may mean, the nearest first."""
    if group.name != "country" or group.code not in _SPELLINGS or not group.value:
        return []
    names = countries.resolve(group.value).candidates
    return [_codes_by_name()[name] for name in names if name in _codes_by_name()]


@cache
def _codes_by_name() -> dict[str, str]:
    return {countries.reference(iso3).name: iso3 for iso3 in countries.all_iso3()}


def choices(names: set[str], found: Recognition) -> dict[str, list[dict]]:
    """Return for each list that questions name under `more` everything that can be answered."""
    told = {}
    for name in sorted(names):
        if name == FIELDS:
            told[name] = _all_fields(found)
        elif name == "country":
            by_name = sorted(_codes_by_name().items())
            told[name] = [_candidate(iso3, label) for label, iso3 in by_name]
        else:
            terms = vocabulary.load(VOCABULARY_OF[name]).terms
            told[name] = [_candidate(term.code, term.label) for term in terms]
    return told


def _candidate(code: str, label: str, why: str = "", fill: str = "code") -> dict:
    told = {"code": code, "label": label, "fills": {fill: code}}
    return {**told, "why": why} if why else told


def _country(iso3: str) -> dict:
    return _candidate(iso3, countries.reference(iso3).name)


def _terms_like(group: "Group") -> list[dict]:
    terms = vocabulary.load(VOCABULARY_OF[group.name])
    codes = {term.label: term.code for term in terms.terms}
    return [_candidate(codes[label], label) for label in terms.nearest(group.value)]


def _all_fields(found: Recognition) -> list[dict]:
    read = {column.field for column in found.columns if not column.code}
    told = [
        {**_candidate(name, label, fill="field"), "is_read": name in read}
        for name, label in found.synonyms.names.items()
    ]
    for name, title in (("topics", "Ticks: topic"), ("audience", "Ticks: audience")):
        told += [
            _candidate(f"{name}:{term.code}", f"{title} {term.label}", fill="field")
            for term in vocabulary.load(VOCABULARY_OF[name]).terms
        ]
    return told


def _about_value(
    group: "Group", kind: str, offered: list[dict], more: str, example: str = ""
) -> dict:
    return {
        "kind": kind,
        "field": group.name,
        "value": group.value,
        "candidates": offered,
        "more": more,
        "many": group.name in MULTIPLE,
        "example": example,
        "can_leave_out": True,
        "leave_out": {"code": LEAVE_OUT},
        "file": ALIASES,
        "row": {"field": group.name, "written": group.value, "code": ""},
    }


def _what_column(group: "Group", found: Recognition) -> dict | None:
    column = _column_of(group, found)
    if column is None or not _is_only(column, found):
        return None
    names = found.synonyms.names
    offered = [
        _candidate(one.field, names[one.field], one.why, "field") for one in found.proposals(column)
    ]
    return {
        "kind": "column",
        "field": "",
        "value": column.header,
        "column": column.letter,
        "group": column.group,
        "examples": list(found.samples.get(column.index, ()))[:EXAMPLES],
        "candidates": offered,
        "more": FIELDS,
        "many": False,
        "example": "",
        "can_leave_out": True,
        "leave_out": {"field": LEAVE_OUT},
        "file": COLUMNS,
        "row": _row(column),
    }


def _which_column(group: "Group", found: Recognition) -> dict:
    """Ask which column holds a needed field that none is headed as."""
    offered = []
    for column in found.columns:
        if column.field or column.code or not column.header or not _is_only(column, found):
            continue
        why = next((one.why for one in found.proposals(column) if one.field == group.name), "")
        label = f"{column.letter} {column.header}"
        told = {"code": column.letter, "label": label, "fills": _row(column, group.name)}
        told["examples"] = list(found.samples.get(column.index, ()))[:EXAMPLES]
        offered.append({**told, "why": why})
    offered.sort(key=lambda one: not one["why"])
    return {
        "kind": "needed-column",
        "field": group.name,
        "value": "",
        "candidates": offered[:OFFERED],
        "more": "",
        "many": False,
        "example": "",
        "can_leave_out": False,
        "leave_out": {},
        "file": COLUMNS,
        "row": {"field": group.name, "language": "", "group": "", "header": ""},
    }


def _column_of(group: "Group", found: Recognition) -> Column | None:
    cell = group.issues[0].cell
    if not group.value:
        return None
    return found.of_letter(cell.rstrip("0123456789"))


def _is_only(column: Column, found: Recognition) -> bool:
    """Whether an answer about the column would reach no other: two may have the same header."""
    same = [
        other
        for other in found.columns
        if (other.group, other.header) == (column.group, column.header)
    ]
    return len(same) == 1 and bool(column.header)


def _row(column: Column, name: str = "") -> dict[str, str]:
    return {"field": name, "language": "", "group": column.group, "header": column.header}
