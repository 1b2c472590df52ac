"""Figure `edition-steps`: measure 12, the headline from one edition to the other, and why."""

from collections.abc import Mapping
from math import floor

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.forms.labelled_bars import Bar, Piece, labelled_bars
from dashboard.charts.marks.labels import escaped, per_cent
from dashboard.charts.marks.look import MARK_STYLES, STATE_STYLES
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import (
    SMALLEST_FOR_PER_CENT,
    count,
    long_date,
    share_in_table,
    whole_per_cent,
)
from dashboard.figures.figure import (
    Figure,
    Number,
    nothing_to_show,
    number,
    source,
    subtitle_of,
)
from dashboard.measures.comparison import (
    Side,
    Step,
    Steps,
    class_changes,
    headline_steps,
    mark_labels,
    sides,
)
from dashboard.measures.courses import considered, receipts
from dashboard.measures.states import country_states

# From what is documented to what is ruled out: the open part lies between the two bounds.
DRAWING_ORDER = ("covered", "partial", "not-documented", "no-course", "not-reviewed", "gap")
NOBODY = "No personnel under these filters"
_SIGNS: Mapping[int, str] = {1: "+", 0: "±", -1: "−"}


def edition_steps_figure(
    tables: Tables, selection: Selection, other: Tables | None = None
) -> Figure:
    """The headline of the earlier edition, with the later review, and of the later edition.

    Without `other` the edition is compared with itself, and nothing moves.
    """
    before, after = sides(tables, selection, other or tables)
    steps = headline_steps(before, after)
    finding = _finding(steps)
    return Figure(
        id="edition-steps",
        title=finding,
        note=_order_note(steps),
        subtitle=population(steps, before, after, tables, selection),
        source=sources(tables, selection, before, after),
        statement=tables.package.statement,
        alt=f"Bars of personnel by class, one thing changed from each to the next. {finding}.",
        table=_table(steps, before, after),
        numbers=_numbers(steps),
        draw=lambda: _bars(steps, before, after),
        behind=lambda: receipts(tables, considered(tables, selection)),
        empty=nothing_in(before, after),
    )


def points(step: Step, bound: str) -> int:
    """A bound of a step in whole per cents, so that differences add up as they are printed."""
    return floor(100 * getattr(step, bound) / step.N + 0.5)


def signed(difference: int) -> str:
    """A difference with its sign: "+23", "−4", "±0"."""
    return f"{_SIGNS[(difference > 0) - (difference < 0)]}{count(abs(difference))}"


def _drawable(steps: Steps) -> bool:
    return all(step.N for step in steps.path)


def nothing_in(before: Side, after: Side) -> str:
    """Which of the two dates has no personnel, and what to loosen."""
    for side in (before, after):
        if not country_states(side.tables, side.selection)["persons"].any():
            return nothing_to_show(side.tables, side.selection)
    return ""


def _in_points(steps: Steps) -> bool:
    """Whether every population is large enough for percentages."""
    return all(step.N >= SMALLEST_FOR_PER_CENT for step in (*steps.path, steps.other_way))


def _finding(steps: Steps) -> str:
    if not _drawable(steps):
        return NOBODY
    if steps.before.marks == steps.evidence.marks == steps.after.marks:
        return "Nothing moved: the headline is the same in both"
    first, _, last = steps.path
    if not _in_points(steps):
        return (
            f"From {count(first.lower)} of {count(first.N)} to {count(last.lower)} of "
            f"{count(last.N)} persons documented"
        )
    by_evidence, by_personnel = _effects(steps, "lower")
    ends = [whole_per_cent(step.lower, step.N) for step in (first, last)]
    return (
        f"From {ends[0]} to {ends[1]} per cent documented: {_in_words(by_evidence)} by the "
        f"evidence, {signed(by_personnel)} by the personnel"
    )


def _in_words(difference: int) -> str:
    return f"{signed(difference)} {'point' if abs(difference) == 1 else 'points'}"


def _effects(steps: Steps, bound: str) -> tuple[int, int]:
    first, middle, last = (points(step, bound) for step in steps.path)
    return middle - first, last - middle


def _order_note(steps: Steps) -> str:
    note = (
        "The evidence is changed first, then the personnel. The two editions are different "
        "reviews: what moved by the evidence was found, not necessarily newly taught."
    )
    if not (_drawable(steps) and _in_points(steps)):
        return note
    first, other, last = (points(s, "lower") for s in (steps.before, steps.other_way, steps.after))
    return (
        f"{note} The other way round, {_in_words(other - first)} would come from the "
        f"personnel and {signed(last - other)} from the evidence."
    )


def population(
    steps: Steps, before: Side, after: Side, tables: Tables, selection: Selection
) -> str:
    if before.tables is after.tables:
        contributors = int((class_changes(before, after)["persons_after"] > 0).sum())
        counted = (
            f"n = {count(steps.after.N)} persons from {count(contributors)} contributing countries"
        )
        return subtitle_of(counted, tables, selection)
    counted = (
        f"n = {count(steps.before.N)} persons as of {long_date(before.selection.as_of)} and "
        f"{count(steps.after.N)} as of {long_date(after.selection.as_of)}"
    )
    compared = f"{before.tables.package.title} → {after.tables.package.title}"
    return f"{subtitle_of(counted, tables, selection)} · compared: {compared}"


def sources(tables: Tables, selection: Selection, before: Side, after: Side) -> str:
    """The edition that is looked at first, then the other."""
    looked_at = source(tables, selection)
    if before.tables is after.tables:
        return looked_at
    other = before if after.tables is tables else after
    return f"{looked_at.rstrip('.')}; compared with: {source(other.tables, other.selection)}"


_ROLES = ("before", "evidence", "after")


def _numbers(steps: Steps) -> tuple[Number, ...]:
    labels = (
        "Documented, earlier edition",
        "Documented, later review and earlier personnel",
        "Documented, later edition",
    )
    return tuple(
        number(
            f"edition-steps.{role}", label, step.lower, step.N, lower=step.lower, upper=step.upper
        )
        for role, label, step in zip(_ROLES, labels, steps.path, strict=True)
    )


def _table(steps: Steps, before: Side, after: Side) -> pd.DataFrame:
    labels = mark_labels(after.tables)
    titles = {side.tables.edition: side.tables.package.title for side in (before, after)}
    rows = [
        {
            "review": titles[step.review],
            "personnel_as_of": step.personnel,
            "documented": _share(step.lower, step.N),
            "upper_bound": _share(step.upper, step.N),
            "persons": step.N,
            **{f"persons_{mark}": step.marks[mark] for mark in labels},
        }
        for step in (*steps.path, steps.other_way)
    ]
    return pd.DataFrame(rows)


def _share(n: int, total: int) -> str:
    return share_in_table(n, total) if total else ""


def _bars(steps: Steps, before: Side, after: Side) -> go.Figure:
    labels = mark_labels(after.tables)
    titles = {side.tables.edition: side.tables.package.title for side in (before, after)}
    used = [mark for mark in DRAWING_ORDER if any(step.marks[mark] for step in steps.path)]
    bars = [
        Bar(
            words=f"<b>{escaped(titles[step.review])}</b><br>Personnel as of "
            f"{long_date(step.personnel)}<br>{_documented(step)}",
            parts=tuple(_part(step, mark, labels[mark]) for mark in used),
            before=between,
        )
        for step, between in zip(steps.path, _between(steps), strict=True)
    ]
    legend = [(_legend(mark, labels[mark]), MARK_STYLES[mark]) for mark in used]
    return labelled_bars(bars, legend, full=1)


def _documented(step: Step) -> str:
    return (
        f"Documented {escaped(share_in_table(step.lower, step.N))}, upper bound "
        f"{per_cent(step.upper, step.N)}"
    )


def _between(steps: Steps) -> tuple[str, str, str]:
    """What each step changes, and by how many points the bounds move."""
    if not _in_points(steps):
        return "", "Only the evidence changes", "Only the personnel change"
    lower, upper = _effects(steps, "lower"), _effects(steps, "upper")
    first, second = (
        f"{what}: {_in_words(low)}, upper bound {signed(high)}"
        for what, low, high in zip(
            ("Only the evidence changes", "Only the personnel change"), lower, upper, strict=True
        )
    )
    return "", first, second


def _part(step: Step, mark: str, label: str) -> Piece:
    persons = step.marks[mark]
    text = per_cent(persons, step.N)
    hover = f"<b>{_legend(mark, label)}</b><br>{escaped(share_in_table(persons, step.N))} persons"
    # No number on a hatch: it could not be read there.
    style = MARK_STYLES[mark]
    return Piece(persons / step.N, style, hover, "" if style.hatch else text)


def _legend(mark: str, label: str) -> str:
    letter = STATE_STYLES[mark].letter if mark in STATE_STYLES else ""
    return f"{letter}  {escaped(label)}".strip()
