"""Figure `found`: how much of what a search finds documents UN-CMCoord, by level."""

import pandas as pd

from dashboard.charts.forms.named_bars import found_by_level
from dashboard.edition.selection import Selection, describe, threshold_label
from dashboard.edition.tables import Tables
from dashboard.edition.wording import (
    SMALLEST_FOR_PER_CENT,
    count,
    counted,
    listing,
    proportion,
    share_in_table,
)
from dashboard.figures.figure import (
    Figure,
    courses_at,
    no_course_considered,
    number,
    source,
    subtitle_of,
)
from dashboard.measures.courses import receipts
from dashboard.measures.search import (
    CENTRES,
    COURSES,
    FACETS,
    Found,
    Query,
    by_level,
    facet_labels,
    find,
)

NOTES = {
    COURSES: "Each course stands at the highest level that its evidence supports. “Not documented” "
    "says nothing about what is in a course. How many people took it is not known.",
    CENTRES: "Each centre stands at the highest level among its courses found. “Not documented” "
    "says nothing about what it teaches.",
}
NO_COURSE_THERE = "No course of the centres found is on record."
_NOUN = {COURSES: "course", CENTRES: "centre"}
EVERYTHING = Query()


def found_figure(tables: Tables, selection: Selection, query: Query = EVERYTHING) -> Figure:
    """Courses, or centres, that `query` finds, by level."""
    found = find(tables, selection, query)
    counts = by_level(tables, found, query.of)
    total, noun = sum(counts.values()), _NOUN[query.of]
    labels = {level: tables.package.label("levels", level) for level in counts}
    threshold = threshold_label(selection.threshold, tables.package)
    finding = _finding(_reaching(counts, selection.threshold), total, noun, threshold)
    asked = query_in_words(query, tables)
    return Figure(
        id="found",
        title=finding,
        subtitle=subtitle_of(
            " · ".join(filter(None, (population(tables, found), asked))), tables, selection
        ),
        note=NOTES[query.of],
        source=source(tables, selection),
        statement=tables.package.statement,
        alt=f"Bars of {noun}s found by level. {finding}.",
        table=_table(counts, labels, query.of),
        numbers=tuple(
            number(f"found.{level}", labels[level], counts[level], total) for level in counts
        ),
        draw=lambda: found_by_level(counts, labels, f"{noun}s"),
        behind=lambda: receipts(tables, found.courses),
        empty="" if total else nothing_found(tables, selection, query) or NO_COURSE_THERE,
    )


def population(tables: Tables, found: Found) -> str:
    """How much was found, for example "n = 315 courses at 123 centres in 68 countries"."""
    courses, centres = int(found.courses.sum()), int(found.centres.sum())
    countries = tables.centres["country_iso3"][found.centres].nunique()
    return courses_at(courses, centres) + f" in {counted(countries, 'country', 'countries')}"


def query_in_words(query: Query, tables: Tables) -> str:
    """The search by name, for example "search: “paix” · level: CIMIC only"; "" for everything."""
    labels = facet_labels(tables)
    parts = [f"search: “{' '.join(query.words.split())}”"] if "words" in query.restrictions else []
    for facet, codes in query.facets:
        if codes:
            chosen = [labels[facet].get(code, code) for code in codes]
            parts.append(
                f"{FACETS[facet][0].lower()}: {listing(chosen, most=len(chosen), last='or')}"
            )
    return " · ".join(parts)


def filters_in_words(tables: Tables, selection: Selection, query: Query | None) -> str:
    """What a file of rows says about how it was chosen; `query` None: the full set."""
    if query is None:
        return "None: every course and centre of the edition"
    asked = query_in_words(query, tables)
    return " · ".join(filter(None, (asked, describe(selection, tables.package))))


def nothing_found(tables: Tables, selection: Selection, query: Query) -> str:
    """Says that nothing was found, and which one restriction to loosen; "" when there is a find."""
    if _size(tables, selection, query):
        return ""
    without = {name: _size(tables, selection, query.without(name)) for name in query.restrictions}
    helps = {name: size for name, size in without.items() if size}
    noun = _NOUN[query.of]
    if not query.restrictions:
        return no_course_considered(tables, selection) or f"The edition has no {noun}."
    if helps:
        ways = [
            f"without {_called(name, query)} there would be {count(size)}"
            for name, size in helps.items()
        ]
        return f"No {noun} matches. Loosen one thing: {listing(ways, most=len(ways), last='or')}."
    called = [_called(name, query) for name in query.restrictions]
    filters = " or the filters under “Which courses count”" * selection.filters_courses
    return f"No {noun} matches. Loosen {listing(called, most=len(called), last='or')}{filters}."


def _size(tables: Tables, selection: Selection, query: Query) -> int:
    found = find(tables, selection, query)
    return int((found.centres if query.of == CENTRES else found.courses).sum())


def _called(name: str, query: Query) -> str:
    if name == "words":
        return f"the search for “{query.words.strip()}”"
    return f"the choice of {FACETS[name][0].lower()}"


def _reaching(counts: dict[str, int], threshold: str) -> int:
    levels = list(counts)
    return sum(counts[level] for level in levels[: levels.index(threshold) + 1])


def _finding(reached: int, total: int, noun: str, threshold: str) -> str:
    where = "at" if noun == _NOUN[CENTRES] else "in"
    if not total:
        return f"No {noun} found"
    if total == 1:
        return f"{threshold} {'' if reached else 'not '}documented {where} the only {noun} found"
    if not reached:
        return f"{threshold} documented {where} none of the {count(total)} {noun}s found"
    if total < SMALLEST_FOR_PER_CENT:
        return (
            f"{threshold} documented {where} {count(reached)} of the {count(total)} {noun}s found"
        )
    return (
        f"{threshold} documented {where} {proportion(reached, total)} of the {noun}s found "
        f"({count(reached)} of {count(total)})"
    )


def _table(counts: dict[str, int], labels: dict[str, str], of: str) -> pd.DataFrame:
    total = sum(counts.values())
    numbers = list(counts.values())
    shares = [share_in_table(n, total) if total else "" for n in numbers]
    return pd.DataFrame(
        {"level": list(labels.values()), of: numbers, f"{of}_total": total, "share_of_all": shares}
    )
