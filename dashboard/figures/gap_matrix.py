"""Figure `matrix`: the gap matrix, and the courses behind one of its cells."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.charts.forms.gap_matrix import gap_matrix as draw
from dashboard.edition.selection import Selection, state_labels, threshold_label
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count, count_in_words, listing, quantity
from dashboard.figures.figure import (
    Figure,
    no_course_considered,
    nothing_to_show,
    number,
    source,
    subtitle,
)
from dashboard.measures.contributors import DEFAULT_TOP
from dashboard.measures.courses import considered, receipts
from dashboard.measures.gap_matrix import (
    DIMENSIONS,
    NO_COURSE_HERE,
    NOT_RECORDED,
    GapMatrix,
    column_labels,
    gap_matrix,
    in_cell,
    no_course_here,
)
from dashboard.measures.states import country_states

NOTE = (
    "A cell shows the highest level among its considered courses and how many there are; a course "
    "stands in every column that it belongs to. The level is that of the whole course. A dot means "
    "that no course is recorded there, which is no finding about what is taught."
)
NOT_KNOWN = " Courses of which the {name} is not recorded have a column of their own."
NO_COURSE = "No course is recorded in this edition."
# More names than this make a title a list.
NAMES_IN_TITLE = 2
_TABLE = [
    "country_name",
    "country_iso3",
    "column_label",
    "courses",
    "state_letter",
    "state_label",
    "state",
]


@dataclass(frozen=True, eq=False)
class Cell:
    """A cell, row or column of the matrix in words, with its courses (`measures.courses`)."""

    title: str
    reason: str
    source: str
    rows: pd.DataFrame


def gap_matrix_figure(
    tables: Tables,
    selection: Selection,
    by: str = "audience",
    rows: str = "top",
    order: str = "rank",
    top: int = DEFAULT_TOP,
    chosen: tuple[str | None, str | None] = (None, None),
) -> Figure:
    """Measure 4 as a grid. `by`, `rows`, `order`: as in `measures.gap_matrix`; `chosen`: ISO3 and
    column of the cell that is looked at."""
    matrix = gap_matrix(tables, selection, by, rows, order, top)
    everyone = country_states(tables, selection)
    everyone = everyone[everyone["persons"] > 0]
    total = int(everyone["persons"].sum())
    name = DIMENSIONS[by][0].lower()
    threshold = threshold_label(selection.threshold, tables.package)
    finding = _finding(matrix, _who(matrix, rows), threshold)
    return Figure(
        id="matrix",
        title=finding,
        subtitle=subtitle(tables, selection, total, len(everyone)),
        note=NOTE + _not_known(matrix, name),
        source=source(tables, selection),
        statement=tables.package.statement,
        alt=f"Grid of courses by country and {name}, with level and number in each cell. {finding}",
        table=_table(matrix, tables.package.codes("levels")),
        numbers=tuple(
            number(f"matrix.{by}.{column.column}", column.column_label, column.persons, total)
            for column in matrix.columns.itertuples()
        ),
        draw=lambda: draw(
            matrix.countries, matrix.columns, matrix.cells, _labels(tables, selection), chosen
        ),
        behind=lambda: _courses_of(tables, selection, matrix),
        empty=_empty(tables, selection, matrix),
    )


def wide(matrix: GapMatrix) -> pd.DataFrame:
    """The matrix as people read it: one row a country, one column a column, "M 3" in the cells.

    Columns: country_iso3, country_name, persons, all_courses, then the codes of the columns.
    """
    countries, columns = matrix.countries, list(matrix.columns["column"])
    texts = np.array(_texts(matrix.cells), dtype=object).reshape(len(countries), len(columns))
    head = countries[["country_iso3", "country_name", "persons"]].assign(
        all_courses=_texts(countries)
    )
    grid = pd.DataFrame(texts, columns=columns, index=head.index)
    return pd.concat([head, grid], axis=1)


def _texts(frame: pd.DataFrame) -> list[str]:
    """Letter and number of each row; without a course, the letter alone."""
    pairs = zip(frame["state_letter"], frame["courses"], strict=True)
    return [f"{letter} {count(courses)}" if courses else letter for letter, courses in pairs]


def cell(
    tables: Tables, selection: Selection, by: str, iso3: str | None, column: str | None
) -> Cell:
    """What is known of a country (None: all) in a column (None: all)."""
    kept = in_cell(tables, selection, by, iso3, column)
    parts = []
    if iso3 is not None:
        names = tables.countries.set_index("country_iso3")["country_name"]
        parts.append(names[iso3])
    if column is not None:
        parts.append(column_labels(tables, by)[column])
    return Cell(
        title=f"{', '.join(parts)}: {quantity(int(kept.sum()), 'considered course')}",
        reason=_reason(tables, selection, iso3, column, bool(kept.any())),
        source=source(tables, selection),
        rows=receipts(tables, kept),
    )


def _reason(
    tables: Tables, selection: Selection, iso3: str | None, column: str | None, any_course: bool
) -> str:
    """Why the country stands as it does; for an empty cell, that this is no finding."""
    if iso3 is None:
        return ""
    frame = country_states(tables, selection)
    found = frame[frame["country_iso3"] == iso3]
    if found.empty:
        return "Not in the review, and no personnel under these filters."
    row = found.iloc[0]
    if column is None or any_course or not row["courses"]:
        return f"{row['class_label']}. {row['reason']}"
    courses = int(row["courses"])
    elsewhere = "stands in another column" if courses == 1 else "stand in other columns"
    own = quantity(courses, "considered course")
    return (
        f"{no_course_here(selection)}: its {own} {elsewhere}. "
        "That is no finding about what is taught."
    )


def _labels(tables: Tables, selection: Selection) -> dict[str, str]:
    labels = state_labels(selection, tables.package)
    return labels | {NO_COURSE_HERE: no_course_here(selection)}


def _empty(tables: Tables, selection: Selection, matrix: GapMatrix) -> str:
    if matrix.countries.empty:
        return nothing_to_show(tables, selection)
    if matrix.columns.empty:
        return no_course_considered(tables, selection) or NO_COURSE
    return ""


def _not_known(matrix: GapMatrix, name: str) -> str:
    return NOT_KNOWN.format(name=name) if NOT_RECORDED in set(matrix.columns["column"]) else ""


def _courses_of(tables: Tables, selection: Selection, matrix: GapMatrix) -> pd.DataFrame:
    shown = tables.courses["country_iso3"].isin(matrix.countries["country_iso3"]).to_numpy()
    return receipts(tables, considered(tables, selection) & shown)


def _table(matrix: GapMatrix, levels: tuple[str, ...]) -> pd.DataFrame:
    ranks = matrix.countries[["country_iso3", "rank", "persons", "class_label"]]
    cells = matrix.cells.rename(columns={"column": "column_code"})
    cells = cells.merge(ranks, on="country_iso3", how="left")
    return cells[
        ["rank", *_TABLE[:2], "persons", "class_label", *_TABLE[2:], *levels, "column_code"]
    ]


def _who(matrix: GapMatrix, rows: str) -> str:
    if len(matrix.countries) == 1:
        return "the only contributor" if rows == "top" else "the only country"
    number_of = count_in_words(len(matrix.countries))
    kind = {"top": "largest contributors", "reviewed": "countries in the review"}
    return f"the {number_of} {kind.get(rows, 'countries')}"


def _finding(matrix: GapMatrix, who: str, threshold: str) -> str:
    """For how many rows content at the threshold is documented, under which columns, and which not.

    What is not recorded is no column to lead the list, nor one to be without content.
    """
    if matrix.countries.empty or matrix.columns.empty:
        return "No contributor under these filters" if matrix.countries.empty else NO_COURSE[:-1]
    reached = matrix.cells[matrix.cells["reaches"]]
    names = list(reached["country_name"].unique())
    if not names and len(matrix.countries) == 1:
        return f"{threshold} not documented for {who}"
    if not names:
        return f"{threshold} documented for none of {who}"
    several = f": {listing(names)}" if len(names) <= NAMES_IN_TITLE else ""
    number_of = f"{count_in_words(len(names))} of " if len(matrix.countries) > 1 else ""
    finding = f"{threshold} documented for {number_of}{who}{several}"
    return finding if matrix.by == "level" else finding + _under(matrix, reached)


def _under(matrix: GapMatrix, reached: pd.DataFrame) -> str:
    """Under which columns it is documented most often, and under which for nobody."""
    known = matrix.columns[matrix.columns["column"] != NOT_RECORDED]
    times = reached["column"].value_counts().reindex(known["column"], fill_value=0).to_numpy()
    labels = known["column_label"].to_numpy()
    first, without = list(labels[times == times.max(initial=1)]), list(labels[times == 0])
    text = ""
    if 0 < len(first) <= NAMES_IN_TITLE and len(first) < len(known):
        text += f"; most often under {listing(first)}"
    if without and len(without) <= NAMES_IN_TITLE:
        text += f"; under {listing(without, last='or')} for none"
    elif without:
        number_of, all_of = count_in_words(len(without)), count_in_words(len(known))
        text += f"; under {number_of} of {all_of} columns for none"
    return text
