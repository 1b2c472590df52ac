"""Heads of columns that name who coded: "level (coder A)", "Niveau (codeur 1)", "Level – AB".

The words are in `maps/coders.csv`: kind (coder, coded-by: words that a name stands beside; link:
words between; no-name, no-initials: what is no name; a field: what the rest of the head may say
once a coder is named), language, word. Initials alone are a coder only where two heads differ in
nothing else.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from etl.issues import Issue
from etl.matrix.headers import HEADER_ROWS, Header
from etl.matrix.synonyms import LONGEST_HEADER, Synonyms, load_synonyms
from etl.meaning.choices import level
from etl.text import fold
from etl.workbook.reader import Sheet

LEVEL = "cmcoord_level"
# What a coder writes: the level and what it rests on.
FIELDS = (LEVEL, "evidence", "evidence_type", "source_url")

_MAP = Path(str(files("etl"))) / "maps" / "coders.csv"
_WORD = re.compile(r"\w+")
_MOST_NAME_WORDS = 4
_CAPITALS = r"[A-ZÀ-Þ]\.?(?:[ -]?[A-ZÀ-Þ]\.?){0,3}"
_INITIALS_LAST = re.compile(
    rf"(?P<what>.+?)\s*(?:\((?P<a>{_CAPITALS})\)|\[(?P<b>{_CAPITALS})\]"
    rf"|[-–—:/|,]\s*(?P<c>{_CAPITALS}))"
)
_INITIALS_FIRST = re.compile(rf"(?P<a>{_CAPITALS})\s*[-–—:/|]\s+(?P<what>.+)")


@dataclass(frozen=True)
class CoderHead:
    """What a head says: the field (empty when it names nothing but a coder) and who coded it."""

    field: str
    coder: str

    @property
    def key(self) -> str:
        """The same for every spelling of one coder: "coder A", "A", "codeur A"."""
        own = [word for word in _WORD.findall(self.coder) if fold(word) not in _words("coder")]
        return fold("".join(own))


@dataclass(frozen=True)
class Heads:
    """The heads of a workbook that name a coder: by their text, or by group and text.

    under_coders: heads that say the same under each of several coders, and must be read with them.
    """

    alone: Mapping[str, CoderHead]
    grouped: Mapping[tuple[str, str], CoderHead]
    under_coders: frozenset[str] = frozenset()

    def teach(self, synonyms: Synonyms) -> Synonyms:
        """Return `synonyms` with these heads; what is known or answered already stays as it is."""
        alone = {
            text: head.field
            for text, head in self.alone.items()
            if fold(text) not in synonyms.alone
        }
        grouped = {
            (group, text): head.field
            for (group, text), head in self.grouped.items()
            if (synonyms.kind_of(group), fold(text)) not in synonyms.grouped
        }
        alone |= dict.fromkeys(self.under_coders, "")
        return synonyms.taught(alone, grouped) if alone or grouped else synonyms


def found(sheets: Iterable[Sheet], synonyms: Synonyms, beside_known: bool = True) -> Heads:
    """Return the heads in the first rows of `sheets` that name a coder.

    beside_known: whether also in a row that has a column for the level without a coder as well.
    """
    alone: dict[str, CoderHead] = {}
    grouped: dict[tuple[str, str], CoderHead] = {}
    under: set[str] = set()
    for sheet in sheets:
        above: list[str] = []
        for row in range(1, HEADER_ROWS + 1):
            texts = _texts(sheet, row)
            heads = heads_of(texts, synonyms)
            if beside_known or not any(
                synonyms.field_of(text) == LEVEL for text in texts if text not in heads
            ):
                alone |= {text: head for text, head in heads.items() if head.field}
            for group in above:
                grouped |= {
                    (group, text): head
                    for text in texts
                    if (head := _joined(group, text, synonyms))
                }
            if len(_only_coders(above, synonyms)) > 1:
                under |= {text for text in texts if synonyms.field_of(text) in FIELDS}
            above = texts
    return Heads(alone, grouped, frozenset(under))


def taught(sheets: Iterable[Sheet], synonyms: Synonyms) -> Synonyms:
    """Return `synonyms` with the heads that name a coder, where no other column is the level.

    Beside one ("UN-CMCoord content") what single coders wrote is kept aside: it is their result.
    """
    return found(sheets, synonyms, beside_known=False).teach(synonyms)


def heads_of(texts: Iterable[str], synonyms: Synonyms) -> dict[str, CoderHead]:
    """Return those of the heads of one row that name a coder: text -> what it says."""
    found = {text: head for text in texts if (head := _named(text, synonyms))}
    initials = {
        text: both for text in texts if text not in found and (both := _by_initials(text, synonyms))
    }
    for text, (head, rest) in initials.items():
        coders = {other.key for other, same in initials.values() if same == rest}
        if head.field == LEVEL and len(coders) > 1:
            found[text] = head
    coders = {head.key for head in found.values()}
    return found | {text: head for text, (head, _) in initials.items() if head.key in coders}


def coders_of(header: Header, synonyms: Synonyms) -> dict[int, CoderHead]:
    """Return column -> what its head says, for the columns of a header that name a coder."""
    heads = heads_of([column.header for column in header.columns], synonyms)
    found = {}
    for column in header.columns:
        head = heads.get(column.header)
        if head is None or not head.field:
            head = _joined(column.group, column.header, synonyms)
        if head:
            found[column.index] = head
    return found


def duplicate_issues(header: Header, synonyms: Synonyms) -> tuple[list[Issue], set[int]]:
    """Return the issue about several codings of the level, and the columns that it speaks of."""
    coders = coders_of(header, synonyms)
    pairs = [
        (column, read)
        for column, read in header.duplicates
        if column.index in coders and read.index in coders
    ]
    levels = [pair for pair in pairs if pair[1].field == LEVEL]
    if not levels:
        return [], set()
    read = levels[0][1]
    listed = [read, *(column for column, _ in levels)]
    heads = " and ".join(f"{column.letter} '{column.header}'" for column in listed)
    first, rest = levels[0][0], ", ".join(column.letter for column, _ in pairs)
    number = {2: "Two", 3: "Three"}.get(len(listed), f"{len(listed)}")
    message = (
        f"{number} codings of the level: {heads}. The first is used; {rest} "
        f"{'is' if len(pairs) == 1 else 'are'} kept aside. `python -m etl agree` compares them and "
        "writes a matrix with what was decided."
    )
    row = header.rows[-1]
    issue = Issue(
        "column-duplicate",
        message,
        header.sheet.title,
        f"{first.letter}{row}",
        LEVEL,
        first.header,
        read.header,
    )
    return [issue], {column.index for column, _ in pairs}


def _texts(sheet: Sheet, row: int) -> list[str]:
    return [
        value
        for value in sheet.rows.get(row, {}).values()
        if isinstance(value, str) and len(value) <= LONGEST_HEADER
    ]


def _joined(group: str, header: str, synonyms: Synonyms) -> CoderHead | None:
    """Return what a head says under its group when one of the two names nothing but a coder."""
    for who, what in ((header, group), (group, header)):
        head = _named(who, synonyms) if who and what else None
        if head and not head.field and (name := _meaning(_WORD.findall(what), synonyms)):
            return replace(head, field=name)
    return None


def _only_coders(texts: Iterable[str], synonyms: Synonyms) -> set[str]:
    """Return the keys of the coders that heads name without saying anything else."""
    heads = (_named(text, synonyms) for text in texts)
    return {head.key for head in heads if head and not head.field}


def _named(text: str, synonyms: Synonyms) -> CoderHead | None:
    """Return what a head with a word for a coder says; None for any other."""
    if not _mentions_coder(text):
        return None
    words = list(_WORD.finditer(text))
    best: tuple[int, CoderHead] | None = None
    for first, last, name in _names(words):
        rest = [word.group() for word in (*words[:first], *words[last:])]
        meaning = _meaning(rest, synonyms)
        if meaning is None or (not meaning and _without_links(rest)):
            continue
        length = sum(map(len, rest))
        if best is None or length > best[0]:
            best = length, CoderHead(meaning, text[name[0].start() : name[-1].end()])
    return best and best[1]


def _mentions_coder(text: str) -> bool:
    keys = [fold(word) for word in _WORD.findall(text)]
    return any(key in _words("coder") for key in keys) or any(
        pair in _words("coded-by") for pair in map("".join, pairwise(keys))
    )


def _names(words: Sequence[re.Match]) -> Iterator[tuple[int, int, Sequence[re.Match]]]:
    """Yield where a head may name a coder: first word, the one after the last, and the name."""
    keys = [fold(word.group()) for word in words]
    for place, key in enumerate(keys):
        if key in _words("coder"):
            for first in range(max(0, place - 2), place + 1):
                for last in range(place + 1, min(len(words), place + _MOST_NAME_WORDS) + 1):
                    if _is_name([*keys[first:place], *keys[place + 1 : last]]):
                        yield first, last, words[first:last]
        if "".join(keys[place : place + 2]) in _words("coded-by"):
            for last in range(place + 3, min(len(words), place + 2 + _MOST_NAME_WORDS) + 1):
                if _is_name(keys[place + 2 : last]):
                    yield place, last, words[place + 2 : last]


def _is_name(keys: Sequence[str]) -> bool:
    links, none = _words("link"), _words("no-name")
    return bool(keys) and keys[0] not in links and keys[-1] not in links and not (none & set(keys))


def _meaning(words: Sequence[str], synonyms: Synonyms) -> str | None:
    """Return the field that the rest of a head means, "" when there is no rest, None if unknown."""
    words = _without_links(words)
    if not words:
        return ""
    text = " ".join(words)
    name = _fields().get(fold(text)) or synonyms.field_of(text)
    return name if name in FIELDS else None


def _without_links(words: Sequence[str]) -> Sequence[str]:
    links, first, last = _words("link"), 0, len(words)
    while first < last and fold(words[first]) in links:
        first += 1
    while last > first and fold(words[last - 1]) in links:
        last -= 1
    return words[first:last]


def _by_initials(text: str, synonyms: Synonyms) -> tuple[CoderHead, str] | None:
    """Return what a head with initials would say, and the key of the rest of it."""
    match = _INITIALS_LAST.fullmatch(text) or _INITIALS_FIRST.fullmatch(text)
    if match is None or load_synonyms().field_of(text):  # "CMCoord-ONU"
        return None
    parts = match.groupdict()
    coder = next(parts[name] for name in "abc" if parts.get(name))
    # "UN-CMCoord (M)" may be a column of ticks for modules, "(EN)" says in which language.
    if fold(coder) in _words("no-initials") or not level(coder).code:
        return None
    meaning = _meaning(_WORD.findall(parts["what"]), synonyms)
    return (CoderHead(meaning, coder), fold(parts["what"])) if meaning else None


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(fold(line["word"]) for line in _lines() if line["kind"] == kind)


@cache
def _fields() -> Mapping[str, str]:
    return {fold(line["word"]): line["kind"] for line in _lines() if line["kind"] in FIELDS}


@cache
def _lines() -> tuple[dict[str, str], ...]:
    with _MAP.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
