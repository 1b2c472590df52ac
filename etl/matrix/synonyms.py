"""How people head their columns, in English, French and Spanish: `maps/columns.csv`.

Its columns are field, language, group and header. A header that says too little alone ("Name",
"Source") has a `group`: what must stand above it, several separated by ";". The first header of a
field without a group is its name in messages.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

from etl.text import fold

# Longer text is a title or an explanation above the table.
LONGEST_HEADER = 120
# The first words of a group say what it is about.
_GROUP_WORDS = 8

_MAP = Path(str(files("etl"))) / "maps" / "columns.csv"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Synonyms:
    """How people head their columns: folded header -> field, alone or under a group."""

    alone: Mapping[str, str]  # "" = a person answered that the column is left out
    grouped: Mapping[tuple[str, str], str]  # (kind of group, folded header) -> field
    groups: Mapping[str, str]  # folded text of a group -> kind of group
    names: Mapping[str, str]  # field -> its name in messages
    _beginnings: frozenset[str] = field(repr=False)  # of the headers known alone, letter by letter
    general: frozenset[str] = field(repr=False)  # headers that a group makes specific

    def field_of(self, header: str, group: str = "") -> str | None:
        """Return the field that `header` means, under `group` if there is one; None if unknown.

        A header that is not known whole is known when it can be cut between words into pieces
        that all mean one field: "Country / Pays", "Course title (Titre du cours)".
        """
        if len(header) > LONGEST_HEADER:
            return None
        key = fold(header)
        if group and key in self.general:
            name = self.grouped.get((self.kind_of(group), key))
            if name is not None:
                return name or None
        if key in self.alone:
            return self.alone[key] or None
        return self._in_pieces(header)

    def taught(
        self, alone: Mapping[str, str], grouped: Mapping[tuple[str, str], str]
    ) -> "Synonyms":
        """Return these synonyms with what a person answered, which goes before what they say.

        alone: header -> field; grouped: (group, header) -> field; "" as field leaves a column out.
        """
        under = {
            (self.kind_of(group), fold(header)): name for (group, header), name in grouped.items()
        }
        both = {**self.alone, **{fold(header): name for header, name in alone.items()}}
        return _synonyms(both, {**self.grouped, **under}, self.groups, self.names)

    def kind_of(self, group: str) -> str:
        """Return what a group is about: a field, or its own folded text when nobody knows it.

        The longest known header in it decides: "Training centre details" is about the centre.
        """
        key = fold(group[:LONGEST_HEADER])
        known = self.groups.get(key) or self.alone.get(key)
        if known:
            return known
        words = [fold(word) for word in _WORD.findall(group[:LONGEST_HEADER])][:_GROUP_WORDS]
        runs = (
            "".join(words[first:end])
            for first in range(len(words))
            for end in range(first + 1, len(words) + 1)
        )
        longest = max((run for run in runs if self.alone.get(run)), key=len, default="")
        return self.alone.get(longest, key)

    def _in_pieces(self, header: str) -> str | None:
        words = _WORD.findall(header)
        if words and words[0].isdecimal() and len(words[0]) < 3:
            words = words[1:]  # "1. Country"
        # For each number of words from the left: the fields that these words may be pieces of.
        means: list[set[str]] = [set() for _ in range(len(words) + 1)]
        for start in range(len(words)):
            if start and not means[start]:
                continue
            piece = ""
            for end in range(start, len(words)):
                piece += fold(words[end])
                if piece not in self._beginnings:
                    break
                name = self.alone.get(piece)
                if name and (start == 0 or name in means[start]):
                    means[end + 1].add(name)
        return next(iter(means[-1])) if words and len(means[-1]) == 1 else None


@cache
def load_synonyms(path: Path = _MAP) -> Synonyms:
    """Return the synonyms in `path` (columns field, language, group, header).

    Raises ValueError naming the line when one header would mean two fields.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        lines = [(reader.line_num, line) for line in reader]
    alone: dict[str, str] = {}
    grouped: dict[tuple[str, str], str] = {}
    names: dict[str, str] = {}
    for number, line in lines:
        if not line["group"]:
            names.setdefault(line["field"], line["header"])
            _claim(alone, fold(line["header"]), line["field"], f"{path.name} line {number}")
    groups = _group_kinds([line["group"].split(";") for _, line in lines], alone)
    for number, line in lines:
        for group in filter(None, line["group"].split(";")):
            key = (groups[fold(group)], fold(line["header"]))
            _claim(grouped, key, line["field"], f"{path.name} line {number}")
    return _synonyms(alone, grouped, groups, names)


def _synonyms(
    alone: Mapping[str, str],
    grouped: Mapping[tuple[str, str], str],
    groups: Mapping[str, str],
    names: Mapping[str, str],
) -> Synonyms:
    beginnings = frozenset(key[:end] for key in alone for end in range(1, len(key) + 1))
    general = frozenset(header for _, header in grouped)
    return Synonyms(alone, grouped, groups, names, beginnings, general)


def _group_kinds(lists: list[list[str]], alone: Mapping[str, str]) -> dict[str, str]:
    """Return folded group -> kind; those listed together are of the kind of the first."""
    kinds = {}
    for group, *others in lists:
        kind = alone.get(fold(group), fold(group))
        kinds.update({fold(name): kind for name in (group, *others) if fold(name)})
    return kinds


def _claim(claimed: dict, key: object, name: str, where: str) -> None:
    owner = claimed.setdefault(key, name)
    if owner != name:
        raise ValueError(f"{where}: the header means '{owner}' already, it cannot mean '{name}'.")
