"""Cells that hold several things: where to cut, so that no known term is cut in two."""

import re
from collections.abc import Callable
from typing import TypeVar

from etl.meaning.vocabulary import small_words
from etl.text import fold

T = TypeVar("T")

_SIGNS = r";,:/\\+&|•·()\[\]\n"
# The words between things, and those that have a sign within ("and/or").
_WORDS, _JOINED = (
    "|".join(re.escape(word) for code in codes for word in small_words(code))
    for codes in (("and", "or"), ("and-or",))
)
# A sign (and a word after it: "Mali, and Niger"), a word between spaces, or a dash between spaces.
SEPARATOR = re.compile(
    rf"\s+(?:{_JOINED})\s+|\s*[{_SIGNS}][\s{_SIGNS}]*(?:(?:{_WORDS})\s+)?"
    rf"|\s+(?:{_WORDS})\s+|\s+[-–—]\s+",
    re.IGNORECASE,
)
# The longest terms have three separators inside ("monitoring, mentoring, advising and reform").
_LONGEST_JOIN = 4
_FEW_LETTERS = 3


def parts(
    text: str,
    known: Callable[[str], T | None],
    opens: Callable[[str], bool] = lambda piece: True,
) -> list[tuple[str, T | None]]:
    """Cut `text` at separators into (part, what `known` says of it); None for an unknown part.

    The longest known term wins: "Bosnia and Herzegovina / Croatia" has two parts, not three.
    Longer terms are looked for only where `opens` says that a piece may be the beginning of one.
    """
    cuts = [match.span() for match in SEPARATOR.finditer(text)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    found: list[tuple[str, T | None]] = []
    first = 0
    while first < len(starts):
        if opens(text[starts[first] : ends[first]]):
            last, value = _longest(text, starts, ends, first, known)
        else:
            last, value = first, known(text[starts[first] : ends[first]])
        part = text[starts[first] : ends[last]].strip()
        if part:
            found.append((part, value))
        first = last + 1
    return found


def _longest(
    text: str, starts: list[int], ends: list[int], first: int, known: Callable[[str], T | None]
) -> tuple[int, T | None]:
    """Return the last piece of the longest known term from piece `first` on, and its value.

    A few letters that only the cut keeps apart are no term: "E/T" is not "ET", Estonian.
    """
    for last in range(min(first + _LONGEST_JOIN, len(starts)) - 1, first, -1):
        joined = text[starts[first] : ends[last]]
        value = known(joined) if len(fold(joined)) > _FEW_LETTERS else None
        if value is not None:
            return last, value
    return first, known(text[starts[first] : ends[first]])


def enumerate_words(words: list[str], end: str = "or") -> str:
    """Return "a", "a or b", "a, b or c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {end} {words[-1]}"
