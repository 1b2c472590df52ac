"""Every figure by id. A new figure is one module and one line here; nothing else lists them."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.figures.asks import asks_figure
from dashboard.figures.centres_map import centres_map_figure
from dashboard.figures.certainty import (
    choices_figure,
    combinations_figure,
    moves_figure,
)
from dashboard.figures.class_changes import class_changes_figure
from dashboard.figures.closing import closing_figure
from dashboard.figures.contributors import contributors_figure, level_matrix_figure
from dashboard.figures.conversations import conversations_figure, questions_figure
from dashboard.figures.country_levels import country_levels_figure
from dashboard.figures.country_personnel import (
    country_missions_figure,
    country_personnel_figure,
)
from dashboard.figures.courses import found_figure
from dashboard.figures.coverage import coverage_figure
from dashboard.figures.editions import edition_steps_figure
from dashboard.figures.evidence import (
    agreement_figure,
    evidence_tests_figure,
    grades_figure,
)
from dashboard.figures.figure import Figure
from dashboard.figures.functions import function_topics_figure, functions_figure
from dashboard.figures.gap_matrix import gap_matrix_figure
from dashboard.figures.indicators import (
    indicator_dates_figure,
    indicator_languages_figure,
    indicators_figure,
)
from dashboard.figures.languages import language_courses_figure, languages_figure
from dashboard.figures.missions import military_figure, missions_figure, police_figure
from dashboard.figures.offices import offices_figure
from dashboard.figures.plan import plan_figure
from dashboard.figures.review import review_figure
from dashboard.figures.senders import senders_figure
from dashboard.figures.two_gaps import gap_figure, gap_regions_figure
from dashboard.figures.world import world_figure

CATALOGUE: Mapping[str, Callable[..., Figure]] = {
    "coverage": coverage_figure,
    "review": review_figure,
    "asks": asks_figure,
    "contributors": contributors_figure,
    "levels": level_matrix_figure,
    "senders": senders_figure,
    "world": world_figure,
    "matrix": gap_matrix_figure,
    "languages": languages_figure,
    "language-courses": language_courses_figure,
    "functions": functions_figure,
    "function-topics": function_topics_figure,
    "country-personnel": country_personnel_figure,
    "country-missions": country_missions_figure,
    "country-levels": country_levels_figure,
    "indicators": indicators_figure,
    "indicator-languages": indicator_languages_figure,
    "indicator-dates": indicator_dates_figure,
    "found": found_figure,
    "conversations": conversations_figure,
    "questions": questions_figure,
    "evidence-grades": grades_figure,
    "evidence-tests": evidence_tests_figure,
    "agreement": agreement_figure,
    "closing": closing_figure,
    "offices": offices_figure,
    "plan": plan_figure,
    "edition-steps": edition_steps_figure,
    "class-changes": class_changes_figure,
    "coverage-gap": partial(gap_figure, gap="coverage"),
    "evidence-gap": partial(gap_figure, gap="evidence"),
    "gap-regions": gap_regions_figure,
    "choices": choices_figure,
    "moves": moves_figure,
    "combinations": combinations_figure,
    "centres-map": centres_map_figure,
    "missions": missions_figure,
    "missions-military": military_figure,
    "missions-police": police_figure,
}


def figure(id: str, tables: Tables, selection: Selection, **options: Any) -> Figure:
    """The figure `id` under a selection; `options` are its own (for example `top`).

    Raises KeyError for an id that the catalogue does not have.
    """
    return CATALOGUE[id](tables, selection, **options)
