"""The query of a link, read and written without a page: the same names and codes as in the address.

`screen.frame.sidebar` and `address` draw what can be chosen; what a text in the address means is decided here.
A code that an edition does not offer is named, never dropped without a word.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from dashboard.charts.marks.sheets import SHEETS
from dashboard.edition.selection import DEFAULT_THRESHOLD, Selection, default_selection
from dashboard.edition.tables import Tables
from dashboard.views.choices import URL_NAMES, options
from dashboard.views.places import Editions, page_choices, understood_top
from dashboard.views.storyline import understood_slide, understood_story
from dashboard.views.wishes import understood_parts

# The page that stands at the address "" (`navigation.FIRST`).
FIRST_PAGE = "overview"
YES = "yes"
# Choices of the sidebar in the order of the address, of one code, and of several.
_ONE = ("edition", "as_of", "personnel", "threshold")
_SEVERAL = {"missions": "mission", **URL_NAMES}
SELECTION_KEYS = (*_ONE, "years", *_SEVERAL.values())
# Choices of a page that no figure takes: what is looked at beside a figure.
BESIDE = (
    "at",
    "became",
    "centre",
    "code",
    "coded",
    "course",
    "details",
    "grade",
    "items",
    "section",
    "severity",
    "suggested",
    "table",
    "theme",
    "vocabulary",
    "was",
    "working",
)
FREE_TEXT = ("q", "heading")
# What the report page makes, and of which countries it makes one-pagers.
DOCUMENTS = {
    "word": "Word document",
    "slides": "PowerPoint deck",
    "packs": "Figure packs (zip)",
    "one-pagers": "Country one-pagers (Word)",
}
COUNTRIES = {"top": "The largest contributors", "all": "All countries of the review"}
_YEARS = re.compile(r"(\d{4})-(\d{4})")


class NotOffered(ValueError):
    """A link names what an edition does not offer; `left_out` has each as "name: codes"."""

    def __init__(self, left_out: Iterable[str]) -> None:
        self.left_out = tuple(left_out)
        super().__init__(f"Not offered: {'; '.join(self.left_out)}.")


@dataclass(frozen=True)
class Understood:
    """What is understood of a link; `left_out` names the rest as "name: codes".

    `options`: the choices of the page by their name in the address, as codes.
    """

    edition: str
    selection: Selection
    options: Mapping[str, str]
    left_out: tuple[str, ...]


def read_link(query: str, editions: Editions) -> tuple[str, Selection, dict[str, str]]:
    """Edition, selection and the page's own choices of a link. Raises NotOffered.

    `query`: the query of a link, with or without "?", or the whole link. `editions`: code ->
    tables, the default first.
    """
    found = understand(query, editions)
    if found.left_out:
        raise NotOffered(found.left_out)
    return found.edition, found.selection, dict(found.options)


def understand(query: str, editions: Editions) -> Understood:
    """The same for a link that may name what is not there, which counts as not chosen."""
    asked = texts_of(query)
    default = next(iter(editions))
    edition = one_code(asked.get("edition", ""), editions) or default
    tables = editions[edition]
    known = rules(tables, editions)
    used = {key: known[key](text) for key, text in asked.items() if key in known}
    left_out = [
        f"{key}: {', '.join(rest) or text}" if key in known else f"{key} (no such choice)"
        for key, text in asked.items()
        if key not in known or (rest := left_out_of(text, used[key]))
    ]
    chosen = {key: text for key, text in used.items() if key not in SELECTION_KEYS and text}
    return Understood(edition, selection_of(used, tables), chosen, tuple(left_out))


def selection_of(texts: Mapping[str, str], tables: Tables) -> Selection:
    """The selection that texts of the address stand for; what is not offered counts as not chosen."""
    offered, default = options(tables), default_selection(tables)
    one = {key: one_code(texts.get(key, ""), offered[key]) for key in _ONE if key != "edition"}
    several = {
        field: codes_of(several_codes(texts.get(key, ""), offered[key]))
        for field, key in _SEVERAL.items()
    }
    return Selection(
        edition=tables.edition,
        as_of=one["as_of"] or default.as_of,
        personnel=one["personnel"] or default.personnel,
        threshold=one["threshold"] or DEFAULT_THRESHOLD,
        years=years(texts.get("years", ""), tables.years),
        **several,
    )


def link(selection: Selection, options: Mapping[str, str], tables: Tables) -> str:
    """The query of the link that restores a selection and the page's own choices.

    Edition and date always stand in it: what counts when nobody chooses may be another one some
    day, and a link in a document outlives that.
    """
    default = default_selection(tables)
    texts = {"edition": selection.edition, "as_of": selection.as_of}
    texts |= {
        key: getattr(selection, key)
        for key in ("personnel", "threshold")
        if getattr(selection, key) != getattr(default, key)
    }
    texts["years"] = years_text(selection.years)
    texts |= {key: ",".join(getattr(selection, field)) for field, key in _SEVERAL.items()}
    return query_of(texts | {key: options[key] for key in sorted(options)})


def query_of(texts: Mapping[str, str]) -> str:
    """A query with these codes by their names in the address; empty ones are left out."""
    return urlencode({key: text for key, text in texts.items() if text}, safe=",:")


def address_of(page: str, query: str, site: str = "") -> str:
    """The link to a page (file name in `app_pages`); `site`: where the dashboard is, if known."""
    path = "" if page == FIRST_PAGE else page
    return f"{site.rstrip('/')}/{path}{f'?{query}' * bool(query)}"


def texts_of(query: str) -> dict[str, str]:
    """Name -> text of a query or of a whole link, as it stands there.

    A name that stands there several times has all its codes.
    """
    try:
        parts = urlsplit(query.strip())
    except ValueError:  # a host in a bracket that does not close
        return {}
    is_link = bool(parts.scheme or parts.query or parts.path.startswith("/"))
    texts: dict[str, str] = {}
    for name, text in parse_qsl(parts.query if is_link else parts.path):
        texts[name] = f"{texts[name]},{text}" if name in texts else text
    return texts


def one_code(asked: str, offered: Iterable[str]) -> str:
    """`asked` when it is offered, else empty: the default."""
    return asked if asked in offered else ""


def several_codes(asked: str, offered: Iterable[str]) -> str:
    """Those of the codes in `asked`, apart by commas, that are offered, in the order of `offered`."""
    wanted = set(asked.split(","))
    return ",".join(code for code in offered if code in wanted)


def codes_of(text: str) -> tuple[str, ...]:
    """The codes of a text, apart by commas."""
    return tuple(filter(None, text.split(",")))


def yes(asked: str) -> str:
    """A choice of yes or no."""
    return one_code(asked, (YES,))


def year_range(asked: str) -> str:
    """`asked` when it is a range of years as "2010-2014", whatever the range of the edition is."""
    return asked if _YEARS.fullmatch(asked) else ""


def years(asked: str, span: tuple[int, int] | None) -> tuple[int, int] | None:
    """The years filter within the years of an edition; the whole range is no filter."""
    match = _YEARS.fullmatch(asked)
    if match is None or span is None:
        return None
    first, last = sorted(min(max(int(year), span[0]), span[1]) for year in match.groups())
    return None if (first, last) == span else (first, last)


def years_text(chosen: tuple[int, int] | None) -> str:
    """A years filter as the address has it."""
    return "{}-{}".format(*chosen) if chosen else ""


def left_out_of(asked: str, used: str) -> list[str]:
    """The codes that were asked for and are not used."""
    return sorted(set(asked.split(",")) - set(used.split(",")) - {""})


def rules(tables: Tables, editions: Editions) -> dict[str, Callable[[str], str]]:
    """Name in the address -> what is understood of its text."""

    def among(rule: Callable[..., str], offered: Iterable[str]) -> Callable[[str], str]:
        return lambda asked: rule(asked, offered)

    offered = options(tables)
    others = [code for code in editions if code != tables.edition]
    known: dict[str, Callable[[str], str]] = {
        key: among(one_code, offered[key]) for key in _ONE[1:]
    }
    known |= {"edition": among(one_code, editions), "against": among(one_code, others)}
    known |= {key: among(several_codes, offered[key]) for key in _SEVERAL.values()}
    known |= {
        "years": lambda asked: year_range(asked) if tables.years else "",
        "top": understood_top,
    }
    known |= dict.fromkeys((*BESIDE, *FREE_TEXT), _as_it_is)
    known |= {
        "parts": understood_parts,
        "sheet": among(one_code, SHEETS),
        "documents": among(several_codes, DOCUMENTS),
        "pages_of": among(one_code, COUNTRIES),
        "slide": understood_slide,
        "story": understood_story,
        "spotlight": among(one_code, offered["country"]),
    }
    for key, choice in page_choices(tables).items():
        known[key] = among(several_codes if choice.several else one_code, choice.labels)
    return known


def _as_it_is(asked: str) -> str:
    return asked
