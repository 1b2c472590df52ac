"""Figures that are stacks: one bar a row, in parts by class, level, type or what is documented."""

from collections.abc import Callable, Mapping

import pandas as pd

from dashboard.charts.forms.named_bars import CONTENT, NOT_RECORDED, OTHER_COURSES, REST_STYLE
from dashboard.charts.marks.look import Style
from dashboard.edition.wording import count, long_date
from dashboard.exports.native.form import Native, Series
from dashboard.exports.native.looks import STACK_ORDER, Looks, some
from dashboard.figures.figure import Figure
from dashboard.figures.functions import LABELS as TOPIC_LABELS
from dashboard.figures.indicator_words import CONTENT as CONTENT_WORDS
from dashboard.figures.indicators import WITH, WITHOUT
from dashboard.measures.languages import NOT_RECORDED as NO_LANGUAGE
from dashboard.measures.languages import WITHOUT_COURSE

PERSONS, COURSES, COUNTRIES = "persons", "courses", "countries"
TOPIC_OPEN = "Left open: no course that was read whole rules it out"


def languages(figure: Figure, looks: Looks) -> Native:
    """Persons by working language and mark; what is not known of a language stands last."""
    table = figure.table.assign(mark=looks.keys(figure.table))
    sums = table.groupby(["language_code", "mark"])["persons"].sum()
    totals = table.groupby("language_code")["persons"].sum()
    labels = dict(zip(table["language_code"], table["language_label"], strict=True))
    last = (NO_LANGUAGE, *WITHOUT_COURSE)
    codes = sorted(labels, key=lambda code: (code in last, -totals[code], labels[code]))
    marks = sorted(set(table["mark"]), key=_order(STACK_ORDER))
    series = tuple(
        Series(*looks.mark(mark), tuple(some(sums.get((code, mark), 0)) for code in codes))
        for mark in marks
    )
    return Native(
        "stacked",
        PERSONS,
        tuple(labels[code] for code in codes),
        series,
        kept=sum(code in last for code in codes),
    )


def _order(order: tuple[str, ...]) -> Callable[[str], tuple[int, str]]:
    return lambda key: (order.index(key) if key in order else len(order), key)


def language_courses(figure: Figure, looks: Looks) -> Native:
    """Courses by language and level."""
    series = _wide(figure.table, {level: looks.state(level) for level in looks.levels})
    return Native(
        "stacked",
        COURSES,
        tuple(figure.table["language_label"]),
        series,
        kept=int((figure.table["language_code"] == NO_LANGUAGE).sum()),
    )


def _wide(table: pd.DataFrame, columns: Mapping[str, tuple[str, Style]]) -> tuple[Series, ...]:
    """One series a column that is not empty; `columns`: column -> name and style."""
    return tuple(
        Series(*look, tuple(some(n) for n in table[column]))
        for column, look in columns.items()
        if (table[column].fillna(0) > 0).any()
    )


def topics(figure: Figure, looks: Looks) -> Native:
    """Personnel by what is documented of a topic: documented, left open, or ruled out.

    The table has the two ends; what lies between them is one part.
    """
    table = figure.table
    rest = table["all_persons"] - table["persons"] - table["persons_gap"]
    looked = {key: looks.mark(key)[1] for key in ("covered", "unknown", "gap")}
    amounts = (
        (TOPIC_LABELS["covered"], looked["covered"], table["persons"]),
        (TOPIC_OPEN, looked["unknown"], rest),
        (TOPIC_LABELS["gap"], looked["gap"], table["persons_gap"]),
    )
    series = tuple(Series(name, style, tuple(some(n) for n in ns)) for name, style, ns in amounts)
    has_topics = (table["topic"] != "").all()
    names = tuple(
        f"{row.function_label}: {row.label}"
        if has_topics and row.function_label != row.label
        else row.label
        for row in table.itertuples()
    )
    return Native("stacked", PERSONS, names, series, whole=True)


def personnel_by_date(figure: Figure, looks: Looks) -> Native:
    """Persons of one country at each date by type."""
    names = tuple(
        long_date(row.as_of)
        + (f", rank {row.rank} of {count(row.contributors)}" if pd.notna(row.rank) else "")
        for row in figure.table.itertuples()
    )
    types = {code: looks.of_type(code) for code in looks.types if code in figure.table}
    return Native("stacked", PERSONS, names, _wide(figure.table, types))


def senders(figure: Figure, looks: Looks) -> Native:
    """Persons of the largest contributors by type; all others are the last row."""
    table = figure.table
    types = {code: looks.of_type(code) for code in looks.types if code in table}
    return Native(
        "stacked",
        PERSONS,
        tuple(table["country_name"]),
        _wide(table, types),
        kept=int(table["rank"].isna().sum()),
    )


def offices(figure: Figure, looks: Looks) -> Native:
    """Open persons by regional office and mark."""
    return _by_place(figure, looks, "office", "persons")


def regions(figure: Figure, looks: Looks) -> Native:
    """Persons (or countries, as the figure was asked for) by region and mark."""
    by_countries = bool(figure.numbers) and figure.numbers[0].label.endswith(COUNTRIES)
    return _by_place(figure, looks, "region", COUNTRIES if by_countries else "persons")


def _by_place(figure: Figure, looks: Looks, place: str, amount: str) -> Native:
    table = figure.table.assign(mark=looks.keys(figure.table))
    sums = table.groupby([place, "mark"])[amount].sum()
    places = list(dict.fromkeys(table[place]))
    series = tuple(
        Series(*looks.mark(mark), tuple(some(sums.get((one, mark), 0)) for one in places))
        for mark in sorted(set(table["mark"]), key=_order(STACK_ORDER))
    )
    return Native("stacked", amount, tuple(places), series)


def missions(figure: Figure, looks: Looks) -> Native:
    """The personnel of each mission by mark, all bars of the same length."""
    names = tuple(f"{row.mission}: {count(row.persons)}" for row in figure.table.itertuples())
    return Native("stacked", PERSONS, names, _by_mark(figure, looks), whole=True)


def edition_steps(figure: Figure, looks: Looks) -> Native:
    """The headline with one thing changed from each bar to the next."""
    names = tuple(
        f"{row.review}; personnel as of {long_date(row.personnel_as_of)}"
        for row in figure.table.itertuples()
    )
    return Native("stacked", PERSONS, names, _by_mark(figure, looks), whole=True)


def _by_mark(figure: Figure, looks: Looks) -> tuple[Series, ...]:
    marks = [key for key in STACK_ORDER if f"persons_{key}" in figure.table]
    return _wide(figure.table, {f"persons_{key}": looks.mark(key) for key in marks})


def indicators(figure: Figure, looks: Looks) -> Native:
    """Each indicator as the part n of its own N, all bars of the same length."""
    table = figure.table
    known = (table["n"].notna() & (table["total"].fillna(0) > 0)).tolist()
    pairs = zip(table["n"], table["total"], known, strict=True)
    parts = [(int(n), int(total - n)) if is_known else (None, None) for n, total, is_known in pairs]
    series = (
        Series(WITH, CONTENT, tuple(some(n or 0) for n, _ in parts)),
        Series(WITHOUT, REST_STYLE, tuple(some(rest or 0) for _, rest in parts)),
    )
    names = tuple(
        f"{row.indicator}: {row.share_of_all}" if is_known else f"{row.indicator}: not known"
        for row, is_known in zip(table.itertuples(), known, strict=True)
    )
    return Native("stacked", "parts of the N of each indicator", names, series, whole=True)


def indicator_languages(figure: Figure, looks: Looks) -> Native:
    """Courses by language: with content, and the others."""
    table = figure.table
    others = (table["courses"] - table["content"]).tolist()
    unknown = (table["language"] == NO_LANGUAGE).tolist()
    rows = list(zip(others, unknown, strict=True))
    series = (
        Series(f"With {CONTENT_WORDS}", CONTENT, tuple(some(n) for n in table["content"])),
        Series(
            "Other courses", OTHER_COURSES, tuple(None if apart else some(n) for n, apart in rows)
        ),
        Series(
            "Other courses, language not recorded",
            NOT_RECORDED,
            tuple(some(n) if apart else None for n, apart in rows),
        ),
    )
    return Native("stacked", COURSES, tuple(table["language_label"]), series)
