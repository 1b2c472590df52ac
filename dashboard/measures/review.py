"""What was reviewed, and how much of the deployed personnel that concerns: the scene of the question."""

from dataclasses import dataclass

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.measures.courses import considered
from dashboard.measures.states import country_states


@dataclass(frozen=True)
class Review:
    """The size of the review and of what it is about, under one selection.

    `countries`, `centres` and `all_courses` of the review, whatever the filters; `courses`: those
    considered. `persons` from `contributors` countries, of which `reviewed_persons` come from
    `reviewed_contributors` that are in the review.
    """

    countries: int
    centres: int
    courses: int
    all_courses: int
    persons: int
    contributors: int
    reviewed_persons: int
    reviewed_contributors: int


def review(tables: Tables, selection: Selection) -> Review:
    """The counts of `Review`."""
    frame = country_states(tables, selection)
    contributors = frame[frame["persons"] > 0]
    reviewed = contributors[contributors["in_review"]]
    return Review(
        countries=int(tables.countries["in_review"].sum()),
        centres=len(tables.centres),
        courses=int(considered(tables, selection).sum()),
        all_courses=len(tables.courses),
        persons=int(contributors["persons"].sum()),
        contributors=len(contributors),
        reviewed_persons=int(reviewed["persons"].sum()),
        reviewed_contributors=len(reviewed),
    )
