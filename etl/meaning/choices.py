"""Cells whose words stand for codes: levels, audiences, languages, topics, the other vocabularies.

Shared rules: a spelling is known or it is not, nothing is guessed; an empty cell or a word that
says nothing ("n/a", "sans objet") is empty without an issue; a question mark beside a word is
doubt, so the word does not count; of several parts the known are kept, the others reported.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import cache, lru_cache, partial

from etl.meaning.finding import REMEMBERED, Finding, lines_of, not_read, text_of, unknown
from etl.meaning.lists import parts
from etl.meaning.vocabulary import Vocabulary, key, load
from etl.text import fold
from etl.workbook.cells import CellValue, ExcelDate, ExcelError

NOT_DOCUMENTED = "not-documented"
_TICK = "tick"
_LISTED = re.compile(r"[;,+&|]")
_LEFT_EMPTY = "the field is left empty"
# Abbreviations are listed without a separator ("EN FR", "Mil-Pol"), words not ("Military police").
_ABBREVIATION = 3
_BETWEEN_ABBREVIATIONS = re.compile(r"[\s–—-]+")
# "unrecognised" has the letters of "UN recognised" and means the opposite.
_NEGATED = re.compile(r"un[a-z]", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?\d+[.,]?\d*")


def is_blank(text: str) -> bool:
    """Whether the text says nothing: empty, a mark ("?"), or words such as "not specified"."""
    if not text or text.casefold() in _blank_signs():
        return True
    return load("blanks").code_for(text) is not None


def names_nothing(text: str) -> bool:
    """Whether the text in a column of names says that there is nothing to name.

    Blank, or words such as "None identified" and "Aucun centre" (`vocab/no_centre.csv`).
    """
    return is_blank(text) or load("no_centre").code_for(text) is not None


@cache
def _blank_signs() -> frozenset[str]:
    """Abbreviations that are compared sign by sign: "s/i" is sin información, "sí" is yes."""
    return frozenset(alias for term in load("blank_signs").terms for alias in term.aliases)


@lru_cache(maxsize=REMEMBERED, typed=True)
def level(value: CellValue) -> Finding[str]:
    """Return the UN-CMCoord level of a course; what is blank or unknown is `not-documented`.

    A tick or "yes" alone is `module`, "no" and 0 are `none-found`. Of several words ("CIMIC + IHL")
    the highest level counts, but only when every one is a known level that documents something
    ("Yes/No" and "Module (2 hours)" are left to a person).
    """
    if isinstance(value, (ExcelDate, ExcelError)):
        how = "Write one of the levels of etl/vocab/levels.csv."
        return not_read(value, NOT_DOCUMENTED, "a level", how)
    vocabulary = load("levels")
    text = text_of(value)
    if _says_nothing(text, vocabulary):
        return Finding(NOT_DOCUMENTED)
    # "Module; CIMIC" lists two levels, "Module CIMIC" is one: what is listed goes first.
    code = _highest(_level_of(part) for part in _LISTED.split(text)) or _level_of(text)
    # A line break may list as well as wrap, so the whole is tried before the lines.
    code = code or _highest(part_code for _, part_code in parts(lines_of(value), _level_of))
    if code is None:
        return unknown([text], vocabulary, NOT_DOCUMENTED, "the level counts as not documented")
    return Finding("module" if code == _TICK else code)


def _highest(found: Iterable[str | None]) -> str | None:
    """Return the highest of several levels; None when one is unknown or says nothing."""
    codes = set(found)
    if len(codes) > 1 and codes & {None, "none-found", NOT_DOCUMENTED}:
        return None
    levels = codes - {_TICK} or {_TICK}  # "Yes (IHL)": the word says what the yes means
    known = [code for code in levels if code is not None]
    return min(known, key=[*load("levels").codes, _TICK].index, default=None)


def _level_of(text: str) -> str | None:
    return _known(load("levels"), text) or (_TICK if _known(load("ticks"), text) else None)


def _known(vocabulary: Vocabulary, text: str) -> str | None:
    """Return the code of `text`; None when it is unknown, doubted or blank."""
    return None if _folds_to_another(text) else vocabulary.code_for(text)


def _folds_to_another(text: str) -> bool:
    """Whether the signs in `text` make it something else than its letters say."""
    if ("?" in text and fold(text)) or text.casefold() in _blank_signs():
        return True
    # Folding would make 1 of -1 and 05 of 0.5.
    return _NUMBER.fullmatch(text) is not None and not text.isdecimal()


def _says_nothing(text: str, vocabulary: Vocabulary) -> bool:
    """Whether `text` is blank as a value of `vocabulary`, whose own words go first.

    A word may say nothing in one column and something in another: "None" is a level.
    """
    if text.casefold() in _blank_signs():
        return True
    return is_blank(text) and vocabulary.code_for(text) is None


def _choice(name: str, value: CellValue) -> Finding[str]:
    vocabulary = load(name)
    if isinstance(value, (ExcelDate, ExcelError)):
        return not_read(value, "", "a word", f"Write one of the words of etl/vocab/{name}.csv.")
    text = text_of(value)
    if _says_nothing(text, vocabulary):
        return Finding("")
    code = _known(vocabulary, text)
    return Finding(code) if code else unknown([text], vocabulary, "", _LEFT_EMPTY)


def evidence_type(value: CellValue) -> Finding[str]:
    """Return the kind of evidence, empty when the cell does not say."""
    return _choice("evidence_types", value)


def course_type(value: CellValue) -> Finding[str]:
    """Return the type of course, empty when the cell does not say."""
    return _choice("course_types", value)


def provider_type(value: CellValue) -> Finding[str]:
    """Return the kind of provider, empty when the cell does not say."""
    return _choice("provider_types", value)


def operator(value: CellValue) -> Finding[str]:
    """Return who runs the centre, empty when the cell does not say."""
    return _choice("operators", value)


def scope(value: CellValue) -> Finding[str]:
    """Return whom the centre trains, empty when the cell does not say."""
    return _choice("scopes", value)


def _choices(name: str, value: CellValue, groups: str = "") -> Finding[tuple[str, ...]]:
    """Read a list of terms; `groups` names a vocabulary whose terms stand for several codes."""
    vocabulary = load(name)
    if isinstance(value, (ExcelDate, ExcelError)):
        how = f"Write words of etl/vocab/{name}.csv, separated by semicolons."
        return not_read(value, (), "a list of words", how)
    meanings = _meanings(name, groups)

    def codes_of(text: str) -> tuple[str, ...] | None:
        codes = meanings.get(key(text))
        if codes is None or _folds_to_another(text):
            return () if is_blank(text) else None
        return codes

    if _says_nothing(text_of(value), vocabulary):
        return Finding(())
    found: set[str] = set()
    strangers: list[str] = []
    for part, codes in parts(lines_of(value), codes_of, partial(_opens, name, groups)):
        codes = _abbreviations(part, codes_of) if codes is None else codes
        found.update(codes or ())
        if codes is None:
            strangers.append(part)
    used = tuple(code for code in vocabulary.codes if code in found)
    if strangers:
        left = "the other parts are used" if used else _LEFT_EMPTY
        return unknown(strangers, vocabulary, used, left)
    return Finding(used)


@cache
def _meanings(name: str, groups: str) -> dict[str, tuple[str, ...]]:
    """Return key -> codes: none for a blank, several for a group; the vocabulary's own go first."""
    codes: dict[str, tuple[str, ...]] = {}
    for source in filter(None, ("blanks", groups, name)):
        for term in load(source).terms:
            several = {"blanks": (), name: (term.code,)}.get(source)
            meant = tuple(term.extra[name].split(";")) if several is None else several
            codes.update((key(spelling), meant) for spelling in term.spellings)
    return codes


@cache
def _sorted_keys(name: str, groups: str) -> list[str]:
    return sorted(_meanings(name, groups))


def _opens(name: str, groups: str, piece: str) -> bool:
    """Whether a known spelling begins with `piece`; a cell can hold thousands of pieces."""
    beginning = fold(piece)
    keys = _sorted_keys(name, groups)
    position = bisect_left(keys, beginning)
    return position < len(keys) and keys[position].startswith(beginning)


def _abbreviations(
    text: str, codes_of: Callable[[str], tuple[str, ...] | None]
) -> tuple[str, ...] | None:
    words = _BETWEEN_ABBREVIATIONS.split(text)
    if len(words) < 2 or any(len(word) > _ABBREVIATION for word in words):
        return None
    codes: list[str] = []
    for word in words:
        several = codes_of(word)
        if several is None:
            return None
        codes += several
    return tuple(codes)


@lru_cache(maxsize=REMEMBERED, typed=True)
def audiences(value: CellValue) -> Finding[tuple[str, ...]]:
    """Return who is trained (military, police, civilian); "all" and "mixed" are the three."""
    return _choices("audiences", value, groups="audience_groups")


@lru_cache(maxsize=REMEMBERED, typed=True)
def languages(value: CellValue) -> Finding[tuple[str, ...]]:
    """Return the languages of instruction as ISO 639-1 codes."""
    return _choices("languages", value)


@lru_cache(maxsize=REMEMBERED, typed=True)
def topics(value: CellValue) -> Finding[tuple[str, ...]]:
    """Return the topics of the course."""
    return _choices("topics", value)


def recognised(value: CellValue) -> Finding[bool | None]:
    """Return whether the UN recognises the training; None when the cell does not say."""
    if isinstance(value, (ExcelDate, ExcelError)):
        return not_read(value, None, "yes or no", "Write yes or no.")
    vocabulary = load("recognition")
    text = text_of(value)
    if _says_nothing(text, vocabulary):
        return Finding(None)
    code = None if _NEGATED.match(text) else _known(vocabulary, text)
    if code:
        return Finding(code == "yes")
    if _known(load("ticks"), text):
        return Finding(True)
    return unknown([text], vocabulary, None, _LEFT_EMPTY)


def ticked(value: CellValue) -> Finding[bool]:
    """Return whether a cell in a column of ticks is ticked; "no", 0 and blanks are not."""
    text = text_of(value)
    if _known(load("ticks"), text):
        return Finding(True)
    is_text = not isinstance(value, ExcelError)  # "#N/A" has the letters of "n/a"
    if is_text and (is_blank(text) or _known(load("recognition"), text) == "no"):
        return Finding(False)
    return not_read(value, False, "a tick", "Write x, or leave the cell empty.")
