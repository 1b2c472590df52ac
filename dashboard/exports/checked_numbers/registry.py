"""The registry of headline numbers: findings.json, and what is left of a document's numbers today.

Every headline number of a figure has an id. `findings` writes them all down; `check` reads a .docx
or .pptx that was made here and edited later, recomputes each marked number for the selection that
the document remembers, and lists those that the current data no longer support.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.edition.selection import Selection, default_selection, describe
from dashboard.edition.tables import Tables
from dashboard.exports.checked_numbers.marks import (
    SUBJECTS,
    Marks,
    Said,
    finding,
    mark_name,
    mark_number,
    mark_number_in_run,
    marks,
    number_label,
    number_text,
    said,
    view_code,
    view_query,
)
from dashboard.exports.checked_numbers.office_file import NotADocument
from dashboard.exports.checked_numbers.read_back import Place, number_places
from dashboard.exports.origin import Origin
from dashboard.figures import catalogue
from dashboard.figures.figure import Figure
from dashboard.measures.contributors import LARGEST_TOP
from dashboard.measures.gap_matrix import DIMENSIONS
from dashboard.views.links import SELECTION_KEYS, Understood, link, understand
from dashboard.views.places import PLACES, Editions, figure_options

__all__ = [
    "Checked",
    "Marks",
    "NotADocument",
    "Stale",
    "check",
    "checked",
    "finding",
    "findings",
    "mark_number",
    "mark_number_in_run",
    "marks",
    "number_label",
    "number_text",
]

# Why a number is listed -> what that means, for people.
REASONS: Mapping[str, str] = {
    "changed": "The data now say otherwise",
    "edited": "Edited by hand; the data say otherwise",
    "gone": "The current data have no such number",
    "no-view": "Not recomputed: the document does not say for which filters it was made",
    "not-offered": "Not recomputed: the current data do not offer its filters",
}


@dataclass(frozen=True)
class Stale:
    """A number of a document that the current data do not support.

    `stands`: what the document says; `old`: what was written when the document was made (empty when
    the file no longer says); `new`: what the data support now (empty when nothing); `where`: place
    in the document; `why`: a key of `REASONS`; `detail`: what is not offered, else empty.
    """

    id: str
    label: str
    stands: str
    old: str
    new: str
    where: str
    why: str
    detail: str = ""


@dataclass(frozen=True)
class _NotCompared:
    """Why there is nothing to compare a number with."""

    why: str
    detail: str = ""


@dataclass(frozen=True)
class Checked:
    """How many marked numbers a document has, and those that the data do not support."""

    numbers: int
    stale: tuple[Stale, ...]


def findings(
    figures: Iterable[Figure], tables: Tables, selection: Selection, origin: Origin
) -> dict[str, Any]:
    """The content of findings.json: every headline number of the figures, and what it rests on.

    `value` is n / N (null when N is 0); `lower` and `upper` are bounds in the unit of n, null
    where there are none. `accessed` is the only timestamp.
    """
    package, query = tables.package, view_query(tables, selection, origin)
    return {
        "edition": {"code": tables.edition, "title": package.title, **package.edition},
        "selection": {"query": query, "text": describe(selection, package)},
        "link": origin.link,
        "inputs": [dict(one) for one in package.inputs],
        "accessed": origin.accessed.isoformat(),
        "figures": [
            {
                "id": figure.id,
                "title": figure.title,
                "subtitle": figure.subtitle,
                "note": figure.note,
                "source": figure.source,
                "empty": figure.empty,
                "numbers": [
                    {
                        "id": one.id,
                        "label": one.label,
                        "text": number_text(one),
                        "value": one.value,
                        "n": one.n,
                        "N": one.N,
                        "lower": one.lower,
                        "upper": one.upper,
                        "selection": query,
                    }
                    for one in figure.numbers
                ],
            }
            for figure in figures
        ],
    }


def check(data: bytes, kind: str, editions: Editions) -> list[Stale]:
    """The numbers of an edited document that the current data no longer support.

    `kind`: docx or pptx; `editions`: code -> tables, the default first. Raises NotADocument.
    """
    return list(checked(data, kind, editions).stale)


def checked(data: bytes, kind: str, editions: Editions) -> Checked:
    """The same with the number of marks that were found; none: the document was not made here."""
    found = number_places(data, kind)
    views = _default_views(editions) | dict(found.views)
    by_view: dict[str, dict[str, Place]] = defaultdict(dict)
    for place in found.places:
        by_view[place.view][place.name] = place
    today: dict[str, Said | _NotCompared] = {}
    for view, places in by_view.items():
        today |= _today(views.get(view), places, editions)
    stale = [one for place in found.places if (one := _compared(place, today[place.name]))]
    return Checked(len(found.places), tuple(stale))


def _default_views(editions: Editions) -> dict[str, str]:
    """Views that need no record: numbers are copied from one document into another."""
    queries = [link(default_selection(tables), {}, tables) for tables in editions.values()]
    return {view_code(query): query for query in queries}


def _today(
    query: str | None, places: Mapping[str, Place], editions: Editions
) -> dict[str, Said | _NotCompared]:
    """Name of a mark -> what the data say now, or why there is nothing to compare with.

    `places`: one place for each name, all of the view that `query` restores.
    """
    if query is None:
        return dict.fromkeys(places, _NotCompared("no-view"))
    understood = understand(query, editions)
    missing = [one for one in understood.left_out if one.partition(":")[0] in SELECTION_KEYS]
    if missing:
        return dict.fromkeys(places, _NotCompared("not-offered", "; ".join(missing)))
    by_figure: dict[str, dict[str, Place]] = defaultdict(dict)
    for name, place in places.items():
        by_figure[place.id.partition(".")[0]][name] = place
    found: dict[str, Said] = {}
    for id, wanted in by_figure.items():
        found |= _recomputed(id, wanted, understood, editions)
    return {name: found.get(name, _NotCompared("gone")) for name in places}


def _recomputed(
    id: str, wanted: Mapping[str, Place], understood: Understood, editions: Editions
) -> dict[str, Said]:
    """Name of a mark -> the number as one figure has it now; nothing for those it has no more."""
    found: dict[str, Said] = {}
    if id not in PLACES:
        return found
    tables, view = editions[understood.edition], next(iter(wanted.values())).view
    for options in _attempts(id, wanted.values(), understood, tables, editions):
        figure = catalogue.figure(id, tables, understood.selection, **options)
        every = [finding(figure), *map(said, figure.numbers)]
        found = {mark_name(one.id, view): one for one in every} | found
        if wanted.keys() <= found.keys():
            break
    return found


def _attempts(
    id: str, wanted: Iterable[Place], understood: Understood, tables: Tables, editions: Editions
) -> list[dict[str, Any]]:
    """Options to make a figure with, until every wanted number is in it.

    Those of the view first, with the country or dimension that the ids name; then more
    contributors: a country that is no longer among the largest still has its number.
    """
    base, offered = figure_options(id, understood.options, tables, editions), PLACES[id].options
    attempts = [base]
    subject = next((name for name in SUBJECTS if name in offered), None)
    if subject:
        known = set(tables.countries["country_iso3"]) if subject == "iso3" else set(DIMENSIONS)
        codes = {place.id.split(".")[1] for place in wanted if "." in place.id}
        attempts = [base | {subject: code} for code in sorted(codes & known)]
    if "top" in offered:
        attempts += [one | {"top": LARGEST_TOP} for one in attempts]
    return attempts


def _compared(place: Place, now: Said | _NotCompared) -> Stale | None:
    """A place whose text the data do not support; None when they do.

    People may put the title of a figure in their own words: a title falls only with its finding.
    """
    old, label = ("", "") if place.made is None else (place.made.text, place.made.label)
    if isinstance(now, _NotCompared):
        return Stale(
            place.id, label or place.id, place.text, old, "", place.where, now.why, now.detail
        )
    if now.text in (place.text, old if place.is_finding else place.text):
        return None
    by_hand = bool(old) and place.text != old and not place.is_finding
    return Stale(
        place.id,
        now.label,
        place.text,
        old,
        now.text,
        place.where,
        "edited" if by_hand else "changed",
    )
