"""Figures of measure 6: the curve with its shortlist, and what each regional office could add."""

import pandas as pd

from dashboard.charts.forms.closing_curve import closing_curve
from dashboard.charts.marks.look import UNKNOWN_STATES, mark_key
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Package, Tables
from dashboard.edition.wording import (
    SMALLEST_FOR_PER_CENT,
    capitalised,
    count_in_words,
    listing,
    proportion,
    quantity,
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
from dashboard.measures.closing import (
    ALL_OFFICES,
    MARKS,
    NO_OFFICE,
    Closing,
    closing,
    planned_countries,
)
from dashboard.measures.courses import considered, receipts
from dashboard.measures.questions import open_questions
from dashboard.measures.states import country_states

ACTION_LABELS = {"engage": "Engage", "ask": "Ask", "search": "Search", "loosen": "Loosen filters"}
# How an action closes a gap. Training changes what is taught; asking and searching change only what
# is known, and may establish a gap instead of closing it.
MEANS = {
    "engage": "training",
    "ask": "asking",
    "search": "searching",
    "loosen": "loosening the filters",
}
ACTION_WORDS = {
    "gap": "Engage",
    "partial": "Ask for the curriculum",
    "not-documented": "Ask the centre",
    "no-course": "Ask the country",
    "not-reviewed": "Search",
}
_FILTERED = "Loosen the filters"
_MARK_WORDS = {50: "half", 75: "three quarters", 90: "90 per cent"}
NOUNS = {"countries": ("country", "countries"), "centres": ("centre", "centres")}
NO_OFFICE_LABEL = "No regional office"
ALL_COVERED = (
    "Every contributing country is covered under these filters: nothing is left to close. "
    "A higher threshold or fewer courses (sidebar) would leave something."
)
NOTE = (
    "A step counts all persons of its country as covered. For an established gap that takes "
    "training; asking or searching closes a gap only if the content turns out to be there, and "
    "establishes one if it is not."
)
STRIP_NOTE = " In the strip under the curve, countries not in the review are half as high."
CENTRE_NOTE = (
    " A country counts once: the centre with most considered courses stands for it (then most "
    "pre-deployment courses, then the national scope, then the name), its other centres add "
    "nothing. Countries without a centre on record come last."
)


def closing_figure(
    tables: Tables,
    selection: Selection,
    unit: str = "countries",
    office: str = ALL_OFFICES,
    plan: tuple[str, ...] = (),
) -> Figure:
    """The curve from what is covered today to everybody; its table is the shortlist.

    `unit`: countries or centres; `office`: see `measures.closing`; `plan`: codes of planned steps.
    """
    result = closing(tables, selection, unit, office)
    in_plan = result.steps["country_iso3"].isin(planned_countries(tables, plan))
    furthest = max(result.needed(mark) or 0 for mark in MARKS)
    finding, numbers = _finding(result, unit), _numbers(result, unit)
    where = "" if office == ALL_OFFICES else f"{office_label(office, tables.package)}: "
    title = capitalised(f"{where}{finding}")
    return Figure(
        id="closing",
        title=title,
        subtitle=subtitle(tables, selection, result.N, contributing_countries(tables, selection)),
        note=NOTE
        + STRIP_NOTE * ("not-reviewed" in set(result.steps["state"]))
        + CENTRE_NOTE * (unit == "centres"),
        source=source(tables, selection),
        statement=tables.package.statement,
        alt=f"Curve of persons covered, step by step. {title}. {numbers[0].label}.",
        table=shortlist(tables, selection, result, unit),
        numbers=numbers,
        draw=lambda: closing_curve(
            _named(result.steps, unit),
            result.start,
            result.N,
            {mark: result.needed(mark) for mark in MARKS},
            action_legend(result.steps, selection),
            tuple(result.steps.loc[in_plan, "code"]),
            noun(result, unit, furthest),
        ),
        behind=lambda: courses_of(tables, selection, result.steps),
        empty=nothing_to_close(tables, selection, result, office),
    )


def office_label(office: str, package: Package) -> str:
    """Name of an OCHA regional office, for example "ROWCA West and Central Africa"."""
    if office in ("", NO_OFFICE):
        return NO_OFFICE_LABEL
    return f"{office} {package.label('ocha_regions', office)}"


def shortlist(
    tables: Tables, selection: Selection, result: Closing, unit: str = "countries"
) -> pd.DataFrame:
    """The steps as a table with their reasons, one row a step, best first."""
    steps, total = result.steps, result.N
    asked = open_questions(tables, selection)["country_iso3"].value_counts()
    table = steps.assign(
        persons_total=total,
        covered_then=[share_in_table(n, total) for n in steps["cumulative"]],
        action=steps["action"].map(ACTION_LABELS),
        office=[office_label(code, tables.package) for code in steps["ocha_region"]],
        questions=steps["country_iso3"].map(asked).fillna(0).astype("int64"),
    )
    centre = ["centre_name"] if unit == "centres" else []
    about = ["why_centre", "centre_courses", "other_centres", "centre_id"] * bool(centre)
    return table[
        [
            "step",
            "country_name",
            *centre,
            "persons",
            "persons_total",
            "covered_then",
            "class_label",
            "state_letter",
            "action",
            "ask",
            "reason",
            *about,
            "courses",
            "questions",
            "office",
            "country_class",
            "state",
            "country_iso3",
        ]
    ]


def contributing_countries(tables: Tables, selection: Selection) -> int:
    """Number of countries that contribute anybody under the selection."""
    return int((country_states(tables, selection)["persons"] > 0).sum())


def noun(result: Closing, unit: str, steps: int) -> tuple[str, str]:
    """What the first `steps` are, one and many: with a country that has no centre, just steps."""
    if unit == "centres" and (result.steps["centre_id"][:steps] == "").any():
        return ("step", "steps")
    return NOUNS[unit]


def _named(steps: pd.DataFrame, unit: str) -> pd.DataFrame:
    if unit == "countries":
        return steps.assign(name=steps["country_name"])
    recorded = steps["centre_name"].where(steps["centre_name"] != "", "no centre recorded")
    return steps.assign(name=steps["country_name"] + ": " + recorded)


def action_legend(steps: pd.DataFrame, selection: Selection) -> dict[str, str]:
    """Mark -> what it asks for, and what it is; only marks that occur, in the order of legends."""
    words = ACTION_WORDS | ({"no-course": _FILTERED} if selection.filters_courses else {})
    found = {}
    for row in steps.drop_duplicates(["country_class", "state"]).itertuples():
        key = mark_key(row.country_class, row.state)
        unknown = key in UNKNOWN_STATES
        label = f"{row.state_letter}  {row.state_label}" if unknown else row.class_label
        found[key] = f"{words[key]} · {label}"
    return {key: found[key] for key in ACTION_WORDS if key in found}


def _finding(result: Closing, unit: str) -> str:
    if not len(result.steps):
        return "Nothing is left to close"
    today = proportion(result.start, result.N)
    for mark in MARKS:
        steps = result.needed(mark)
        if steps:
            how = _means(result.steps[:steps])
            what = quantity(steps, *noun(result, unit, steps))
            return f"{what} could bring coverage {_from_to(today, _MARK_WORDS[mark])}: {how}"
    every = quantity(len(result.steps), *noun(result, unit, len(result.steps)))
    together = "" if len(result.steps) == 1 else " together"
    way = _from_to(today, proportion(result.end, result.N))
    return f"{every}{together} could bring coverage {way}: {_means(result.steps)}"


def _from_to(low: str, high: str) -> str:
    """Two shares in words: "from 7 to 90 per cent", "from 7 per cent to half"."""
    way = f"from {low} to {high}"
    return way.replace(" per cent to", " to") if high.endswith("per cent") else way


def _means(steps: pd.DataFrame) -> str:
    """How the steps close the gap: "one by training, five by asking"."""
    numbers = steps["action"].value_counts()
    return ", ".join(
        f"{count_in_words(int(numbers[action]))} by {means}"
        for action, means in MEANS.items()
        if action in numbers
    )


def _numbers(result: Closing, unit: str) -> tuple[Number, ...]:
    """Today's coverage with the whole answer as its label, then what each mark takes."""
    needed = {mark: result.needed(mark) for mark in MARKS}
    reached = {mark: steps for mark, steps in needed.items() if steps}
    return (
        number("closing.today", _answer(result, reached, unit), result.start, result.N),
        *(
            number(
                f"closing.{mark}",
                f"After {quantity(steps, *noun(result, unit, steps))}",
                int(result.steps["cumulative"].iloc[steps - 1]),
                result.N,
            )
            for mark, steps in reached.items()
        ),
    )


def _answer(result: Closing, reached: dict[int, int], unit: str) -> str:
    """Everything in one sentence: "7 per cent covered today (6,521 of 92,511); half takes six
    countries, three quarters 17 and 90 per cent 32"."""
    if not result.N:
        return "No personnel under these filters"
    if result.N < SMALLEST_FOR_PER_CENT:
        today = f"{share(result.start, result.N)} covered today"
    else:
        today = share(result.start, result.N).replace(" (", " covered today (")
    takes = [
        f"{_MARK_WORDS[mark]} {count_in_words(steps)}"
        if place
        else f"{_MARK_WORDS[mark]} takes {quantity(steps, *noun(result, unit, steps))}"
        for place, (mark, steps) in enumerate(reached.items())
    ]
    return "; ".join(filter(None, (today, listing(takes))))


def nothing_to_close(tables: Tables, selection: Selection, result: Closing, office: str) -> str:
    """The empty state: nobody deployed, or nothing (of this office) left open; else ""."""
    if not result.N:
        return nothing_to_show(tables, selection)
    if len(result.steps):
        return ""
    if office != ALL_OFFICES:
        return (
            f"{office_label(office, tables.package)}: no contributing country is left open "
            "under these filters. Choose another office."
        )
    return ALL_COVERED


def courses_of(tables: Tables, selection: Selection, steps: pd.DataFrame) -> pd.DataFrame:
    """The considered courses of the countries of `steps`."""
    of_steps = tables.courses["country_iso3"].isin(steps["country_iso3"]).to_numpy()
    return receipts(tables, considered(tables, selection) & of_steps)
