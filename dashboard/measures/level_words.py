"""The words that suggest a level, from `level_words.csv`, and where they stand in texts.

The file is for people to edit. `means`: un-cmcoord, cimic or related; not-after and not-before: the
words around do not count. `kind`: word, or topic (a code of the vocabulary of topics). Then the
word, its language and a note. Case, accents, hyphens and punctuation do not matter; words are
matched whole; a star at the end stands for any ending.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd

from dashboard.edition.tables import Tables
from dashboard.measures.courses import receipts

PLACE = Path(str(files("dashboard"))) / "measures" / "level_words.csv"
# Highest first, as the levels that they suggest.
MEANINGS = ("un-cmcoord", "cimic", "related")
NOT_AFTER, NOT_BEFORE = "not-after", "not-before"
# How many words a negation takes back: "no humanitarian or civil-military content".
REACH = 4
LONGEST_REACH = 120  # characters that so many words may have
_CLAUSE_END = re.compile(r"[.;:()!?|]|, (?:but|mais|pero) ")
_NO_WORD = re.compile(r"[^a-z0-9|\n]+")


@cache
def listed() -> tuple[dict[str, str], ...]:
    """The rows of the list. Raises ValueError for a meaning or kind that is not known."""
    with PLACE.open(encoding="utf-8", newline="") as file:
        rows = tuple(csv.DictReader(file))
    for row in rows:
        known = row["means"] in (*MEANINGS, NOT_AFTER, NOT_BEFORE)
        if not known or row["kind"] not in ("word", "topic"):
            raise ValueError(f"{PLACE.name}: {row} has no known meaning or kind")
    return rows


def topic_meanings() -> dict[str, str]:
    """Topic code -> what it means."""
    return {row["word"]: row["means"] for row in listed() if row["kind"] == "topic"}


def find(texts: Sequence[str]) -> pd.DataFrame:
    """Every word of the list that counts in each text, in the order of the texts.

    Columns: text (its position in `texts`), meaning, word (as the list writes it). A negation
    reaches no further than its clause.
    """
    # One long text is read many times faster than thousands of short ones.
    whole = _levelled("\n".join(text.replace("\n", " ") for text in texts))
    pattern, words = _pattern()
    negated = np.zeros(len(whole) + 1, dtype=bool)
    for start, end in _negated(whole):
        negated[start:end] = True
    starts = np.array([0, *(end.end() for end in re.finditer("\n", whole))])
    found = [(m.start(), *words[m.lastgroup or ""]) for m in pattern.finditer(whole)]
    frame = pd.DataFrame(found, columns=["start", "meaning", "word"])
    frame = frame[~negated[frame["start"].to_numpy(dtype="int64")]]
    frame.insert(0, "text", np.searchsorted(starts, frame["start"], side="right") - 1)
    return frame.drop(columns="start").reset_index(drop=True)


def _levelled(text: str) -> str:
    """Lower case, no accents, single spaces between words, `|` where a clause ends."""
    bare = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return _NO_WORD.sub(" ", _CLAUSE_END.sub(" | ", bare))


def _negated(whole: str) -> Iterator[tuple[int, int]]:
    """Spans that a negation takes back."""
    for match in _negations(NOT_AFTER, rf"(?=((?: [a-z0-9]+){{1,{REACH}}}))").finditer(whole):
        yield match.span(1)
    for match in _negations(NOT_BEFORE).finditer(whole):
        before = whole[max(0, match.start() - LONGEST_REACH) : match.start()]
        clause = re.split(r"[|\n]", before)[-1].rstrip()
        words = clause.rsplit(" ", REACH)[-REACH:]
        yield match.start() - len(" ".join(words)) - 1, match.start()


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """One expression of all words, highest meaning and longest word first, and what each is."""
    rows = [row for row in listed() if row["kind"] == "word" and row["means"] in MEANINGS]
    rows.sort(key=lambda row: (MEANINGS.index(row["means"]), -len(row["word"])))
    words = {f"w{n}": (row["means"], row["word"]) for n, row in enumerate(rows)}
    parts = [f"(?P<{name}>{_expression(word)})" for name, (_, word) in words.items()]
    return re.compile(rf"\b(?:{'|'.join(parts)})\b"), words


@cache
def _negations(meaning: str, reach: str = "") -> re.Pattern[str]:
    words = [_expression(row["word"]) for row in listed() if row["means"] == meaning]
    return re.compile(rf"\b(?:{'|'.join(words)})\b{reach}")


def _expression(word: str) -> str:
    ending = "[a-z0-9]*" if word.endswith("*") else ""
    return re.escape(_levelled(word).strip()).replace(r"\ ", " ") + ending


EACH = 2


def level_examples(tables: Tables, each: int = EACH) -> dict[str, pd.DataFrame]:
    """Level code -> the rows of `each` courses (`measures.courses.RECEIPT_COLUMNS`).

    Always the same: courses with words of evidence before those without, read whole before seen in
    part, then by country and title, from different countries as far as there are.
    """
    courses = tables.courses
    order = pd.DataFrame(
        {
            "wordless": courses["evidence"] == "",
            "in_part": ~courses["read_whole"],
            "country": courses["country_name"],
            "title": courses["course_title"],
            "id": courses["course_id"],
            "level": courses["cmcoord_level"],
        }
    )
    order = order.sort_values(list(order.columns))
    order["again"] = order.groupby(["level", "country"]).cumcount()
    order = order.sort_values(["again", "wordless", "in_part", "country", "title", "id"])
    examples = {}
    for level in tables.package.codes("levels"):
        ids = list(order.loc[order["level"] == level, "id"][:each])
        rows = receipts(tables, courses["course_id"].isin(ids).to_numpy())
        examples[level] = rows.set_index("course_id").loc[ids].reset_index()
    return examples
