"""Figures of measure 12 for conversations: what they moved, and what is still open to ask."""

from collections.abc import Mapping

import pandas as pd

from dashboard.charts.forms.named_bars import before_and_after, questions_bars
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import (
    capitalised,
    count,
    count_in_words,
    counted,
    listing,
    quantity,
    share,
)
from dashboard.figures.figure import (
    Figure,
    nothing_to_show,
    number,
    source,
    subtitle,
    subtitle_of,
)
from dashboard.measures.contributors import DEFAULT_TOP
from dashboard.measures.conversations import (
    Moved,
    asked_questions,
    consultation_changes,
    field_title,
    moved,
    questions_by_contributor,
    value_label,
)
from dashboard.measures.courses import considered, receipts
from dashboard.measures.coverage import Coverage
from dashboard.measures.questions import PRIORITIES, open_questions
from dashboard.measures.states import country_states

MOVED_NOTE = (
    "Both bars count the same personnel; only what is known of courses differs. What was added "
    "rests on the word of those who were asked; each answer keeps its source and its date."
)
QUESTIONS_NOTE = (
    "A question stands for something that is missing in the tables. Whether a centre would answer "
    "it, and what it would say, is not known."
)
NONE_RECORDED = "No conversation is recorded in this edition"
QUESTION_COLUMNS = (
    "country_name",
    "country_iso3",
    "centre_name",
    "course_title",
    "question",
    "answer_does",
    "field",
    "centre_id",
    "course_id",
)


def conversations_figure(tables: Tables, selection: Selection) -> Figure:
    """The headline without and with what conversations added."""
    result = moved(tables, selection)
    finding = _moved_finding(result, tables)
    persons = {"before": _by_class(result.before), "after": _by_class(result.after)}
    changed = consultation_changes(tables)
    labels = dict(
        zip(result.after.classes["country_class"], result.after.classes["class_label"], strict=True)
    )
    words = {
        "before": f"Desk review alone: {_documented(result.before)}",
        "after": f"With conversations: {_documented(result.after)}",
    }
    touched = tables.courses["course_id"].isin(changed["course_id"]).to_numpy()
    answers, countries = len(changed), changed["country_iso3"].nunique()
    population = (
        f"n = {count(result.after.N)} persons; {counted(answers, 'answer')} from "
        f"{counted(countries, 'country', 'countries')}"
    )
    return Figure(
        id="conversations",
        title=finding,
        subtitle=subtitle_of(population, tables, selection),
        note=MOVED_NOTE,
        source=source(tables, selection),
        statement=tables.package.statement,
        alt=f"Two bars of all personnel by class. {finding}.",
        table=result.countries,
        numbers=(
            number("conversations.before", "Documented before", result.before.n, result.before.N),
            number("conversations.after", "Documented after", result.after.n, result.after.N),
        ),
        draw=lambda: before_and_after(persons, words, labels),
        behind=lambda: receipts(tables, touched & considered(tables, selection)),
        empty=_nothing_moved(tables, selection, result),
    )


def questions_figure(tables: Tables, selection: Selection, top: int = DEFAULT_TOP) -> Figure:
    """The `top` largest contributors by number of open questions about what courses cover."""
    rows = questions_by_contributor(tables, selection, top)
    frame = country_states(tables, selection)
    everyone = frame[frame["persons"] > 0]
    finding = _questions_finding(rows)
    columns = [
        "rank",
        "country_name",
        "country_iso3",
        "persons",
        "class_label",
        "state_letter",
        "content_questions",
        "detail_questions",
        "questions",
        "centres",
        "asked",
        "answered",
    ]
    total = int(rows["content_questions"].sum())
    here = tables.courses["country_iso3"].isin(rows["country_iso3"]).to_numpy()
    return Figure(
        id="questions",
        title=finding,
        subtitle=subtitle(tables, selection, int(everyone["persons"].sum()), len(everyone)),
        note=QUESTIONS_NOTE,
        source=source(tables, selection),
        statement=tables.package.statement,
        alt=f"Bars of open questions by contributing country. {finding}.",
        table=rows[columns],
        numbers=tuple(
            number(f"questions.{row.country_iso3}", row.country_name, row.content_questions, total)
            for row in rows.itertuples()
        ),
        draw=lambda: questions_bars(rows),
        behind=lambda: receipts(tables, considered(tables, selection) & here),
        empty="" if len(rows) else nothing_to_show(tables, selection),
    )


def question_rows(
    tables: Tables, selection: Selection, countries: pd.Series | list[str], details: bool
) -> pd.DataFrame:
    """The open questions to these countries as a table for people (`QUESTION_COLUMNS`).

    `details`: those that change no class too. Sorted as `open_questions`.
    """
    rows = asked_of(tables, selection, countries, details)
    rows = rows.assign(answer_does=rows["priority"].map(PRIORITIES))
    return rows[list(QUESTION_COLUMNS)]


def change_rows(tables: Tables) -> pd.DataFrame:
    """What each answer changed as a table for people: CHANGE_COLUMNS in words, newest first."""
    rows = consultation_changes(tables).iloc[::-1]
    words = {
        name: [
            value_label(field, text, tables)
            for field, text in zip(rows["field"], rows[name], strict=True)
        ]
        for name in ("before", "after")
    }
    titles = [field_title(field, tables) for field in rows["field"]]
    columns = [
        "date",
        "country_name",
        "centre_name",
        "course_title",
        "field_title",
        "before",
        "after",
        "source",
        "note",
        "centre_id",
        "course_id",
    ]
    return rows.assign(**words, field_title=titles)[columns].reset_index(drop=True)


def waiting_rows(tables: Tables) -> pd.DataFrame:
    """Questions that were put and wait for an answer, oldest first."""
    columns = [
        "date",
        "country_name",
        "centre_name",
        "course_title",
        "note",
        "source",
        "centre_id",
        "course_id",
    ]
    return asked_questions(tables)[columns]


def asked_of(
    tables: Tables, selection: Selection, countries: pd.Series | list[str], details: bool
) -> pd.DataFrame:
    """The rows of `open_questions` for these countries, with or without details."""
    rows = open_questions(tables, selection)
    rows = rows[rows["country_iso3"].isin(list(countries))]
    if not details:
        rows = rows[rows["priority"] < max(PRIORITIES)]
    return rows.reset_index(drop=True)


def _by_class(result: Coverage) -> Mapping[str, int]:
    rows = result.classes.itertuples()
    return {row.country_class: int(row.persons) for row in rows}


def _documented(result: Coverage) -> str:
    return f"{share(result.n, result.N)} documented" if result.N else "no personnel"


def _moved_finding(result: Moved, tables: Tables) -> str:
    answers = len(consultation_changes(tables))
    if not answers:
        return _without_answers(tables)
    rows = result.countries
    now = rows[(rows["class_before"] != "covered") & (rows["class_after"] == "covered")]
    lost = rows[(rows["class_before"] == "covered") & (rows["class_after"] != "covered")]
    if now.empty and lost.empty:
        other = int((rows["class_before"] != rows["class_after"]).sum())
        moves = f"{quantity(other, 'country', 'countries')} change{'s' * (other == 1)} class, but "
        return (
            f"With {quantity(answers, 'answer')} from conversations, {moves * bool(other)}the "
            "documented share stays as it was"
        )
    parts = []
    if len(now):
        parts.append(f"{listing(list(now['country_name']))} {_is(now)} covered")
    if len(lost):
        parts.append(f"{listing(list(lost['country_name']))} {_is(lost)} no longer covered")
    return (
        f"With conversations, {' and '.join(parts)}: {count(result.after.n)} persons "
        f"documented instead of {count(result.before.n)}"
    )


def _without_answers(tables: Tables) -> str:
    put = len(asked_questions(tables))
    if not put:
        return NONE_RECORDED
    return f"{capitalised(quantity(put, 'question'))} put; no answer has come back yet"


def _is(rows: pd.DataFrame) -> str:
    return "is" if len(rows) == 1 else "are"


def _nothing_moved(tables: Tables, selection: Selection, result: Moved) -> str:
    if not len(consultation_changes(tables)):
        return f"{_without_answers(tables)}."
    return "" if result.after.N else nothing_to_show(tables, selection)


def _questions_finding(rows: pd.DataFrame) -> str:
    if rows.empty:
        return "No contributor under these filters"
    total, most = int(rows["content_questions"].sum()), rows.loc[rows["content_questions"].idxmax()]
    who = (
        "the largest contributor"
        if len(rows) == 1
        else (f"the {count_in_words(len(rows))} largest contributors")
    )
    if not total:
        return f"Nothing about content is open for {who}"
    verb = "is" if total == 1 else "are"
    said = f"{counted(total, 'question')} about content {verb} open for {who}"
    if len(rows) == 1:
        return said
    return f"{said}, most for {most['country_name']} ({count(most['content_questions'])})"
