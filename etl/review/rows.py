"""From the review to the rows of the tidy tables, with identifiers that stay.

An identifier is made from what the item itself says, never from its place in the matrix, so
reordering rows or adding others does not change it.
"""

import hashlib
from collections import Counter

from etl.meaning import countries
from etl.review.model import Centre, CentreKey, Course, CourseKey, Review
from etl.text import fold, slug

Rows = list[dict]


def build_tables(review: Review, contributions: Rows) -> dict[str, Rows]:
    """Return the rows of every table of the contract but `issues`, by table name.

    `contributions` are rows with the columns of contributions.csv; their countries are listed too.
    """
    centre_ids = identify_centres(review.centres)
    course_ids = identify_courses(review.courses, centre_ids)
    listed = review.countries | {row["country_iso3"] for row in contributions}
    return {
        "countries": [_country_row(iso3, iso3 in review.countries) for iso3 in listed],
        "centres": [_centre_row(centre_ids[key], centre) for key, centre in review.centres.items()],
        "courses": [
            _course_row(course_ids[key], centre_ids[course.centre], course)
            for key, course in review.courses.items()
        ],
        "course_audiences": _values(review, course_ids, "audience", "audience"),
        "course_languages": _values(review, course_ids, "language", "language"),
        "course_topics": _values(review, course_ids, "topics", "topic"),
        "contributions": contributions,
    }


def identify_centres(centres: dict[CentreKey, Centre]) -> dict[CentreKey, str]:
    """Return the identifier of each centre: country, then acronym, else name (GHA-kaiptc).

    Where two centres of one country share an acronym, each is called by its name instead.
    """
    short = {
        key: f"{key[0]}-{slug(centre.values.get('acronym') or centre.name)}"
        for key, centre in centres.items()
    }
    seen = Counter(short.values())
    chosen = {
        key: short[key] if seen[short[key]] == 1 else f"{key[0]}-{slug(centre.name)}"
        for key, centre in centres.items()
    }
    return _unique(chosen)


def identify_courses(
    courses: dict[CourseKey, Course], centre_ids: dict[CentreKey, str]
) -> dict[CourseKey, str]:
    """Return the identifier of each course: its centre, then its title."""
    return _unique(
        {
            key: f"{centre_ids[course.centre]}-{slug(course.title)}"
            for key, course in courses.items()
        }
    )


def _unique(chosen: dict[tuple, str]) -> dict[tuple, str]:
    """Give every identifier that two items would share the digest of what tells the items apart."""
    seen = Counter(chosen.values())
    return {
        key: identifier if seen[identifier] == 1 else f"{identifier}-{_digest(key)}"
        for key, identifier in chosen.items()
    }


def _digest(key: tuple) -> str:
    return hashlib.sha256("\n".join(fold(part) for part in key).encode()).hexdigest()[:6]


def _country_row(iso3: str, in_review: bool) -> dict:
    reference = countries.reference(iso3)
    return {
        "country_iso3": iso3,
        "country_name": reference.name,
        "country_name_fr": reference.name_fr,
        "country_name_es": reference.name_es,
        "m49": reference.m49,
        "region": reference.region,
        "subregion": reference.subregion,
        "ocha_region": reference.ocha_region,
        "latitude": reference.latitude,
        "longitude": reference.longitude,
        "in_review": in_review,
    }


def _centre_row(centre_id: str, centre: Centre) -> dict:
    values = centre.values
    located = values.get("latitude") is not None and values.get("longitude") is not None
    reference = countries.reference(centre.country_iso3)
    return {
        **{
            name: values.get(name)
            for name in (
                "centre_name_local",
                "acronym",
                "city",
                "operator",
                "provider_type",
                "scope",
                "established_year",
                "website",
            )
        },
        "centre_id": centre_id,
        "country_iso3": centre.country_iso3,
        "centre_name": centre.name,
        "latitude": values["latitude"] if located else reference.latitude,
        "longitude": values["longitude"] if located else reference.longitude,
        "location_basis": "matrix" if located else "country",
        "source_url": values.get("centre_source_url"),
        "matrix_sheet": centre.sheet,
        "matrix_row": centre.row,
    }


def _course_row(course_id: str, centre_id: str, course: Course) -> dict:
    values = course.values
    shortest, longest = values["duration"] or (None, None)
    first, last = values["year"]
    return {
        **{
            name: values[name]
            for name in (
                "course_title_local",
                "course_type",
                "cmcoord_level",
                "evidence",
                "evidence_type",
                "source_url",
            )
        },
        "course_id": course_id,
        "centre_id": centre_id,
        "course_title": course.title,
        "duration_days_min": shortest,
        "duration_days_max": longest,
        "year_from": first,
        "year_to": last,
        "is_un_recognised": values["un_recognised"],
        "level_basis": course.level_basis,
        "matrix_sheet": course.sheet,
        "matrix_row": course.row,
    }


def _values(review: Review, course_ids: dict[CourseKey, str], name: str, column: str) -> Rows:
    return [
        {"course_id": course_ids[key], column: code}
        for key, course in review.courses.items()
        for code in course.values[name]
    ]
