"""Figures of measure 9: the indicators of the OCHA civil-military section."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.charts.forms.indicator_dates import indicator_dates
from dashboard.charts.forms.named_bars import indicator_bars, language_bars
from dashboard.edition.selection import Selection, course_filters
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count, count_in_words, listing, long_date
from dashboard.figures.figure import (
    Figure,
    Number,
    courses_at,
    nothing_to_show,
    number,
    source,
    subtitle_of,
)
from dashboard.figures.indicator_words import (
    CONTENT,
    described,
    indicator_words,
    language_names,
    shares,
)
from dashboard.measures.contributors import DEFAULT_TOP
from dashboard.measures.courses import considered, receipts
from dashboard.measures.indicators import (
    COUNTRIES,
    INSTITUTIONS,
    NO_LANGUAGE,
    OF_PERSONNEL,
    UN_LANGUAGES,
    content_courses,
    indicator_history,
    indicators,
    language_indicators,
)

WITH, WITHOUT = "With a dedicated course or module", "None documented at these levels"
THRESHOLD_NOTE = (
    "Content means a dedicated course or a UN-CMCoord module, whatever “Counts as covered from” "
    "says in the sidebar."
)
LANGUAGES_NOTE = (
    "A course in two languages counts in both. A language that is not recorded is not known; it is "
    "not English by default."
)
DATES_NOTE = (
    "The courses are those of the edition at every date; only the personnel change. The dates are "
    "not evenly spaced, and nothing is known of the time between them."
)


def indicators_figure(tables: Tables, selection: Selection, top: int = DEFAULT_TOP) -> Figure:
    """The headline indicators as shares of their N."""
    frame, words = indicators(tables, selection, top), indicator_words(top)
    finding = _headline(frame.set_index("indicator_id"))
    labels = {id: said.name for id, said in words.items()}
    return _figure(
        tables,
        selection,
        id="indicators",
        title=finding,
        note=THRESHOLD_NOTE,
        alt=f"Bars of indicators as shares. {finding}.",
        table=described(frame, words),
        numbers=tuple(
            number(f"indicators.{id}", labels[id], int(n), int(total))
            for id, n, total in frame.itertuples(index=False)
            if pd.notna(n) and total
        ),
        draw=lambda: indicator_bars(frame, labels, WITH, WITHOUT),
    )


def indicator_languages_figure(tables: Tables, selection: Selection) -> Figure:
    """Considered courses, and those with content, in each language of the United Nations."""
    frame = language_indicators(tables, selection)
    names = language_names(tables)
    finding = _languages_finding(frame, names)
    numbers = [
        number(
            f"indicator-languages.{kind}.{row['language']}",
            f"{names[row['language']]}: {kind}",
            row[kind],
            row[f"{kind}_total"],
        )
        for row in frame.to_dict("records")
        for kind in ("courses", "content")
        if row[f"{kind}_total"]
    ]
    return _figure(
        tables,
        selection,
        id="indicator-languages",
        title=finding,
        alt=f"Bars of courses by language. {finding}.",
        note=f"{LANGUAGES_NOTE} {THRESHOLD_NOTE}",
        table=frame.assign(language_label=frame["language"].map(names)),
        numbers=tuple(numbers),
        draw=lambda: language_bars(frame, names, (NO_LANGUAGE,), CONTENT),
    )


def indicator_dates_figure(
    tables: Tables,
    selection: Selection,
    top: int = DEFAULT_TOP,
    editions: Sequence[Tables] = (),
) -> Figure:
    """Indicators that rest on personnel, at every date; `editions`: others to set beside it."""
    others = [other for other in editions if other.edition != tables.edition]
    history = indicator_history([tables, *others], selection, top)
    dated = history[history["indicator_id"].isin(OF_PERSONNEL)]
    labels = {id: said.name for id, said in indicator_words(top).items()}
    finding = _dates_finding(dated[dated["edition"] == tables.edition])
    table = history.assign(
        indicator=history["indicator_id"].map(labels), share_of_all=shares(history)
    )
    own = dated[(dated["edition"] == tables.edition) & dated["n"].notna() & (dated["N"] > 0)]
    return _figure(
        tables,
        selection,
        id="indicator-dates",
        title=finding,
        alt=f"Dots of indicators at each date. {finding}.",
        note=DATES_NOTE,
        table=table.rename(columns={"N": "total"}),
        numbers=tuple(
            number(
                f"indicator-dates.{row.indicator_id}.{row.as_of}",
                f"{labels[row.indicator_id]}, {long_date(row.as_of)}",
                int(row.n),
                int(row.N),
            )
            for row in own.itertuples()
        ),
        draw=lambda: indicator_dates(dated, labels, tables.edition),
        empty="" if len(own) else nothing_to_show(tables, selection),
    )


def _figure(tables: Tables, selection: Selection, numbers: tuple[Number, ...], **words) -> Figure:
    """What the figures of this measure share: population, source and the courses behind them."""
    kept = considered(tables, selection)
    centres = tables.courses.loc[kept, "centre_id"].nunique()
    population = courses_at(int(kept.sum()), centres)
    words = {"empty": "" if kept.any() else _no_course(tables, selection), **words}
    return Figure(
        **words,
        numbers=numbers,
        subtitle=subtitle_of(population, tables, selection),
        source=source(tables, selection),
        statement=tables.package.statement,
        behind=lambda: receipts(tables, content_courses(tables, selection)),
    )


def _no_course(tables: Tables, selection: Selection) -> str:
    filters = list(course_filters(selection, tables.package))
    loosen = listing(filters, most=len(filters), last="or")
    advice = f" Loosen {loosen} under “Which courses count”." if filters else ""
    return f"No course to count.{advice}"


def _headline(by_id: pd.DataFrame) -> str:
    n, total = (int(by_id.at[INSTITUTIONS, column]) for column in ("n", "N"))
    if not total:
        return "No training institution under these filters"
    noun = "institution" if total == 1 else "institutions"
    return f"{CONTENT} documented at {count(n)} of {count(total)} training {noun}"


def _languages_finding(frame: pd.DataFrame, names: Mapping[str, str]) -> str:
    rows = frame.set_index("language")
    total = int(rows["content_total"].iloc[0])
    if not total:
        return f"No course with {CONTENT} under these filters, in any language"
    found = [names[code] for code in UN_LANGUAGES if rows.at[code, "content"]]
    where = f"in {listing(found, most=len(found))}" if found else "in none of the six UN languages"
    unknown = int(rows.at[NO_LANGUAGE, "content"])
    rest = (
        f"; language not recorded for {count_in_words(unknown)} of {count_in_words(total)} courses"
    )
    return f"{CONTENT} documented {where}{rest if unknown else ''}"


def _dates_finding(own: pd.DataFrame) -> str:
    rows = own[(own["indicator_id"] == COUNTRIES) & own["n"].notna() & (own["N"] > 0)]
    if rows.empty:
        return "No contributing country at any date under these filters"
    said = [
        f"{count(row.n)} of {count(row.N)} as of {long_date(row.as_of)}"
        for row in rows.iloc[[0, -1]].drop_duplicates().itertuples()
    ]
    return f"Contributing countries with {CONTENT}: {', '.join(said)}"
