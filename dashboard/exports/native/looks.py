"""Names and looks of the series of a chart and of the cells of a table, by what they mean."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from dashboard.charts.forms.personnel_by_date import OTHER_TYPE, TYPE_STYLES
from dashboard.charts.marks.look import (
    BLUE,
    DARK_BLUE,
    GREY,
    INK,
    MARK_STYLES,
    PALE_BLUE,
    PAPER,
    STATE_STYLES,
    UNKNOWN_STATES,
    Style,
    mark_key,
)
from dashboard.edition.selection import NO_MATCH, Selection, state_labels
from dashboard.edition.tables import Package, Tables
from dashboard.exports.native.form import Series

NEUTRAL_GREY = "#808080"


def solid(fill: str, text: str = PAPER, outline: str = PAPER) -> Style:
    """A look without a meaning of its own, or with one that only one figure has."""
    return Style(fill, outline, False, "", False, text, "")


PLAIN = solid(PAPER, INK, GREY)
QUIET = solid(GREY)
CHOSEN, OTHER_CHOICE = solid(DARK_BLUE), solid(NEUTRAL_GREY)
MIDDLE_MOVE, LARGEST_MOVE = solid(BLUE), solid(PALE_BLUE, INK, GREY)
# From what is documented to what is ruled out: the open part lies between the two bounds.
STACK_ORDER = ("covered", "partial", *UNKNOWN_STATES, "unknown", "gap")
_LETTERS = {style.letter: state for state, style in STATE_STYLES.items()}


class Looks:
    """The words of one edition under one selection, as the tables of its figures use them."""

    def __init__(self, tables: Tables, selection: Selection) -> None:
        package = tables.package
        self._states = state_labels(selection, package)
        self._classes = _labels(package, "classes")
        self._types = _labels(package, "personnel_types")
        self.levels = package.codes("levels")
        said = {"no-course": NO_MATCH} | _labels(package, "states") | _labels(package, "levels")
        self._codes = {label: code for code, label in (said | self._classes).items()}
        self._codes[NO_MATCH] = "no-course"

    def code(self, label: str) -> str:
        """The class, level or state that a label stands for; the label when none has it."""
        return self._codes.get(label, label)

    def mark(self, key: str) -> tuple[str, Style]:
        """What a key of MARK_STYLES is called in a legend, and how it is drawn."""
        style = MARK_STYLES.get(key, PLAIN)
        if key not in UNKNOWN_STATES:
            return self._classes.get(key, key), style
        unknown = self._classes.get("unknown", "Unknown").lower()
        return f"{style.letter}  {self._states.get(key, key)} ({unknown})", style

    def state(self, code: str) -> tuple[str, Style]:
        """The same for one of the eight states, with its letter."""
        style = STATE_STYLES.get(code, PLAIN)
        return f"{style.letter}  {self._states.get(code, code)}".strip(), style

    def of_type(self, code: str) -> tuple[str, Style]:
        """The same for a type of personnel."""
        return self._types.get(code, code), TYPE_STYLES.get(code, OTHER_TYPE)

    @property
    def types(self) -> tuple[str, ...]:
        """Codes of the types of personnel, in order."""
        return tuple(self._types)

    def keys(self, table: pd.DataFrame) -> list[str]:
        """The key into MARK_STYLES of every row of a table that has a class, in codes or words."""
        classes, states = self._class_codes(table), self._state_codes(table)
        return [mark_key(*pair) for pair in zip(classes, states, strict=True)]

    def letters(self, table: pd.DataFrame) -> tuple[tuple[str, None], ...]:
        """What the letters of `state_letter` mean, those that occur, in vocabulary order.

        Without their looks: they stand beside names, and what is drawn has the look of a class.
        """
        used = {_LETTERS.get(letter, "") for letter in table["state_letter"]}
        return tuple((self.state(code)[0], None) for code in STATE_STYLES if code in used)

    def _class_codes(self, table: pd.DataFrame) -> list[str]:
        if "country_class" in table:
            return list(table["country_class"])
        return [self.code(label) for label in table["class_label"]]

    def _state_codes(self, table: pd.DataFrame) -> list[str]:
        if "state" in table:
            return list(table["state"])
        return [_LETTERS.get(letter, "") for letter in table["state_letter"]]

    def marks(
        self,
        keys: Sequence[str],
        amounts: Iterable[float],
        order: Sequence[str] = tuple(MARK_STYLES),
    ) -> tuple[Series, ...]:
        """One series a mark that occurs, each with the amounts of its own rows only."""
        pairs = list(zip(keys, amounts, strict=True))
        return tuple(
            Series(*self.mark(key), tuple(n if own == key else None for own, n in pairs))
            for key in sorted(set(keys), key=lambda key: _place(key, order))
        )


def _labels(package: Package, vocabulary: str) -> Mapping[str, str]:
    return {term["code"]: term["label"] for term in package.terms(vocabulary)}


def _place(key: str, order: Sequence[str]) -> tuple[int, str]:
    return (order.index(key) if key in order else len(order), key)


def some(number: float) -> float | None:
    """A part of a stack or a bar; none at all is no part, so that no label says 0."""
    return None if pd.isna(number) or not number else int(number)
