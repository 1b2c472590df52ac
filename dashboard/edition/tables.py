"""One edition in memory: its tables and the words of its data package. `store` reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

Term = Mapping[str, str]
# Evidence that shows a course whole (docs/method.md); anything else shows a part.
WHOLE_EVIDENCE = ("curriculum", "course-page")
# What stands for the mission where a report gives countries and types only (docs/data-dictionary).
ALL_MISSIONS = "ALL"


@dataclass(frozen=True, eq=False)
class Package:
    """What `datapackage.json` says: labels, definitions, orders, sources and the edition's words.

    Every label on screen and in files comes from here, so that none is typed twice.
    """

    content: Mapping[str, Any]

    @property
    def title(self) -> str:
        """Title of the edition."""
        return self.content["title"]

    @property
    def edition(self) -> Mapping[str, str]:
        """statement, as_of, contributions_as_of, producer, licence and url of the edition."""
        return self.content["edition"]

    @property
    def statement(self) -> str:
        """What the edition is and what it is not."""
        return self.edition["statement"]

    @property
    def sources(self) -> tuple[Mapping[str, Any], ...]:
        """Where the personnel figures of each date come from."""
        return tuple(self.content.get("sources", ()))

    def source_of(self, as_of: str) -> Mapping[str, Any]:
        """The source of the personnel figures of one date; empty when the package names none."""
        found = [source for source in self.sources if source.get("as_of") == as_of]
        return found[0] if found else {}

    @property
    def inputs(self) -> tuple[Mapping[str, str], ...]:
        """Files that the edition was built from: path and sha256."""
        return tuple(self.content.get("inputs", ()))

    @property
    def reconciliation(self) -> Mapping[str, Any]:
        """Rows read, courses kept, merged, held back, without course; expected against found."""
        return self.content.get("reconciliation", {})

    @property
    def consultations(self) -> Mapping[str, Any]:
        """Rows of consultations.xlsx, applied and unmatched; courses by basis of their level."""
        return self.content.get("consultations", {})

    @property
    def resources(self) -> tuple[Mapping[str, Any], ...]:
        """Name, title, description and schema (title, description, unit, hxl) of every table."""
        return tuple(self.content.get("resources", ()))

    def terms(self, vocabulary: str) -> tuple[Term, ...]:
        """Terms of a vocabulary in display order; empty when the edition has none.

        `state_terms` joins the six levels with the two states of a country without a course.
        """
        return tuple(self.content["vocabularies"].get(vocabulary, ()))

    @cached_property
    def state_terms(self) -> tuple[Term, ...]:
        """The eight states a country can have, in display order: six levels and two more."""
        return self.terms("levels") + self.terms("states")

    @cached_property
    def _labels(self) -> Mapping[str, Mapping[str, str]]:
        vocabularies = {name: self.terms(name) for name in self.content["vocabularies"]}
        vocabularies["all_states"] = self.state_terms
        return {
            name: {term["code"]: term["label"] for term in terms}
            for name, terms in vocabularies.items()
        }

    def codes(self, vocabulary: str) -> tuple[str, ...]:
        """Codes of a vocabulary in display order."""
        return tuple(term["code"] for term in self.terms(vocabulary))

    def label(self, vocabulary: str, code: str) -> str:
        """Label of a code; the code itself when the vocabulary does not have it.

        `all_states` is the vocabulary of the eight states.
        """
        return self._labels.get(vocabulary, {}).get(code, code)


@dataclass(frozen=True, eq=False)
class Tables:
    """The tables of one edition (`docs/data-dictionary.md`). Read-only: every session shares them.

    Beside the columns of the contract, `store` adds once what every measure needs:

    - `courses`: `country_iso3`, `country_name`, `centre_name`, `provider_type`,
      `country_position` (row in `countries`), `level_position` (0 = highest), `read_whole`
    - `contributions`: `country_position`
    - `audiences`, `languages`, `topics`: `course_position` (row in `courses`)
    """

    edition: str
    signature: str
    package: Package
    countries: pd.DataFrame
    centres: pd.DataFrame
    courses: pd.DataFrame
    audiences: pd.DataFrame
    languages: pd.DataFrame
    topics: pd.DataFrame
    contributions: pd.DataFrame
    issues: pd.DataFrame

    @cached_property
    def dates(self) -> tuple[str, ...]:
        """Dates (ISO 8601) for which there are personnel figures, newest first."""
        return tuple(sorted(self.contributions["as_of"].unique(), reverse=True))

    @property
    def default_date(self) -> str:
        """The edition's own date of the personnel figures; the newest when it has no figures."""
        wanted = self.package.edition.get("contributions_as_of", "")
        return wanted if wanted in self.dates else self.dates[0]

    @cached_property
    def missions(self) -> tuple[str, ...]:
        """Acronyms of the missions of all dates, by name; some dates name no mission."""
        return tuple(sorted(set(self.contributions["mission"]) - {ALL_MISSIONS}))

    @cached_property
    def years(self) -> tuple[int, int] | None:
        """First and last year that a course names; None when no course names one."""
        ends = pd.concat([self.courses["year_from"], self.courses["year_to"]]).dropna()
        return (int(ends.min()), int(ends.max())) if len(ends) else None

    def used(self, field: str) -> frozenset[str]:
        """Codes that this edition's courses have, for a field of `selection.COURSE_FILTERS`."""
        return self._used[field]

    @cached_property
    def _used(self) -> Mapping[str, frozenset[str]]:
        columns = {
            "course_types": self.courses["course_type"],
            "providers": self.courses["provider_type"],
            "audiences": self.audiences["audience"],
            "languages": self.languages["language"],
        }
        return {field: frozenset(column.unique()) for field, column in columns.items()}
