"""What a person has chosen, as one frozen value, and its text. No Streamlit here.

The text of the active filters is made here and nowhere else: it stands under every title, in every
file name and in every file.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from dashboard.edition.tables import Package, Tables
from dashboard.edition.wording import listing, long_date

# Groups of personnel, with the word that opens the filter text. A single type has its own label.
PERSONNEL_GROUPS: Mapping[str, str] = {
    "all": "All uniformed personnel",
    "military": "Military personnel",
    "police": "Police personnel",
}
DEFAULT_THRESHOLD = "module"
NO_MATCH = "No course matches the filters"
# Levels that can be asked for, highest first; below `related` nothing is documented.
THRESHOLDS = ("dedicated", "module", "cimic", "related")
# Filters on courses: field of Selection -> (name, vocabulary).
COURSE_FILTERS: Mapping[str, tuple[str, str]] = {
    "course_types": ("course type", "course_types"),
    "audiences": ("audience", "audiences"),
    "languages": ("language", "languages"),
    "providers": ("provider", "provider_types"),
}
# What a threshold asks about, for the question at the head of a page.
_SUBJECTS: Mapping[str, str] = {
    "dedicated": "a UN-CMCoord course",
    "module": "UN-CMCoord training",
    "cimic": "civil-military training",
    "related": "humanitarian or civil-military training",
}
# Longest file name that every system and mail programme carries, extension aside.
FILE_NAME_LENGTH = 120


@dataclass(frozen=True)
class Selection:
    """Everything a person can choose that changes a number. Hashable; equal when the choices are.

    `as_of` is an ISO date; `personnel` is all, military, police or one personnel type; empty tuples
    mean "all". `years` is (first, last), both included.
    """

    edition: str
    as_of: str
    personnel: str = "all"
    missions: tuple[str, ...] = ()
    course_types: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    providers: tuple[str, ...] = ()
    threshold: str = DEFAULT_THRESHOLD

    @property
    def filters_courses(self) -> bool:
        """True when some courses of the edition are not considered."""
        return bool(self.years) or any(getattr(self, field) for field in COURSE_FILTERS)


def default_selection(tables: Tables) -> Selection:
    """The selection of a person who has chosen nothing."""
    return Selection(edition=tables.edition, as_of=tables.default_date)


def personnel_label(personnel: str, package: Package) -> str:
    """Name of a group of personnel or of one type."""
    return PERSONNEL_GROUPS.get(personnel) or package.label("personnel_types", personnel)


def threshold_label(threshold: str, package: Package) -> str:
    """Name of a threshold, for example "UN-CMCoord module or higher"."""
    label = package.label("levels", threshold)
    return label if threshold == package.codes("levels")[0] else f"{label} or higher"


def subject(threshold: str) -> str:
    """What is asked about at a threshold, for example "UN-CMCoord training"."""
    return _SUBJECTS[threshold]


def state_labels(selection: Selection, package: Package) -> dict[str, str]:
    """Label of every state, by code.

    Where filters leave a country without a course, courses may be recorded all the same: the label
    says so.
    """
    labels = {term["code"]: term["label"] for term in package.state_terms}
    return labels | {"no-course": NO_MATCH} if selection.filters_courses else labels


def course_filters(selection: Selection, package: Package) -> dict[str, str]:
    """The active filters on courses: name -> what is kept."""
    active = {}
    for field, (name, vocabulary) in COURSE_FILTERS.items():
        codes = getattr(selection, field)
        if codes:
            labels = [package.label(vocabulary, code) for code in codes]
            active[name] = listing(labels, most=len(labels), last="or")
    if selection.years:
        first, last = selection.years
        active["years"] = f"{first}" if first == last else f"{first} to {last}"
    return active


def describe(selection: Selection, labels: Package) -> str:
    """Text of everything chosen, by name, for under titles and inside files.

    For example "All uniformed personnel, as of 31 January 2018 · threshold: UN-CMCoord module or
    higher · course type: Pre-deployment · courses with unknown course type are left out".
    """
    personnel = personnel_label(selection.personnel, labels)
    parts = [f"{personnel}, as of {long_date(selection.as_of)}"]
    if selection.missions:
        missions = listing(selection.missions, most=len(selection.missions))
        parts.append(f"missions: {missions}")
    parts.append(f"threshold: {threshold_label(selection.threshold, labels)}")
    filters = course_filters(selection, labels)
    parts += [f"{name}: {text}" for name, text in filters.items()]
    if filters:
        unknown = listing(list(filters), most=len(filters), last="or")
        parts.append(f"courses with unknown {unknown} are left out")
    return " · ".join(parts)


def file_name(selection: Selection, what: str) -> str:
    """Name of a file about `what` under this selection, without extension.

    Codes only, defaults left out, for example
    `contributors_desk-review-2018_2018-01-31_police_module_course-types-pre-deployment`.
    """
    parts = [what, selection.edition, selection.as_of, selection.personnel, selection.threshold]
    for field in fields(selection):
        if field.name in ("missions", *COURSE_FILTERS) and getattr(selection, field.name):
            chosen = "-".join(getattr(selection, field.name))
            parts.append(f"{field.name.replace('_', '-')}-{chosen}")
    if selection.years:
        parts.append("years-{}-{}".format(*selection.years))
    name = re.sub(r"[^A-Za-z0-9_.-]+", "-", "_".join(parts))
    return name[:FILE_NAME_LENGTH].rstrip("-_.")
