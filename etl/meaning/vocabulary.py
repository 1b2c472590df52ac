"""Meaning as data: `vocab/*.csv` says which spellings stand for which code.

Each file has the columns code, label, definition and aliases (separated by ";"); further columns
travel along as they are. Adding a spelling is a matter of editing the file, never of code.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from pathlib import Path

from rapidfuzz import fuzz, process

from etl.text import clean, fold

FOLDER = Path(str(files("etl"))) / "vocab"
SEPARATOR = ";"
# Longer text is never a spelling of one term; looking for its neighbours would only cost time.
LONGEST_TERM = 80
# How alike two spellings must be to be proposed (see `near`): "Miltary" is, "Navy" is not.
ALIKE = 0.6


def key(text: str) -> str:
    """Return the key under which two spellings of a term are the same.

    Text made of signs alone ("?", "✓", "–") has nothing to fold and is compared as it stands.
    """
    return fold(text) or clean(text)


@dataclass(frozen=True)
class Term:
    """One code with its label, definition, accepted spellings and further columns."""

    code: str
    label: str
    definition: str
    aliases: tuple[str, ...]
    extra: dict[str, str]

    @property
    def spellings(self) -> tuple[str, ...]:
        """Code, label and aliases: everything that people may write for the term."""
        return (self.code, self.label, *self.aliases)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The terms of one file, in the order of its lines (which is the order of display)."""

    name: str
    terms: tuple[Term, ...]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Every code, in order."""
        return tuple(term.code for term in self.terms)

    @cached_property
    def _by_key(self) -> dict[str, Term]:
        return {key(spelling): term for term in self.terms for spelling in term.spellings}

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        return tuple(self._by_key)

    @cached_property
    def _by_code(self) -> dict[str, Term]:
        return {term.code: term for term in self.terms}

    def code_for(self, text: str) -> str | None:
        """Return the code that `text` spells, None when no term is spelt so (never a guess)."""
        term = self._by_key.get(key(text))
        return term.code if term else None

    def term(self, code: str) -> Term:
        """Return the term of `code`; KeyError when there is none."""
        return self._by_code[code]

    def label(self, code: str) -> str:
        """Return the label of `code`; KeyError when there is none."""
        return self._by_code[code].label

    def nearest(self, text: str, n: int = 3) -> list[str]:
        """Return up to `n` labels whose spellings look like `text`: for messages only."""
        return list(self.near_spellings(text, n))

    @lru_cache(maxsize=1024)  # noqa: B019 -- vocabularies live as long as the process; a wrong value is seldom alone in its column
    def near_spellings(self, text: str, n: int = 3) -> dict[str, str]:
        """Return label -> its spelling that looks most like `text`, up to `n`: for messages only."""
        wanted = key(text)
        if len(wanted) > LONGEST_TERM:
            return {}
        # Several spellings of one term may be near, so more are fetched than labels are wanted.
        close = near(wanted, self._keys, 3 * n, ALIKE)
        terms = list({self._by_key[found].code: self._by_key[found] for found in close}.values())[
            :n
        ]

        def like(spelling: str) -> float:
            return likeness(key(spelling), wanted)

        # What people write goes before the code, where both are equally near.
        return {term.label: max((*term.spellings[1:], term.code), key=like) for term in terms}


@cache
def load(name: str) -> Vocabulary:
    """Return the vocabulary in `vocab/<name>.csv`.

    Raises FileNotFoundError when there is none, ValueError (file and line) when a code stands
    twice, a line lacks code or label, or two codes claim one spelling.
    """
    return read(FOLDER / f"{name}.csv")


def small_words(code: str) -> tuple[str, ...]:
    """Return the words of `vocab/small_words.csv` for one code ("or": or, ou, o)."""
    term = load("small_words").term(code)
    return (term.label, *term.aliases)


def read(path: Path) -> Vocabulary:
    """Return the vocabulary in the file `path`; raises as `load` does."""
    terms: list[Term] = []
    claimed: dict[str, str] = {}
    for line, row in rows(path):
        term = _term(row)
        where = f"{path.name} line {line}"
        if not term.code or not term.label:
            raise ValueError(f"{where}: a term needs a code and a label.")
        if any(term.code == earlier.code for earlier in terms):
            raise ValueError(f"{where}: the code '{term.code}' stands twice.")
        for spelling in term.spellings:
            owner = claimed.setdefault(key(spelling), term.code)
            if owner != term.code:
                claim = f"'{spelling}' is claimed by '{term.code}' and by '{owner}'."
                raise ValueError(f"{where}: {claim}")
        terms.append(term)
    return Vocabulary(path.stem, tuple(terms))


def rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each line of a CSV file with its number; ValueError when a line lacks cells."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            if None in row or None in row.values():
                where = f"{path.name} line {reader.line_num}"
                raise ValueError(f"{where}: expected {len(reader.fieldnames or ())} cells.")
            yield reader.line_num, row


def _term(row: dict[str, str]) -> Term:
    own = ("code", "label", "definition", "aliases")
    extra = {name: text for name, text in row.items() if name not in own}
    aliases = tuple(alias.strip() for alias in row["aliases"].split(SEPARATOR) if alias.strip())
    return Term(row["code"], row["label"], row["definition"], aliases, extra)


def tick_headers() -> dict[str, tuple[str, str]]:
    """Return folded header -> ("topics" or "audience", code): what ticks under the header stand for.

    Some words are both ("Police", "Staff officers"); there the topic is meant, unless the columns
    beside it say otherwise, which `etl.headers` judges. "Other" heads free text as often as ticks,
    so it heads no column of ticks.
    """
    both = {**audience_headers(), **topic_headers()}
    free_text = {fold(word) for word in small_words("other")}
    return {header: meaning for header, meaning in both.items() if header not in free_text}


def topic_headers() -> dict[str, tuple[str, str]]:
    """Return folded topic name -> ("topics", code): ticks under such a header are that topic."""
    return _headers("topics", "topics")


def audience_headers() -> dict[str, tuple[str, str]]:
    """Return folded name -> ("audience", code): ticks under such a header are that audience."""
    return _headers("audiences", "audience")


def _headers(name: str, field: str) -> dict[str, tuple[str, str]]:
    return {
        fold(spelling): (field, term.code)
        for term in load(name).terms
        for spelling in term.spellings
        if len(fold(spelling)) > 1  # one letter is too little to know a column by
    }


def near(text: str, spellings: Sequence[str], n: int, alike: float) -> list[str]:
    """Return up to `n` of `spellings` that look like `text`, the most alike first.

    `alike` is the least likeness, from 0 to 1: twice the letters in common, in order, over all
    letters of both (rapidfuzz `ratio`). A matrix can hold a hundred thousand unknown values, so
    this is compiled code: difflib took a minute where this takes a second.
    """
    found = process.extract(text, spellings, scorer=fuzz.ratio, limit=n, score_cutoff=100 * alike)
    return [spelling for spelling, _, _ in found]


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1, as `near` has it."""
    return fuzz.ratio(one, other) / 100
