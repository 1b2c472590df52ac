"""Figures that are matrices: a number or a letter with its number in every cell."""

from collections.abc import Iterable, Mapping

import pandas as pd

from dashboard.charts.forms.missions_by_date import NO_MISSION
from dashboard.charts.marks.look import MARK_STYLES, STATE_STYLES, Style
from dashboard.edition.tables import ALL_MISSIONS
from dashboard.edition.wording import count, long_date
from dashboard.exports.native.form import Cell, Native, matrix
from dashboard.exports.native.looks import PLAIN, Looks
from dashboard.figures.figure import Figure
from dashboard.measures.gap_matrix import NO_COURSE_HERE

NOT_GIVEN = "not given"


def level_matrix(figure: Figure, looks: Looks) -> Native:
    """Countries by number of considered courses at each level; no course is an empty cell."""
    table = figure.table
    key = dict(map(looks.state, looks.levels))
    heads = ["Country", "Persons", "Class", *key, "All courses"]
    rows = [
        [
            Cell(row["country_name"]),
            Cell(count(row["persons"])),
            _class(row, looks),
            *(_level(code, row[code]) for code in looks.levels),
            Cell(count(row["courses"])),
        ]
        for row in table.to_dict("records")
    ]
    # The heads say what the levels are; a country without a course has a letter of its own.
    without = {name: None for name, _ in looks.letters(table) if name not in key}
    return matrix("courses", heads, rows, stubs=3, key=without)


def review(figure: Figure, looks: Looks) -> Native:
    """The size of the review, one count a row; a part has its share beside it."""
    rows = [
        [Cell(row.label), Cell(count(row.n)), Cell(row.share_of_all)]
        for row in figure.table.itertuples()
    ]
    return matrix("counts", ["What", "Number", "Share"], rows)


def _class(row: Mapping, looks: Looks) -> Cell:
    """Class of a country with the letter of its state, in the look of its mark."""
    mark = looks.keys(pd.DataFrame([row]))[0]
    return Cell(f"{row['class_label']} {row['state_letter']}", looks.mark(mark)[1])


def _level(code: str, courses: int) -> Cell:
    if not courses:
        return Cell("")
    style = STATE_STYLES.get(code, PLAIN)
    return Cell(f"{style.letter} {count(courses)}", style)


def gap_matrix(figure: Figure, looks: Looks) -> Native:
    """Countries by audience, type, topic, language or level: highest level and courses."""
    table = figure.table
    columns = list(dict.fromkeys(zip(table["column_code"], table["column_label"], strict=True)))
    cells = {(row.country_iso3, row.column_code): row for row in table.itertuples()}
    countries = table.drop_duplicates("country_iso3")
    rows = [
        [
            Cell(row.country_name),
            Cell("" if pd.isna(row.persons) else count(row.persons)),
            *(_cell(cells[row.country_iso3, code]) for code, _ in columns),
        ]
        for row in countries.itertuples()
    ]
    heads = ["Country", "Persons", *(label for _, label in columns)]
    return matrix("courses", heads, rows, stubs=2, key=_states_used(table, looks))


def _cell(row) -> Cell:
    text = f"{row.state_letter} {count(row.courses)}" if row.courses else row.state_letter
    return Cell(text, STATE_STYLES.get(row.state))


def _states_used(table: pd.DataFrame, looks: Looks) -> dict[str, Style]:
    used = dict(
        zip(
            table["state"],
            zip(table["state_letter"], table["state_label"], strict=True),
            strict=True,
        )
    )
    key = {
        f"{letter}  {label}": STATE_STYLES[state]
        for state in STATE_STYLES
        if state in used
        for letter, label in [used[state]]
    }
    if NO_COURSE_HERE in used:
        key |= {"  ".join(used[NO_COURSE_HERE]): PLAIN}
    return key


def agreement(figure: Figure, looks: Looks) -> Native:
    """Coded against suggested level; what agrees has the look of its level."""
    table = figure.table
    return _square(
        [
            (row.coded, row.suggested, count(row.courses) if row.courses else "")
            for row in table.itertuples()
        ],
        {label: looks.state(looks.code(label)) for label in _both(table, "coded", "suggested")},
        ("Coded (down), suggested by words (across)", "courses"),
    )


def class_changes(figure: Figure, looks: Looks) -> Native:
    """Contributors by class before and after: countries, and their persons."""
    table = figure.table
    names = set(_both(table, "was_label", "became_label"))
    codes = {looks.code(label): label for label in names}
    order = [codes[key] for key in MARK_STYLES if key in codes]
    order += sorted(names - set(order))
    return _square(
        [
            (row.was_label, row.became_label, f"{count(row.countries)} ({count(row.persons)})")
            for row in table.itertuples()
        ],
        {label: looks.mark(looks.code(label)) for label in order},
        ("Before (down), after (across)", "countries (persons)"),
    )


def _both(table: pd.DataFrame, *columns: str) -> list[str]:
    return list(dict.fromkeys(label for column in columns for label in table[column]))


def _square(
    cells: Iterable[tuple[str, str, str]],
    looks: Mapping[str, tuple[str, Style]],
    words: tuple[str, str],
) -> Native:
    """What is on the diagonal is the same both ways and has the look of its kind."""
    texts = {(down, across): text for down, across, text in cells}
    rows = [
        [
            Cell(looks[down][0], looks[down][1]),
            *(
                Cell(texts.get((down, across), ""), looks[down][1] if down == across else None)
                for across in looks
            ),
        ]
        for down in looks
    ]
    corner, unit = words
    return matrix(unit, [corner, *(name for name, _ in looks.values())], rows)


def conversations(figure: Figure, looks: Looks) -> Native:
    """Countries of which answers came back, with their class before and after."""
    rows = [
        [
            Cell(row.country_name),
            Cell(count(row.persons)),
            Cell(count(row.changes)),
            _moved(row.label_before, row.class_before, row.state_before, looks),
            _moved(row.label_after, row.class_after, row.state_after, looks),
        ]
        for row in figure.table.itertuples()
    ]
    return matrix("countries", ["Country", "Persons", "Answers", "Before", "After"], rows, stubs=3)


def _moved(label: str, country_class: str, state: str, looks: Looks) -> Cell:
    key = looks.keys(pd.DataFrame({"country_class": [country_class], "state": [state]}))[0]
    letter = STATE_STYLES[state].letter if state in STATE_STYLES else ""
    return Cell(f"{label} {letter}".strip(), looks.mark(key)[1])


def country_missions(figure: Figure, looks: Looks) -> Native:
    """Persons of one country by mission and date."""
    table = figure.table
    days = sorted(table["as_of"].unique())
    persons = {(row.mission, row.as_of): row.persons for row in table.itertuples()}
    rows = [
        [
            Cell(NO_MISSION if mission == ALL_MISSIONS else mission),
            *(_persons(persons.get((mission, day))) for day in days),
        ]
        for mission in dict.fromkeys(table["mission"])
    ]
    return matrix("persons", ["Mission", *map(long_date, days)], rows)


def _persons(number: int | None) -> Cell:
    """0 is a finding; a date that is not divided by mission is none."""
    return Cell(NOT_GIVEN if number is None or pd.isna(number) else count(number))


def in_place_of_map(figure: Figure, looks: Looks) -> Native:
    """What a map shows as a table, for where no picture can be drawn: largest first."""
    table = figure.table
    if "centre_name" in table:
        rows = [
            [
                Cell(row.centre_name),
                Cell(row.country_name),
                _state(row, looks),
                Cell(count(row.courses)),
            ]
            for row in table.sort_values("courses", ascending=False, kind="stable").itertuples()
        ]
        return matrix("centres", ["Centre", "Country", "Highest level", "Courses"], rows, stubs=2)
    rows = [
        [
            Cell(row["country_name"]),
            Cell(count(row["persons"])),
            _class(row, looks),
            Cell(count(row["courses"])),
        ]
        for row in table.sort_values("persons", ascending=False, kind="stable").to_dict("records")
    ]
    heads = ["Country", "Persons", "Class and letter of its state", "Courses"]
    return matrix("countries", heads, rows, stubs=2, key=dict(looks.letters(table)))


def _state(row, looks: Looks) -> Cell:
    style = looks.state(looks.code(row.state_label))[1]
    return Cell(f"{row.state_label} {row.state_letter}", style)
