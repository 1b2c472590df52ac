"""Tiny editions on disk, so that a rule can be tried on three countries and four courses."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from dashboard.edition import store
from dashboard.edition.tables import Tables

AS_OF = "2018-01-31"
LETTERS = {
    "dedicated": "D",
    "module": "M",
    "cimic": "C",
    "related": "R",
    "none-found": "0",
    "not-documented": "?",
    "no-course": "N",
    "not-reviewed": "–",
}
# Topics by the function that they stand for.
TOPICS = {
    "un-cmcoord": "un-cmcoord",
    "cimic": "un-cmcoord",
    "security-safety": "security",
    "protection-of-civilians": "protection",
    "ihl": "ihl",
    "negotiation-mediation": "access;armed-groups",
    "medical": "medical-teams",
    "other": "",
}
FUNCTIONS = {
    "security": "security-safety",
    "un-cmcoord": "un-cmcoord;cimic",
    "protection": "protection-of-civilians;ihl",
    "access": "negotiation-mediation",
    "armed-groups": "negotiation-mediation",
    "ihl": "ihl",
    "medical-teams": "medical",
}
GROUPS = {
    "troops": "military",
    "staff-officers": "military",
    "individual-police": "police",
}
# An edition always has personnel figures; this country of nobody is neither reviewed nor counted.
NOBODY = {"QQQ": 0}
COURSE = {
    "course_type": "pre-deployment",
    "year_from": "",
    "year_to": "",
    "cmcoord_level": "related",
    "level_basis": "desk-review",
    "evidence": "A page names it.",
    "evidence_type": "curriculum",
    "source_url": "https://example.org/course",
    "matrix_sheet": "Matrix",
    "matrix_row": "7",
    "course_title_local": "",
    "duration_days_min": "",
    "duration_days_max": "",
    "is_un_recognised": "",
}


def _terms(codes: Iterable[str], **more: Mapping[str, str]) -> list[dict[str, str]]:
    return [
        {
            "code": code,
            "label": code.capitalize().replace("-", " "),
            "definition": f"About {code}.",
        }
        | {name: values[code] for name, values in more.items()}
        for code in codes
    ]


def _package(name: str) -> dict[str, Any]:
    levels, states = list(LETTERS)[:6], list(LETTERS)[6:]
    classes = ("covered", "gap", "partial", "unknown")
    return {
        "name": name,
        "title": f"Tiny edition {name}",
        "edition": {
            "statement": f"Invented for tests: {name}.",
            "as_of": "2018-02-28",
            "contributions_as_of": AS_OF,
            "producer": "Nobody",
            "licence": "None",
            "url": "",
        },
        "vocabularies": {
            "levels": _terms(levels, letter=LETTERS),
            "states": _terms(states, letter=LETTERS),
            "classes": _terms(
                classes,
                ask={code: f"Ask of {code}" for code in classes},
                action=dict(zip(classes, ("keep", "engage", "ask", "search"), strict=True)),
            ),
            "personnel_types": _terms(GROUPS, group=GROUPS),
            "course_types": _terms(["pre-deployment", "academic", "exercise", "e-learning"]),
            "audiences": _terms(["military", "police", "civilian"]),
            "languages": _terms(["en", "fr", "es"]),
            "topics": _terms(TOPICS),
            "functions": _terms(FUNCTIONS, topics=FUNCTIONS),
            "operators": _terms(["military", "police"]),
            "scopes": _terms(["national", "regional"]),
            "ocha_regions": _terms(["ROWCA", "ROSEA"]),
            "provider_types": _terms(
                ["peacekeeping-training-centre", "police-academy", "humanitarian-organisation"]
            ),
            "evidence_types": _terms(["curriculum", "course-page", "news-report"]),
        },
        "inputs": [{"path": f"{name}/matrix.xlsx", "sha256": "0" * 64}],
        "reconciliation": {
            "rows_read": 0,
            "courses_kept": 0,
            "duplicates_merged": 0,
            "rows_held_back": 0,
            "rows_without_course": 0,
            "expected": {},
            "found": {},
        },
        "consultations": {"rows": 0, "applied": 0, "unmatched": 0, "levels": {}},
        "resources": [],
        "sources": [{"as_of": AS_OF, "title": "Personnel report of January"}],
    }


def _write(path: Path, rows: list[dict[str, Any]], columns: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _links(courses: list[dict[str, Any]], field: str) -> list[dict[str, str]]:
    return [
        {"course_id": course["course_id"], field: code}
        for course in courses
        for code in course.get(f"{field}s", ())
    ]


@pytest.fixture
def write_edition(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes an edition and returns its folder.

    `courses`: (country, fields that differ from `COURSE`, `audiences`, `languages` and `topics` as
    tuples, `provider_type` and other fields of its centre; `centre` names the centre, so that two
    courses can share one). `regions`: country -> OCHA region. `issues`: rows of issues.csv. `package`: entries of the
    data package that differ. `persons`: country -> head count of troops, or (country, type)
    -> head count, at `AS_OF`. `reviewed`: countries in the review beside those with a course.
    """

    def write(
        courses=(),
        persons=None,
        reviewed=(),
        names=None,
        name="tiny",
        later=None,
        regions=None,
        issues=(),
        package=None,
    ) -> Path:
        place = tmp_path / name
        place.mkdir(parents=True, exist_ok=True)
        rows, centres = [], {}
        for number, (iso3, fields) in enumerate(courses):
            centre = f"{iso3}-{fields.get('centre', f'centre-{number}')}"
            centres.setdefault(centre, _centre(centre, iso3, number, fields))
            rows.append(
                {
                    **COURSE,
                    "course_id": f"{iso3}-{number}",
                    "centre_id": centre,
                    "course_title": f"Course {number}",
                    **fields,
                }
            )
        dated = {
            AS_OF: NOBODY if persons is None else persons,
            "2018-02-28": later or {},
        }
        contributions = [
            _contribution(key, count, day)
            for day, counts in dated.items()
            for key, count in counts.items()
        ]
        with_course = {iso3 for iso3, _ in courses} | set(reviewed)
        known = sorted(with_course | {row["country_iso3"] for row in contributions})
        countries = [
            {
                "country_iso3": iso3,
                "country_name": (names or {}).get(iso3, f"Land {iso3}"),
                "region": "World",
                "latitude": "1.5",
                "longitude": "2.5",
                "ocha_region": (regions or {}).get(iso3, ""),
                "in_review": "true" if iso3 in with_course else "false",
            }
            for iso3 in known
        ]
        tables = {
            "countries": countries,
            "centres": list(centres.values()),
            "courses": rows,
            "course_audiences": _links(rows, "audience"),
            "course_languages": _links(rows, "language"),
            "course_topics": _links(rows, "topic"),
            "contributions": contributions,
            "issues": list(issues),
        }
        for table, columns in store.NEEDED.items():
            extra = tuple(COURSE) if table == "courses" else ()
            kept = dict.fromkeys((*columns, *extra))
            _write(
                place / f"{table}.csv",
                [{c: row.get(c, "") for c in kept} for row in tables[table]],
                kept,
            )
        content = _package(name) | (package or {})
        (place / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")
        return place

    return write


def _centre(centre: str, iso3: str, number: int, fields: Mapping[str, Any]) -> dict[str, Any]:
    given = {column: fields[column] for column in store.NEEDED["centres"] if column in fields}
    return {
        "centre_id": centre,
        "country_iso3": iso3,
        "centre_name": f"Centre {number}",
        "provider_type": "peacekeeping-training-centre",
        "city": "Town",
        "latitude": "1.25",
        "longitude": "2.25",
        "location_basis": "matrix",
        "matrix_sheet": "Matrix",
        "matrix_row": "7",
        "source_url": "https://example.org/centre",
    } | given


def _contribution(key: str | tuple[str, ...], count: int, day: str) -> dict[str, Any]:
    """`key`: a country (troops), or country and type, or country, type and mission."""
    given = (key,) if isinstance(key, str) else key
    iso3, kind, mission = (*given, *("", "troops", "MINX")[len(given) :])
    return {
        "as_of": day,
        "country_iso3": iso3,
        "mission": mission,
        "personnel_type": kind,
        "persons": count,
    }


@pytest.fixture
def edition(write_edition) -> Callable[..., Tables]:
    """The same, read into `Tables`."""
    return lambda **content: store.read(write_edition(**content))
