"""Where each figure is shown and what can be chosen of it, beside the selection.

One registry for pages, links, reports and the command line: figure -> page, short name, and its
options (as `catalogue.figure` takes them) by their names in the address.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from dashboard.edition.tables import Tables
from dashboard.figures.centres_map import SHOWN
from dashboard.figures.closing import office_label
from dashboard.figures.languages import SHOWN as LANGUAGES_SHOWN
from dashboard.figures.missions import SHOWN as MISSIONS_SHOWN
from dashboard.figures.two_gaps import UNITS as GAP_UNITS
from dashboard.measures.closing import ALL_OFFICES, NO_OFFICE
from dashboard.measures.closing import UNITS as STEPS
from dashboard.measures.contributors import LARGEST_TOP, SMALLEST_TOP
from dashboard.measures.gap_matrix import DIMENSIONS, ORDERS, ROWS, column_labels
from dashboard.measures.search import CENTRES, COURSES, FACETS, Query, facet_labels
from dashboard.views.choices import options

# The editions by code, and the choices of a link by their names in the address.
Editions = Mapping[str, Tables]
Chosen = Mapping[str, str]
Read = Callable[[Chosen, Tables, Editions], Any]


@dataclass(frozen=True)
class Option:
    """An option of a figure. `read`: its value from a link (None: nothing chosen); `keys`: the names
    in the address that it is read from."""

    read: Read
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a figure stands. `page`: a file of `app_pages`; `name`: what it is, in a list;
    `options`: by the name that `catalogue.figure` knows."""

    page: str
    name: str
    options: Mapping[str, Option] = field(default_factory=dict)

    @property
    def keys(self) -> tuple[str, ...]:
        """The names in the address that the figure depends on, beside the selection."""
        return tuple(key for option in self.options.values() for key in option.keys)


@dataclass(frozen=True)
class Choice:
    """What a name in the address may hold: one or several of the codes of `labels`."""

    labels: Mapping[str, str]
    several: bool = False


def _one(key: str) -> Option:
    return Option(lambda chosen, tables, editions: chosen.get(key) or None, (key,))


def _top(chosen: Chosen, tables: Tables, editions: Editions) -> int | None:
    return int(chosen["top"]) if chosen.get("top") else None


def _arcs(chosen: Chosen, tables: Tables, editions: Editions) -> bool:
    return bool(chosen.get("arcs"))


def _plan(chosen: Chosen, tables: Tables, editions: Editions) -> tuple[str, ...]:
    return _codes(chosen, "plan")


def _cell(chosen: Chosen, tables: Tables, editions: Editions) -> tuple[str | None, str | None]:
    column = chosen.get("column")
    if column and column not in column_labels(tables, chosen.get("by") or "audience"):
        column = None
    return (chosen.get("country") or None, column or None)


def _against(chosen: Chosen, tables: Tables, editions: Editions) -> Tables | None:
    others = [code for code in editions if code != tables.edition]
    code = chosen.get("against") or next(iter(others), None)
    return editions[code] if code in others else None


def _others(chosen: Chosen, tables: Tables, editions: Editions) -> tuple[Tables, ...]:
    return tuple(editions[code] for code in editions if code != tables.edition)


def _query(chosen: Chosen, tables: Tables, editions: Editions) -> Query:
    facets = ((facet, _codes(chosen, f"f_{facet}")) for facet in FACETS)
    return Query(
        chosen.get("q", ""),
        chosen.get("of") or COURSES,
        tuple((facet, codes) for facet, codes in facets if codes),
    )


def _codes(chosen: Chosen, key: str) -> tuple[str, ...]:
    return tuple(filter(None, chosen.get(key, "").split(",")))


_COUNTRY, _TOP = {"iso3": _one("country")}, {"top": Option(_top, ("top",))}
_AGAINST, _PLAN = (
    {"other": Option(_against, ("against",))},
    {"plan": Option(_plan, ("plan",))},
)
_MATRIX = {
    "by": _one("by"),
    "rows": _one("rows"),
    "order": _one("order"),
    **_TOP,
    "chosen": Option(_cell, ("by", "country", "column")),
}
_MAP = {
    "show": _one("show"),
    "with_arcs": Option(_arcs, ("arcs",)),
    "country": _one("country"),
}
_QUERY = {"query": Option(_query, ("q", "of", *(f"f_{facet}" for facet in FACETS)))}

# In the order of the menu, and on a page from top to bottom.
PLACES: Mapping[str, Place] = {
    "coverage": Place("overview", "Personnel by class"),
    "world": Place("overview", "World map of contributors by class"),
    "review": Place("overview", "The question, and what was reviewed"),
    "asks": Place("overview", "What is not covered, and what it asks for"),
    "contributors": Place("contributors", "Largest contributors", _TOP),
    "levels": Place("contributors", "Levels of the largest contributors", _TOP),
    "senders": Place("contributors", "Who sends peacekeepers, by type of personnel", _TOP),
    "matrix": Place("matrix", "Gap matrix", _MATRIX),
    "centres-map": Place("map", "Map of centres and countries", _MAP),
    "missions": Place("missions", "Missions", {"shown": _one("missions_shown")}),
    "missions-military": Place("missions", "Missions, military personnel"),
    "missions-police": Place("missions", "Missions, police personnel"),
    "country-levels": Place("country", "Courses of one country, by level", _COUNTRY),
    "country-personnel": Place("country", "Personnel of one country, by date", _COUNTRY),
    "country-missions": Place("country", "Missions of one country", _COUNTRY),
    "found": Place("courses", "Courses or centres found, by level", _QUERY),
    "languages": Place(
        "languages", "Personnel by language of training", {"shown": _one("languages_shown")}
    ),
    "language-courses": Place("languages", "Courses by language"),
    "functions": Place("functions", "Functions"),
    "function-topics": Place("functions", "Topics of the functions"),
    "closing": Place(
        "closing",
        "How to close the gap, step by step",
        {"unit": _one("unit"), "office": _one("office")} | _PLAN,
    ),
    "plan": Place("closing", "What a plan would change", _PLAN),
    "offices": Place("closing", "Regional offices"),
    "conversations": Place("conversations", "What conversations changed"),
    "questions": Place("conversations", "Open questions", _TOP),
    "combinations": Place("certainty", "The answer under every reading"),
    "coverage-gap": Place("certainty", "Gaps of training", _TOP),
    "evidence-gap": Place("certainty", "Gaps of evidence", _TOP),
    "gap-regions": Place("certainty", "Both gaps by region", {"unit": _one("sure_of")}),
    "choices": Place("certainty", "What each choice changes"),
    "moves": Place("certainty", "Contributors that move it most"),
    "evidence-grades": Place("evidence", "Quality of the evidence"),
    "evidence-tests": Place("evidence", "Tests of the evidence"),
    "agreement": Place("evidence", "Coded and suggested levels"),
    "edition-steps": Place("editions", "From one edition to another", _AGAINST),
    "class-changes": Place("editions", "Contributors that changed class", _AGAINST),
    "indicators": Place("indicators", "Indicators", _TOP),
    "indicator-languages": Place("indicators", "Indicators by language"),
    "indicator-dates": Place(
        "indicators", "Indicators at each date", _TOP | {"editions": Option(_others)}
    ),
}


def figure_options(id: str, chosen: Chosen, tables: Tables, editions: Editions) -> dict[str, Any]:
    """The options of a figure as a link has them; what nobody chose is left to the figure.

    `chosen`: choices of a page, understood (`links.understand`). Raises KeyError for an id that the
    catalogue does not have.
    """
    options = PLACES[id].options.items()
    read = {name: option.read(chosen, tables, editions) for name, option in options}
    return {name: value for name, value in read.items() if value is not None}


def by_page(ids: Iterable[str] = PLACES) -> dict[str, list[str]]:
    """Page -> its figures."""
    pages: dict[str, list[str]] = {}
    for id in ids:
        pages.setdefault(PLACES[id].page, []).append(id)
    return pages


@lru_cache(maxsize=4)
def page_choices(tables: Tables) -> Mapping[str, Choice]:
    """Name in the address -> what it may hold, for every choice of a page that a figure takes.

    `top` (a number) and `against` (an edition) are missing: they depend on no table.
    """
    package = tables.package
    offices = {code: office_label(code, package) for code in package.codes("ocha_regions")}
    columns = {code: name for by in DIMENSIONS for code, name in column_labels(tables, by).items()}
    facets = {f"f_{facet}": Choice(labels, True) for facet, labels in facet_labels(tables).items()}
    return {
        "by": Choice({code: name for code, (name, _) in DIMENSIONS.items()}),
        "order": Choice(ORDERS),
        "rows": Choice(ROWS),
        "column": Choice(columns),
        "country": Choice(options(tables)["country"]),
        "unit": Choice(dict.fromkeys(STEPS, "")),
        "plan": Choice(plan_names(tables), True),
        "office": Choice({ALL_OFFICES: "", **offices, NO_OFFICE: ""}),
        "sure_of": Choice(GAP_UNITS),
        "show": Choice(SHOWN),
        "arcs": Choice({"yes": "Yes"}),
        "missions_shown": Choice(MISSIONS_SHOWN),
        "languages_shown": Choice(LANGUAGES_SHOWN),
        "of": Choice(dict.fromkeys((COURSES, CENTRES), "")),
        **facets,
    }


@lru_cache(maxsize=4)
def plan_names(tables: Tables) -> Mapping[str, str]:
    """Everything a plan may name, whatever the filters: a link outlives a change of filters."""
    countries = zip(tables.countries["country_iso3"], tables.countries["country_name"], strict=True)
    centres = zip(tables.centres["centre_id"], tables.centres["centre_name"], strict=True)
    return {**dict(countries), **dict(centres)}


def understood_top(asked: str) -> str:
    """A number of contributors that the pages offer, else empty."""
    # Python refuses to read numbers of thousands of digits.
    known = asked.isdecimal() and len(asked) < 9 and SMALLEST_TOP <= int(asked) <= LARGEST_TOP
    return asked if known else ""
