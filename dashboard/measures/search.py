"""Finding courses and centres: words anywhere in a row, and facets with the counts of the result.

Text is folded once an edition, so that a search takes milliseconds: case, accents and punctuation
are set aside in what is searched and in what is asked.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.measures.courses import considered

COURSES, CENTRES = "courses", "centres"
# Facets in display order: name -> (label, vocabulary of its codes; "" when the code is the label).
FACETS: Mapping[str, tuple[str, str]] = {
    "level": ("Level", "levels"),
    "region": ("Region", ""),
    "audience": ("Audience", "audiences"),
    "evidence": ("Kind of evidence", "evidence_types"),
    "country": ("Country", "countries"),
    "type": ("Type of course", "course_types"),
    "topic": ("Topic", "topics"),
    "language": ("Language", "languages"),
    "provider": ("Provider", "provider_types"),
}
# Stands for "the review does not say": an empty cell is no code.
NOT_RECORDED = "not-recorded"
EDITIONS_KEPT, RESULTS_KEPT = 4, 8
# Letters of their own that decomposition leaves whole, as people type them without the stroke.
_PLAIN_LETTERS: Mapping[str, str] = {
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "ı": "i",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ħ": "h",
}
_NAMES_OF_CENTRE = ("centre_id", "centre_name_local", "acronym", "city")
_NAMES_OF_COUNTRY = ("country_iso3", "country_name_fr", "country_name_es")


class _Folding(dict[int, str]):
    """What becomes of each character of decomposed small letters; looked up once, then kept."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if unicodedata.category(character)[0] == "M":  # accents
            kept = ""
        elif character.isalnum():
            kept = _PLAIN_LETTERS.get(character, character)
        else:
            kept = " "
        self[code] = kept
        return kept


_FOLDING = _Folding()


@dataclass(frozen=True)
class Query:
    """What is looked for: `words` (free text), rows of courses or of centres (`of`), and `facets`
    as (facet, codes) in the order of `FACETS`; within a facet one match is enough."""

    words: str = ""
    of: str = COURSES
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def codes(self, facet: str) -> tuple[str, ...]:
        """The codes chosen in a facet; none stands for all."""
        return dict(self.facets).get(facet, ())

    def without(self, name: str) -> "Query":
        """The same without one restriction: a facet, or "words"."""
        kept = tuple((facet, codes) for facet, codes in self.facets if facet != name)
        return Query("" if name == "words" else self.words, self.of, kept)

    @property
    def restrictions(self) -> tuple[str, ...]:
        """What narrows the result: "words" and facets, by name."""
        words = ("words",) if folded(self.words) else ()
        return words + tuple(facet for facet, codes in self.facets if codes)


@dataclass(frozen=True, eq=False)
class Found:
    """The rows found. `courses`: mask over `tables.courses`; `centres`: mask over
    `tables.centres`, those that give a course found (and, while nothing but words narrows the
    result, those without any course); `counts`: facet -> code -> rows of the kind asked for, under
    everything chosen but the facet itself."""

    courses: np.ndarray
    centres: np.ndarray
    counts: Mapping[str, Mapping[str, int]]


def folded(text: str) -> str:
    """`text` as it is compared: small letters and digits in words apart by one space.

    Upper case first: both cases of a letter then come to the same.
    """
    small = unicodedata.normalize("NFKD", text.upper()).casefold()
    return " ".join(unicodedata.normalize("NFKD", small).translate(_FOLDING).split())


def find(tables: Tables, selection: Selection, query: Query) -> Found:
    """What a query finds among the courses that the selection considers."""
    return _find(tables, selection, query)


@lru_cache(maxsize=RESULTS_KEPT)
def _find(tables: Tables, selection: Selection, query: Query) -> Found:
    words = folded(query.words).split()
    base = considered(tables, selection) & _with_all(_course_texts(tables), words)
    members = memberships(tables)
    chosen = {facet: _member_of(members[facet], query.codes(facet)) for facet in FACETS}
    everything = np.logical_and.reduce([base, *chosen.values()])
    centre = _centre_positions(tables)
    counts = {}
    for facet, (codes, member) in members.items():
        others = np.logical_and.reduce([base, *(m for f, m in chosen.items() if f != facet)])
        numbers = (
            member[others].sum(axis=0)
            if query.of == COURSES
            else _distinct(member[others], centre[others])
        )
        counts[facet] = dict(zip(codes, numbers.tolist(), strict=True))
    centres = np.isin(np.arange(len(tables.centres)), centre[everything])
    if not (selection.filters_courses or any(codes for _, codes in query.facets)):
        bare = ~np.isin(np.arange(len(tables.centres)), centre)
        centres |= bare & _with_all(_centre_texts(tables), words)
    return Found(everything, centres, counts)


def _with_all(texts: tuple[str, ...], words: list[str]) -> np.ndarray:
    if not words:
        return np.ones(len(texts), dtype=bool)
    return np.fromiter((all(w in text for w in words) for text in texts), bool, len(texts))


def _member_of(
    membership: tuple[tuple[str, ...], np.ndarray], chosen: tuple[str, ...]
) -> np.ndarray:
    codes, member = membership
    if not chosen:
        return np.ones(len(member), dtype=bool)
    return np.asarray(member[:, np.isin(codes, chosen)].any(axis=1))


def _distinct(member: np.ndarray, centre: np.ndarray) -> np.ndarray:
    """Number of different centres in each column of `member`."""
    rows, columns = np.nonzero(member)
    pairs = np.unique(np.column_stack([columns, centre[rows]]), axis=0)
    return np.bincount(pairs[:, 0], minlength=member.shape[1])


@lru_cache(maxsize=EDITIONS_KEPT)
def memberships(tables: Tables) -> Mapping[str, tuple[tuple[str, ...], np.ndarray]]:
    """Facet -> its codes in display order, and which of them each course has (courses × codes)."""
    courses, package = tables.courses, tables.package
    region = tables.countries["region"].to_numpy()[courses["country_position"]]
    names = tables.countries.sort_values("country_name")["country_iso3"]
    single: dict[str, tuple[pd.Series, Iterable[str]]] = {
        "level": (courses["cmcoord_level"], package.codes("levels")),
        "region": (pd.Series(region), sorted(set(region))),
        "country": (courses["country_iso3"], names),
        "type": (courses["course_type"], package.codes("course_types")),
        "provider": (courses["provider_type"], package.codes("provider_types")),
        "evidence": (courses["evidence_type"], package.codes("evidence_types")),
    }
    several = {
        "audience": (tables.audiences, package.codes("audiences")),
        "language": (tables.languages, package.codes("languages")),
        "topic": (tables.topics, package.codes("topics")),
    }
    pairs = {
        facet: (np.arange(len(courses)), values.to_numpy(), order)
        for facet, (values, order) in single.items()
    } | {
        facet: (links["course_position"].to_numpy(), links[facet].to_numpy(), order)
        for facet, (links, order) in several.items()
    }
    return {
        facet: _membership(rows, codes, order, len(courses))
        for facet in FACETS
        for rows, codes, order in [pairs[facet]]
    }


def _membership(
    rows: np.ndarray,
    values: np.ndarray,
    order: Iterable[str],
    courses: int,
) -> tuple[tuple[str, ...], np.ndarray]:
    """Codes that occur, in `order`, and last the courses for which none is recorded."""
    known = pd.Index([code for code in order if code in set(values)])
    member = np.zeros((courses, len(known) + 1), dtype=bool)
    place = known.get_indexer(values)
    member[rows[place >= 0], place[place >= 0]] = True
    member[:, -1] = ~member[:, :-1].any(axis=1)
    if member[:, -1].any():
        return (*known, NOT_RECORDED), member
    return tuple(known), member[:, :-1]


def _centre_positions(tables: Tables) -> np.ndarray:
    return pd.Index(tables.centres["centre_id"]).get_indexer(tables.courses["centre_id"])


@lru_cache(maxsize=EDITIONS_KEPT)
def _centre_texts(tables: Tables) -> tuple[str, ...]:
    """Names of each centre and of its country, folded."""
    countries = tables.countries
    extra = [name for name in _NAMES_OF_COUNTRY if name in countries]
    rows = tables.centres[["country_iso3", "centre_name", *_NAMES_OF_CENTRE]].merge(
        countries[[*extra, "country_name"]], on="country_iso3", how="left"
    )
    return _folded_rows(rows.drop(columns="centre_id"))


@lru_cache(maxsize=EDITIONS_KEPT)
def _course_texts(tables: Tables) -> tuple[str, ...]:
    """Everything that a search looks at in each course, its centre and its country, folded."""
    texts = _folded_rows(tables.courses[["course_title", "course_title_local", "evidence"]])
    of_centre, position = _centre_texts(tables), _centre_positions(tables)
    return tuple(f"{own} {of_centre[n]}" for own, n in zip(texts, position, strict=True))


def _folded_rows(frame: pd.DataFrame) -> tuple[str, ...]:
    columns = [frame[column].fillna("").astype("str") for column in frame.columns]
    return tuple(folded(" ".join(values)) for values in zip(*columns, strict=True))


@lru_cache(maxsize=EDITIONS_KEPT)
def facet_labels(tables: Tables) -> Mapping[str, Mapping[str, str]]:
    """Facet -> code -> label, for the codes that the edition has, in display order."""
    names = dict(
        zip(tables.countries["country_iso3"], tables.countries["country_name"], strict=True)
    )
    labels = {}
    for facet, (codes, _) in memberships(tables).items():
        vocabulary = FACETS[facet][1]
        known = (
            names
            if facet == "country"
            else {code: tables.package.label(vocabulary, code) for code in codes}
        )
        labels[facet] = {code: known[code] for code in codes if code != NOT_RECORDED}
        if NOT_RECORDED in codes:
            labels[facet][NOT_RECORDED] = "Not recorded"
    return labels


def by_level(tables: Tables, found: Found, of: str) -> dict[str, int]:
    """Level -> number of courses found, or of centres by the highest of their courses found."""
    levels = tables.package.codes("levels")
    place = tables.courses["level_position"].to_numpy()[found.courses]
    if of == CENTRES:
        centre = _centre_positions(tables)[found.courses]
        place = pd.Series(place).groupby(centre).min().to_numpy()
    counts = np.bincount(place, minlength=len(levels))
    return dict(zip(levels, counts.tolist(), strict=True))


def everything(tables: Tables) -> Found:
    """Every course and centre of the edition, whatever is chosen."""
    return Found(
        np.ones(len(tables.courses), dtype=bool), np.ones(len(tables.centres), dtype=bool), {}
    )
