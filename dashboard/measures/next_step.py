"""What a country asks for: the action, and in words what for."""

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables

# What the classes ask for is in the vocabulary; the three states of an unknown ask for different
# things.
STATE_ACTIONS = {
    "not-documented": ("ask", "A question to the centre: which curriculum is used?"),
    "no-course": ("ask", "A question to the country: where are its personnel trained?"),
    "not-reviewed": ("search", "A search: the review has not looked there yet"),
}
NO_MATCH_ASKS = "Loosen the filters on courses first: none of its courses matches them"


def next_step(
    country_class: str, state: str, tables: Tables, selection: Selection
) -> tuple[str, str]:
    """Action (keep, engage, ask, search or loosen) and what for, of a class and state."""
    if country_class == "unknown":
        if state == "no-course" and selection.filters_courses:
            return "loosen", NO_MATCH_ASKS
        return STATE_ACTIONS[state]
    term = next(term for term in tables.package.terms("classes") if term["code"] == country_class)
    return term.get("action", ""), term["ask"]
