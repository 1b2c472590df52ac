"""Figure `plan`: the headline today, and if the planned countries were documented."""

import pandas as pd

from dashboard.charts.forms.worded_bars import Segment, WordedBar, persons, worded_bars
from dashboard.charts.marks.look import STATE_STYLES, mark_key
from dashboard.edition.selection import Selection, subject
from dashboard.edition.tables import Tables
from dashboard.edition.wording import listing, proportion, share, share_in_table, span
from dashboard.figures.closing import ACTION_LABELS, MEANS, contributing_countries
from dashboard.figures.figure import Figure, nothing_to_show, number, source, subtitle
from dashboard.measures.closing import Plan, planned
from dashboard.measures.courses import considered, receipts

NOTE = (
    "A plan, not a fact: nothing of it is documented yet. Training can close an established gap; "
    "asking and searching can also find that the content is not there, and then the upper bound "
    "falls instead."
)
NOTHING_PLANNED = (
    "Nothing is planned yet. Tick rows of the shortlist, choose from the list, or take as many as "
    "a share needs."
)
# As on the bar of the overview: what is documented, what is planned, what is open, what is missing.
_ORDER = (
    "covered",
    "planned-engage",
    "planned-ask",
    "planned-search",
    "planned-loosen",
    "partial",
    "not-documented",
    "no-course",
    "not-reviewed",
    "gap",
)


def plan_figure(tables: Tables, selection: Selection, plan: tuple[str, ...] = ()) -> Figure:
    """The headline before and after a plan. `plan`: ISO3 or centre codes."""
    result = planned(tables, selection, plan)
    finding = _finding(result, selection)
    contributors = contributing_countries(tables, selection)
    empty = "" if len(result.rows) else _empty(result)
    return Figure(
        id="plan",
        title=finding,
        subtitle=subtitle(tables, selection, result.N, contributors),
        note=NOTE + _idle(result),
        source=source(tables, selection),
        statement=tables.package.statement,
        alt=f"Two bars of all personnel, today and with the plan. {finding}.",
        table=_table(result),
        numbers=(
            number(
                "plan.documented",
                finding,
                result.lower,
                result.N,
                lower=result.lower,
                upper=result.upper,
            ),
            number(
                "plan.today",
                "Documented today",
                result.before,
                result.N,
                lower=result.before,
                upper=result.upper_before,
            ),
        ),
        draw=lambda: worded_bars(_bars(result), _legend(result), largest=result.N),
        behind=lambda: _courses_of(tables, selection, result),
        empty=empty if result.N else nothing_to_show(tables, selection),
    )


def _finding(result: Plan, selection: Selection) -> str:
    if not len(result.rows):
        return "What a plan would change"
    where = listing(list(result.rows["country_name"]))
    then, today = proportion(result.lower, result.N), proportion(result.before, result.N)
    what = subject(selection.threshold)
    return f"If {what} were documented in {where}: {then} instead of {today}"


def _empty(result: Plan) -> str:
    return f"{NOTHING_PLANNED}{_idle(result)}"


def _idle(result: Plan) -> str:
    """What of the plan adds nothing under the filters in force, so that it does not just vanish."""
    if not result.idle:
        return ""
    verb = "adds" if len(result.idle) == 1 else "add"
    return (
        f" Planned, but {listing(result.idle)} {verb} nothing under these filters: covered "
        "already, or nobody deployed."
    )


def _bars(result: Plan) -> list[WordedBar]:
    before = result.segments.assign(planned="")
    return [
        WordedBar("Today", _headline(result.before, result.upper_before, result.N), _parts(before)),
        WordedBar(
            "With the plan",
            _headline(result.lower, result.upper, result.N),
            _parts(result.segments),
        ),
    ]


def _headline(lower: int, upper: int, total: int) -> str:
    return f"{share_in_table(lower, total)}, {span(lower, upper, total)}".replace(" per cent", "%")


def _key(row) -> str:
    return f"planned-{row.planned}" if row.planned else mark_key(row.country_class, row.state)


def _parts(segments: pd.DataFrame) -> list[Segment]:
    """One part a mark, in the order of the bar; what is planned of several marks is joined."""
    joined: dict[str, tuple[int, int]] = {}
    for row in segments.itertuples():
        n, countries = joined.get(_key(row), (0, 0))
        joined[_key(row)] = (n + int(row.persons), countries + int(row.countries))
    names = _names(segments)
    return [
        Segment(
            key,
            joined[key][0],
            (names[key], persons(joined[key][0]), f"{joined[key][1]} contributing countries"),
        )
        for key in _ORDER
        if key in joined
    ]


def _names(segments: pd.DataFrame) -> dict[str, str]:
    names = {}
    for row in segments.itertuples():
        label = f"Planned, by {MEANS[row.planned]}" if row.planned else row.class_label
        if row.state and not row.planned:
            label = f"{STATE_STYLES[row.state].letter}  {row.state_label}"
        names[_key(row)] = label
    return names


def _legend(result: Plan) -> dict[str, str]:
    names = _names(result.segments.assign(planned="")) | _names(result.segments)
    return {key: names[key] for key in _ORDER if key in names}


def _table(result: Plan) -> pd.DataFrame:
    """The planned countries, and the headline before and after in every row."""
    rows = result.rows
    shares = [share(n, result.N) for n in (result.before, result.lower)] if result.N else ["", ""]
    table = rows.assign(
        persons_total=result.N,
        action=rows["action"].map(ACTION_LABELS),
        covered_today=shares[0],
        covered_with_plan=shares[1],
    )
    return table[
        [
            "country_name",
            "persons",
            "persons_total",
            "class_label",
            "state_letter",
            "action",
            "ask",
            "reason",
            "covered_today",
            "covered_with_plan",
            "country_iso3",
        ]
    ]


def _courses_of(tables: Tables, selection: Selection, result: Plan) -> pd.DataFrame:
    planned_here = tables.courses["country_iso3"].isin(result.rows["country_iso3"]).to_numpy()
    return receipts(tables, considered(tables, selection) & planned_here)
