"""Figure `review`: the question that was asked, its answer, and the numbers that set the scene."""

import pandas as pd

from dashboard.charts.forms.large_numbers import Large, large_numbers
from dashboard.edition.selection import Selection, personnel_label, threshold_label
from dashboard.edition.tables import Tables
from dashboard.edition.wording import (
    SMALLEST_FOR_PER_CENT,
    count,
    proportion,
    share,
    share_in_table,
)
from dashboard.figures.figure import (
    Figure,
    Number,
    nothing_to_show,
    number,
    source,
    subtitle,
)
from dashboard.measures.courses import considered, receipts
from dashboard.measures.coverage import Coverage, coverage
from dashboard.measures.review import Review, review

QUESTION = (
    "How much UN-CMCoord is in the training of the countries that send the most troops and police?"
)
NOTE = (
    "A review of what is published: it says what is documented of training in the countries that "
    "personnel come from. It cannot tell who took a course, nor what is taught beyond what is published."
)


def review_figure(tables: Tables, selection: Selection) -> Figure:
    """What was asked and reviewed, with the answer of measure 1 as its finding."""
    result, answer = review(tables, selection), coverage(tables, selection)
    finding = _finding(answer, threshold_label(selection.threshold, tables.package))
    rows = _rows(result, personnel_label(selection.personnel, tables.package))
    return Figure(
        id="review",
        title=finding,
        subtitle=subtitle(tables, selection, result.persons, result.contributors),
        note=NOTE,
        source=source(tables, selection),
        statement=tables.package.statement,
        alt=f"The question of the review: {QUESTION} {finding}.",
        table=_table(rows),
        numbers=_numbers(result, answer),
        draw=lambda: large_numbers(QUESTION, [Large(said, words) for said, words, _, _ in rows]),
        behind=lambda: receipts(tables, considered(tables, selection)),
        empty="" if result.persons else nothing_to_show(tables, selection),
    )


def _finding(answer: Coverage, threshold: str) -> str:
    """The answer with both of its bounds."""
    if not answer.N:
        return "No personnel under these filters"
    part = f"{share(answer.n, answer.N)} persons"
    if answer.N >= SMALLEST_FOR_PER_CENT:
        part = share(answer.n, answer.N).replace(" (", " of personnel (")
    documented = f"{threshold} is documented for {part}"
    if answer.lower == answer.upper:
        return f"{documented}, and nothing is left open"
    return f"{documented}, and for {proportion(answer.upper, answer.N)} at most"


def _rows(result: Review, who: str) -> list[tuple[str, str, int, int | None]]:
    """What stands in the chart: the number as written, its words, n and, of a part, N."""
    courses, of_all = "courses", None
    if result.courses < result.all_courses:
        courses, of_all = f"courses considered, of {count(result.all_courses)}", result.all_courses
    n, total = result.reviewed_persons, result.persons
    part, beside = share_in_table(n, total), ""
    if total >= SMALLEST_FOR_PER_CENT:
        part, _, beside = part.partition(" (")
        part, beside = part.replace("less than ", "<").replace("more than ", ">"), f" ({beside}"
    return [
        (count(result.countries), "countries reviewed", result.countries, None),
        (count(result.centres), "training centres", result.centres, None),
        (count(result.courses), courses, result.courses, of_all),
        (count(total), who.lower().removeprefix("all "), total, None),
        (count(result.contributors), "contributing countries", result.contributors, None),
        (part, f"of them from reviewed countries{beside}", n, total),
    ]


def _table(rows: list[tuple[str, str, int, int | None]]) -> pd.DataFrame:
    table = pd.DataFrame(
        [(words.capitalize(), n, total) for _, words, n, total in rows],
        columns=["label", "n", "total"],
    )
    shares = ["" if total is None else share_in_table(n, total) for _, _, n, total in rows]
    return table.astype({"total": "Int64"}).assign(share_of_all=shares)


def _numbers(result: Review, answer: Coverage) -> tuple[Number, ...]:
    return (
        number(
            "review.documented",
            answer.sentence,
            answer.n,
            answer.N,
            lower=answer.lower,
            upper=answer.upper,
        ),
        number(
            "review.reviewed",
            "Personnel from reviewed countries",
            result.reviewed_persons,
            result.persons,
        ),
        number(
            "review.reviewed-countries",
            "Contributing countries in the review",
            result.reviewed_contributors,
            result.contributors,
        ),
        number("review.courses", "Courses considered", result.courses, result.all_courses),
    )
