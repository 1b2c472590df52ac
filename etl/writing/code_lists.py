"""What may be chosen in each coded column of a matrix, in words that are read back to their code."""

from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any

from etl.meaning import countries, vocabulary
from etl.text import fold
from etl.writing import words

SEPARATOR = "; "
# Fields whose cells hold words of a vocabulary, in the order in which a sheet of codes explains
# them; where a cell may hold several words, a person may also type what the list does not offer.
VOCABULARIES = {
    "cmcoord_level": "levels",
    "evidence_type": "evidence_types",
    "topics": "topics",
    "course_type": "course_types",
    "audience": "audiences",
    "un_recognised": "recognition",
    "operator": "operators",
    "provider_type": "provider_types",
    "scope": "scopes",
    "language": "languages",
}
FIELDS = (*VOCABULARIES, "country")
OPEN = frozenset({"topics", "language"})
_RECOGNISED = {True: "yes", False: "no"}
# "ISO 639-1 code of the language", a hundred times over, explains nothing.
_UNEXPLAINED = "language"


@dataclass(frozen=True)
class Entry:
    """One line of a list: the word to write, the code (or codes) it stands for, what it means."""

    word: str
    code: str
    meaning: str = ""


@cache
def entries(field: str, language: str) -> tuple[Entry, ...]:
    """Return what may be chosen for `field`; KeyError when it is no coded field.

    Audiences also come together, because a list takes one choice; countries are sorted by name.
    """
    if field == "country":
        return _countries(language)
    name = VOCABULARIES[field]
    listed = [
        Entry(
            words.word(name, code, language),
            code,
            "" if field == _UNEXPLAINED else words.meaning(name, code, language),
        )
        for code in vocabulary.load(name).codes
    ]
    if field == "audience":
        listed += _together(listed)
    return tuple(listed)


def in_words(field: str, value: Any, language: str) -> Any:
    """Return an interpreted value of a coded field in words; what is not coded comes unchanged.

    value: a code, a tuple of codes, a yes or no, an ISO 3166-1 code for the country. Raises
    KeyError for a code that there is not.
    """
    if value is None or value in ("", ()):
        return ""
    if field == "country":
        return _country(value, language)
    if field not in VOCABULARIES:
        return value
    codes = value if isinstance(value, tuple) else (_RECOGNISED.get(value, value),)
    return SEPARATOR.join(words.word(VOCABULARIES[field], code, language) for code in codes)


def _together(listed: list[Entry]) -> list[Entry]:
    return [
        Entry(
            *(
                SEPARATOR.join(part)
                for part in zip(*((one.word, one.code) for one in several), strict=True)
            )
        )
        for count in range(2, len(listed) + 1)
        for several in combinations(listed, count)
    ]


def _countries(language: str) -> tuple[Entry, ...]:
    named = [Entry(_country(iso3, language), iso3) for iso3 in countries.all_iso3()]
    return tuple(sorted(named, key=lambda entry: fold(entry.word)))


def _country(iso3: str, language: str) -> str:
    reference = countries.reference(iso3)
    return {"en": reference.name, "fr": reference.name_fr, "es": reference.name_es}[language]
