"""Figures of measure 11: grades of the evidence, the tests behind them, and the codings."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.forms.labelled_bars import Bar, Piece, labelled_bars
from dashboard.charts.forms.square_matrix import square_matrix
from dashboard.charts.marks.labels import escaped
from dashboard.charts.marks.look import GREY, PAPER, STATE_STYLES, Style
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import (
    capitalised,
    count,
    counted,
    proportion,
    quantity,
    share,
    share_in_table,
)
from dashboard.figures.figure import (
    Figure,
    nothing_to_show,
    number,
    source,
    subtitle,
    subtitle_of,
)
from dashboard.measures.agreement import INTERVAL, Agreement, Kappa, agreement
from dashboard.measures.courses import considered, receipts
from dashboard.measures.quality import GRADES, TESTS, country_quality
from dashboard.measures.states import country_states

GRADES_NOTE = (
    "A grade says how much is written down and how recent it is. It cannot tell whether the "
    "training is good, nor whether the sources are right."
)
TESTS_NOTE = (
    "Countries that are not in the review pass no test. A year that a course names stands for the "
    "age of its evidence, because the date of the page is not recorded; a year after the review "
    "counts as new."
)
AGREEMENT_NOTE = (
    "Words cannot read a curriculum, and the evidence was written by those who coded the level. "
    "Agreement says that codings are consistent; it cannot tell that they are right."
)
NOT_GRADED = "not-reviewed"
# A grade has no colour of its own: the colours of the atlas stand for levels and classes.
_SOLID = Style(GREY, PAPER, False, "", False, PAPER, "")


def grades_figure(tables: Tables, selection: Selection) -> Figure:
    """Persons and countries by grade of the evidence about their country."""
    rows, total, countries = _graded(tables, selection)
    persons = rows.set_index("grade")["persons"]
    low = int(persons["C"] + persons["D"])
    finding = (
        f"For {proportion(low, total)} of personnel the evidence has grade C or D; "
        f"for {proportion(int(persons['A']), total)}, grade A"
    )
    return _figure(
        tables,
        selection,
        rows,
        total,
        countries,
        id="evidence-grades",
        note=GRADES_NOTE,
        finding=finding,
        alt=f"Bars of personnel by grade of the evidence. {finding}.",
    )


def evidence_tests_figure(tables: Tables, selection: Selection) -> Figure:
    """Persons and countries whose evidence passes each of the four tests."""
    frame = country_quality(tables, selection)
    frame = frame[frame["persons"] > 0]
    rows = pd.DataFrame(
        {
            "test": list(TESTS),
            "label": [f"{capitalised(rule)}" for rule in TESTS.values()],
            "countries": [int(frame[test].sum()) for test in TESTS],
            "persons": [int(frame.loc[frame[test], "persons"].sum()) for test in TESTS],
        }
    )
    _, total, countries = _graded(tables, selection)
    weakest = rows.loc[rows["persons"].idxmin()]
    finding = (
        f"Hardest to pass: {TESTS[weakest['test']]}, true for "
        f"{proportion(int(weakest['persons']), total)} of personnel"
    )
    return _figure(
        tables,
        selection,
        rows,
        total,
        countries,
        id="evidence-tests",
        note=TESTS_NOTE,
        finding=finding,
        alt=f"Bars of personnel by test that the evidence passes. {finding}.",
    )


def _figure(
    tables: Tables,
    selection: Selection,
    rows: pd.DataFrame,
    total: int,
    countries: int,
    *,
    id: str,
    finding: str,
    note: str,
    alt: str,
) -> Figure:
    key = rows.columns[0]
    shares = [share_in_table(n, total) if total else "" for n in rows["persons"]]
    table = rows.assign(persons_total=total, share_of_all=shares)
    empty = "" if total else nothing_to_show(tables, selection)
    if not total:
        finding = "No personnel under these filters"
        alt = f"{finding}."
    return Figure(
        id=id,
        title=finding,
        note=note,
        alt=alt,
        table=table,
        empty=empty,
        subtitle=subtitle(tables, selection, total, countries),
        source=source(tables, selection),
        statement=tables.package.statement,
        numbers=tuple(
            number(f"{id}.{row[key]}", row["label"], row["persons"], total)
            for row in rows.to_dict("records")
        ),
        draw=lambda: _bars(rows, total),
        behind=lambda: receipts(tables, considered(tables, selection)),
    )


def _graded(tables: Tables, selection: Selection) -> tuple[pd.DataFrame, int, int]:
    """Contributors by grade, those not reviewed in a row of their own; all persons; contributors."""
    everyone = country_states(tables, selection)
    everyone = everyone[everyone["persons"] > 0]
    grades = country_quality(tables, selection).set_index("country_iso3")["grade"]
    # Without any grade, pandas would take the column for numbers.
    grade = everyone["country_iso3"].map(grades).astype("object").fillna(NOT_GRADED)
    labels = {g: f"{g}: {rule}" for g, rule in GRADES.items()}
    labels[NOT_GRADED] = f"No grade: {tables.package.label('all_states', NOT_GRADED).lower()}"
    rows = pd.DataFrame(
        {
            "grade": list(labels),
            "label": list(labels.values()),
            "countries": [int((grade == g).sum()) for g in labels],
            "persons": [int(everyone.loc[grade == g, "persons"].sum()) for g in labels],
        }
    )
    return rows, int(everyone["persons"].sum()), len(everyone)


def _bars(rows: pd.DataFrame, total: int) -> go.Figure:
    key = rows.columns[0]
    return labelled_bars(
        [_bar(row, row[key], total) for row in rows.to_dict("records")],
        full=total,
        of=key if key == "grade" else "",
    )


def _bar(row: Mapping, key: str, total: int) -> Bar:
    persons = share_in_table(row["persons"], total) if total else ""
    countries = f"{counted(row['countries'], 'country', 'countries')}"
    style = STATE_STYLES[NOT_GRADED] if key == NOT_GRADED else _SOLID
    head, _, rule = row["label"].partition(": ")
    words = f"<b>{escaped(head)}</b>: {escaped(rule)}" if rule else escaped(head)
    words += f"<br>{escaped(persons)} persons · {countries}"
    hover = f"<b>{escaped(head)}</b><br>{escaped(persons)} persons<br>{countries}"
    picks = (key,) if key in GRADES else ()
    return Bar(words, (Piece(row["persons"], style, hover),), picks=picks)


def agreement_figure(tables: Tables, selection: Selection) -> Figure:
    """Coded level against the level that words suggest, as a table of counts."""
    result = agreement(tables, selection)
    finding = _agreement_finding(result)
    labels = {term["code"]: term["label"] for term in tables.package.terms("levels")}
    styles = {code: STATE_STYLES[code] for code in labels}
    cells = _cells(result.table, labels, result.n)
    return Figure(
        id="agreement",
        title=finding,
        note=AGREEMENT_NOTE,
        subtitle=subtitle_of(_compared(result), tables, selection),
        source=source(tables, selection),
        statement=tables.package.statement,
        alt=f"Table of courses by coded and by suggested level. {finding}.",
        table=result.table.assign(
            coded=result.table["coded"].map(labels),
            suggested=result.table["suggested"].map(labels),
        ),
        numbers=(
            number("agreement.agreed", "Coded as the words suggest", result.agreed, result.n),
        ),
        draw=lambda: square_matrix(cells, styles, labels, "coded", "suggested"),
        behind=lambda: receipts(tables, considered(tables, selection)),
        empty=""
        if result.n
        else "No course is considered, so there is no coding to compare. "
        "Loosen the filters under “Which courses count”.",
    )


def _compared(result: Agreement) -> str:
    population = f"n = {counted(result.n, 'course')}, {kappa_in_words(result.kappa)}"
    return f"{population}: {INTERVAL}" if result.kappa else population


def kappa_in_words(kappa: Kappa | None) -> str:
    """Kappa and its interval, or that there is none, for a subtitle or a sentence."""
    if kappa is None:
        return "no kappa: too few courses, or only one level"
    return f"kappa {kappa.value:.2f} ({kappa.low:.2f} to {kappa.high:.2f})"


def _agreement_finding(result: Agreement) -> str:
    if not result.n:
        return "No course under these filters"
    differ = result.n - result.agreed
    if not differ:
        return f"Words suggest the coded level for all of {quantity(result.n, 'course')}"
    noun = "course" if differ == 1 else "courses"
    return (
        f"Words suggest the coded level for {share(result.agreed, result.n)} of courses; "
        f"{count(differ)} {noun} to look at again"
    )


def _cells(table: pd.DataFrame, labels: Mapping[str, str], n: int) -> pd.DataFrame:
    rows: Sequence[Mapping] = table.to_dict("records")
    hover = [
        f"Coded: {escaped(labels[row['coded']])}<br>Suggested: {escaped(labels[row['suggested']])}"
        f"<br>{count(row['courses'])} of {count(n)} courses"
        for row in rows
    ]
    return pd.DataFrame(
        {
            "down": table["coded"],
            "across": table["suggested"],
            "number": table["courses"],
            "more": np.full(len(table), ""),
            "hover": hover,
        }
    )


def quality_table(tables: Tables, selection: Selection, grade: str | None = None) -> pd.DataFrame:
    """The reviewed countries (of one grade) with what their grade rests on, for a table."""
    frame = country_quality(tables, selection)
    if grade is not None:
        frame = frame[frame["grade"] == grade]
    per_course = frame["sources"] / frame["courses"].where(frame["courses"] > 0)
    frame = frame.assign(
        documented_of=_of(frame["documented"], frame["courses"]),
        filled_of=_of(frame["fields_filled"], frame["fields_total"]),
        sources_per_course=per_course.round(1),
    )
    order = [
        "grade",
        "country_name",
        "country_iso3",
        "persons",
        "courses",
        "documented_of",
        "filled_of",
        "sources",
        "sources_per_course",
        "newest_year",
        "age_years",
        "why",
    ]
    return frame[order].reset_index(drop=True)


def _of(parts: pd.Series, totals: pd.Series) -> list[str]:
    pairs = zip(parts, totals, strict=True)
    return [share_in_table(part, total) if total else "" for part, total in pairs]


def look_again(
    tables: Tables, selection: Selection, coded: str | None, suggested: str | None
) -> pd.DataFrame:
    """Courses whose coding differs from what the words suggest (None: any level), for a table."""
    rows = agreement(tables, selection).again
    for column, wanted in (("coded", coded), ("suggested", suggested)):
        if wanted is not None:
            rows = rows[rows[column] == wanted]
    labels = {term["code"]: term["label"] for term in tables.package.terms("levels")}
    rows = rows.assign(coded=rows["coded"].map(labels), suggested=rows["suggested"].map(labels))
    order = [
        "course_title",
        "coded",
        "suggested",
        "because",
        "evidence",
        "country_name",
        "centre_name",
        "source_url",
        "workbook_cell",
        "evidence_kind",
        "country_iso3",
        "course_id",
    ]
    return rows[order].reset_index(drop=True)
