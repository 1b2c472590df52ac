"""The choices that a critic would question: their options, and which courses each leaves."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from dashboard.edition.selection import (
    PERSONNEL_GROUPS,
    Selection,
    course_filters,
    personnel_label,
    threshold_label,
)
from dashboard.edition.tables import Tables
from dashboard.edition.wording import long_date

QUESTIONED_THRESHOLDS = ("module", "cimic")
NOT_COVERED, AS_COVERED = "not-covered", "covered"
# Which content establishes a gap: what was read whole, or whatever the coders gave a level.
READ_WHOLE, AS_CODED = "whole", "coded"
WITH, WITHOUT = "with", "without"
ALL_COURSES, PRE_DEPLOYMENT, AS_CHOSEN = "all", "pre-deployment", "as-chosen"
# Kinds of courses that may be left out: choice -> (label, course types, provider types).
LEFT_OUT: Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "exercises": ("Exercises", ("exercise",), ()),
    "e_learning": ("E-learning", ("e-learning",), ("e-learning-provider",)),
    "humanitarian": ("Humanitarian providers", (), ("humanitarian-organisation",)),
}


@dataclass(frozen=True)
class OpenChoice:
    """One questioned choice: its options (code -> label), and which of them the selection takes."""

    code: str
    label: str
    options: Mapping[str, str]
    base: str


def choices_of(tables: Tables, selection: Selection, kept: np.ndarray) -> tuple[OpenChoice, ...]:
    """The choices in the order of asking. `kept`: courses considered whatever their type.

    What the selection has chosen is always an option. A kind of course that the edition does not
    have (or the filters leave out) is no choice: leaving it out would change nothing.
    """
    package = tables.package
    thresholds = dict.fromkeys((*QUESTIONED_THRESHOLDS, selection.threshold))
    personnel = dict.fromkeys((*PERSONNEL_GROUPS, selection.personnel))
    either = {NOT_COVERED: "as not covered", AS_COVERED: "as covered"}
    read = {READ_WHOLE: "content read whole", AS_CODED: "content as coded"}
    return (
        OpenChoice(
            "threshold",
            "Threshold",
            {code: threshold_label(code, package) for code in thresholds},
            selection.threshold,
        ),
        OpenChoice("partial", "Partial evidence", either, NOT_COVERED),
        OpenChoice("unknown", "Unknown countries", either, NOT_COVERED),
        OpenChoice("reading", "What makes a gap", read, READ_WHOLE),
        OpenChoice("types", "Courses", *_types(tables, selection)),
        *(
            OpenChoice(code, label, {WITH: "with", WITHOUT: "without"}, WITH)
            for code, (label, _, _) in LEFT_OUT.items()
            if (_left_out(tables, code) & kept).any()
        ),
        OpenChoice(
            "personnel",
            "Personnel",
            {code: personnel_label(code, package) for code in personnel},
            selection.personnel,
        ),
        OpenChoice(
            "as_of",
            "Date",
            {day: long_date(day) for day in reversed(tables.dates)},
            selection.as_of,
        ),
    )


def _types(tables: Tables, selection: Selection) -> tuple[Mapping[str, str], str]:
    label = tables.package.label("course_types", PRE_DEPLOYMENT)
    options = {ALL_COURSES: "all", PRE_DEPLOYMENT: f"{label} only"}
    if selection.course_types in ((), (PRE_DEPLOYMENT,)):
        return options, PRE_DEPLOYMENT if selection.course_types else ALL_COURSES
    chosen = course_filters(selection, tables.package)["course type"]
    return options | {AS_CHOSEN: chosen}, AS_CHOSEN


def subset_masks(
    tables: Tables, selection: Selection, kept: np.ndarray, choices: tuple[OpenChoice, ...]
) -> np.ndarray:
    """Courses that each combination of the choices on courses leaves: (combination, course)."""
    course_type = tables.courses["course_type"]
    of_types = {
        ALL_COURSES: np.ones(len(course_type), dtype=bool),
        PRE_DEPLOYMENT: (course_type == PRE_DEPLOYMENT).to_numpy(),
        AS_CHOSEN: course_type.isin(selection.course_types).to_numpy(),
    }
    masks = [kept]
    for choice in choices:
        if choice.code == "types":
            masks = [mask & of_types[option] for mask in masks for option in choice.options]
        elif choice.code in LEFT_OUT:
            left_out = _left_out(tables, choice.code)
            masks = [part for mask in masks for part in (mask, mask & ~left_out)]
    return np.stack(masks)


def _left_out(tables: Tables, code: str) -> np.ndarray:
    """Courses known to be of a kind. One whose type is not known is not known to be of it."""
    _, types, providers = LEFT_OUT[code]
    courses = tables.courses
    return (
        courses["course_type"].isin(types) | courses["provider_type"].isin(providers)
    ).to_numpy()
