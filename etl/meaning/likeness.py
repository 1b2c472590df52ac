"""Which known spellings look like an unknown one: proposals for messages, never a reading."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process


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
