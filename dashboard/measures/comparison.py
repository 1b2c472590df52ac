"""Measure 12 for two editions: what came, went and changed, and which headline moved, and why.

Countries, centres and courses are the same when their identifiers are. The earlier edition (by its
date of review) is always `before`, the later one `after`, whichever of them is looked at.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.measures.states import CLASSES, country_states

NOT_REVIEWED = ("unknown", "not-reviewed")
# Class, or the state within unknown: every way a country can be drawn, in the order of legends.
MARKS = ("covered", "gap", "partial", "not-documented", "no-course", "not-reviewed")
# Two figures and a table of one page ask the same.
KEPT = 4
ITEMS = ("countries", "centres", "courses")
_KEYS = {"countries": "country_iso3", "centres": "centre_id", "courses": "course_id"}
_NAMES = {"countries": "country_name", "centres": "centre_name", "courses": "course_title"}


@dataclass(frozen=True)
class Side:
    """One edition of a comparison, with the selection that it is looked at under."""

    tables: Tables
    selection: Selection


@dataclass(frozen=True)
class Step:
    """The headline with the review of one edition and the personnel of one date.

    `marks`: persons by `MARKS`. `n` persons from covered countries of `N`; between `lower` (= n)
    and `upper` (everything but established gaps).
    """

    review: str
    personnel: str
    marks: dict[str, int]

    @property
    def N(self) -> int:
        return sum(self.marks.values())

    @property
    def lower(self) -> int:
        return self.marks["covered"]

    @property
    def upper(self) -> int:
        return self.N - self.marks["gap"]


@dataclass(frozen=True)
class Steps:
    """The headline from one edition to the other, one thing changed at a time.

    `before` (both of the earlier edition), `evidence` (the later review, the earlier personnel),
    `after` (both of the later edition); `other_way`: the earlier review, the later personnel, which
    is where a path that changes the personnel first would pass.
    """

    before: Step
    evidence: Step
    after: Step
    other_way: Step

    @property
    def path(self) -> tuple[Step, Step, Step]:
        return self.before, self.evidence, self.after


def sides(tables: Tables, selection: Selection, other: Tables) -> tuple[Side, Side]:
    """The earlier and the later edition under the same choices.

    The other edition is looked at with the personnel of its own date; the edition of the selection
    with the date chosen. At equal dates of review the other edition is the earlier one.
    """
    chosen = Side(tables, selection)
    date = selection.as_of if other is tables else other.default_date
    against = Side(other, replace(selection, edition=other.edition, as_of=date))
    first = chosen if _reviewed(tables) < _reviewed(other) else against
    return (chosen, against) if first is chosen else (against, chosen)


def _reviewed(tables: Tables) -> str:
    return tables.package.edition["as_of"]


@lru_cache(maxsize=KEPT)
def headline_steps(before: Side, after: Side) -> Steps:
    """The headline of measure 1 and its bounds for every pairing of review and personnel."""
    return Steps(
        before=_step(before, before),
        evidence=_step(after, before),
        after=_step(after, after),
        other_way=_step(before, after),
    )


def _step(review: Side, personnel: Side) -> Step:
    rows = contributors_under(review, personnel)
    sums = rows.groupby("mark")["persons"].sum()
    marks = {mark: int(sums.get(mark, 0)) for mark in MARKS}
    return Step(review.tables.edition, personnel.selection.as_of, marks)


def contributors_under(review: Side, personnel: Side) -> pd.DataFrame:
    """Contributors of one side as the review of the other sees them.

    Columns: country_iso3, country_name, persons, country_class, class_label, state, state_letter,
    state_label, mark (`MARKS`), largest contributor first. A country that the review does not have
    is "not in the review".
    """
    persons = country_states(personnel.tables, personnel.selection)
    persons = persons.loc[persons["persons"] > 0, ["country_iso3", "country_name", "persons"]]
    return persons.merge(_classes(review), on="country_iso3", how="left").pipe(_filled, review)


def _classes(side: Side) -> pd.DataFrame:
    columns = [
        "country_iso3",
        "country_class",
        "class_label",
        "state",
        "state_letter",
        "state_label",
    ]
    return country_states(side.tables, side.selection)[columns]


def _filled(rows: pd.DataFrame, review: Side) -> pd.DataFrame:
    """Countries that the review does not know are not in the review; then the mark of each."""
    package = review.tables.package
    country_class, state = NOT_REVIEWED
    letters = {term["code"]: term["letter"] for term in package.state_terms}
    rows = rows.fillna(
        {
            "country_class": country_class,
            "class_label": package.label("classes", country_class),
            "state": state,
            "state_letter": letters[state],
            "state_label": package.label("all_states", state),
        }
    )
    unknown = rows["country_class"] == "unknown"
    return rows.assign(mark=rows["state"].where(unknown, rows["country_class"]))


def class_changes(before: Side, after: Side) -> pd.DataFrame:
    """Every contributor or reviewed country of either edition, before and after.

    Columns: country_iso3, country_name, persons_before, persons_after, was, became (`MARKS`),
    was_label, became_label, changed (bool); largest contributor of the earlier date first.
    """
    return _class_changes(before, after).copy(deep=False)


@lru_cache(maxsize=KEPT)
def _class_changes(before: Side, after: Side) -> pd.DataFrame:
    one, two = (_whole(side).add_suffix(suffix) for side, suffix in ((before, "_1"), (after, "_2")))
    rows = one.merge(two, left_on="country_iso3_1", right_on="country_iso3_2", how="outer")
    frame = pd.DataFrame(
        {
            "country_iso3": rows["country_iso3_1"].fillna(rows["country_iso3_2"]),
            "country_name": rows["country_name_2"].fillna(rows["country_name_1"]),
            "persons_before": rows["persons_1"].fillna(0).astype("int64"),
            "persons_after": rows["persons_2"].fillna(0).astype("int64"),
            "was": rows["mark_1"].fillna(NOT_REVIEWED[1]),
            "became": rows["mark_2"].fillna(NOT_REVIEWED[1]),
        }
    )
    for column, side in (("was", before), ("became", after)):
        frame[f"{column}_label"] = frame[column].map(mark_labels(side.tables))
    frame["changed"] = frame["was"] != frame["became"]
    order = ["persons_before", "persons_after", "country_name"]
    frame = frame.sort_values(order, ascending=[False, False, True], kind="stable")
    return frame.reset_index(drop=True)


def _whole(side: Side) -> pd.DataFrame:
    frame = _filled(country_states(side.tables, side.selection), side)
    return frame[["country_iso3", "country_name", "persons", "mark"]]


def mark_labels(tables: Tables) -> dict[str, str]:
    """Label of every mark: the class, or the state within unknown."""
    package = tables.package
    return {
        mark: package.label("classes" if mark in CLASSES else "all_states", mark) for mark in MARKS
    }


def moved(before: Side, after: Side, items: str) -> pd.DataFrame:
    """Countries, centres or courses that came, went or changed, in this order, by country and name.

    Columns: change (came, went, changed), country_iso3, country_name, name, id, level_change (the level of a
    course before and after; empty unless changed), same_page (came and
    went: whether an item of the same country in the other edition, and only there, has the same
    source address, so that it may be the same under another name), workbook_cell.
    """
    return _moved(before, after, items).copy(deep=False)


@lru_cache(maxsize=KEPT)
def _moved(before: Side, after: Side, items: str) -> pd.DataFrame:
    one, two = _items(before.tables, items), _items(after.tables, items)
    came = two[~two["id"].isin(one["id"])].assign(change="came", level_change="")
    went = one[~one["id"].isin(two["id"])].assign(change="went", level_change="")
    rows = [_paired(came, went), _paired(went, came)]
    if items == "courses":
        rows.append(_changed_levels(one, two, after.tables))
    frame = pd.concat(rows, ignore_index=True).sort_values(
        ["change", "country_name", "name", "id"],
        key=lambda column: column.map(_PLACE) if column.name == "change" else column,
        kind="stable",
    )
    order = [
        "change",
        "country_name",
        "name",
        "level_change",
        "same_page",
        "workbook_cell",
        "id",
        "country_iso3",
    ]
    return frame[order].reset_index(drop=True)


_PLACE = {"came": 0, "went": 1, "changed": 2}


def _items(tables: Tables, items: str) -> pd.DataFrame:
    frame = getattr(tables, items)
    if items == "countries":
        frame = frame[frame["in_review"]]
    names = dict(
        zip(tables.countries["country_iso3"], tables.countries["country_name"], strict=True)
    )
    empty = pd.Series("", index=frame.index)
    cell = empty
    if "matrix_sheet" in frame:
        row = frame["matrix_row"].astype("string")
        cell = (frame["matrix_sheet"] + "!row " + row).fillna("")
    return pd.DataFrame(
        {
            "id": frame[_KEYS[items]],
            "name": frame[_NAMES[items]],
            "country_iso3": frame["country_iso3"],
            "country_name": frame["country_iso3"].map(names),
            "page": frame.get("source_url", empty),
            "level": frame["cmcoord_level"] if items == "courses" else empty,
            "workbook_cell": cell,
        }
    )


def _paired(rows: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    there = set(zip(others["country_iso3"], others["page"], strict=True))
    pairs = zip(rows["country_iso3"], rows["page"], strict=True)
    same = [page != "" and (iso3, page) in there for iso3, page in pairs]
    return rows.assign(same_page=np.array(same, dtype=bool))


def _changed_levels(one: pd.DataFrame, two: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    rows = two.merge(one[["id", "level"]], on="id", suffixes=("", "_before"))
    rows = rows[rows["level"] != rows["level_before"]]
    labels = {code: tables.package.label("levels", code) for code in tables.package.codes("levels")}
    change = rows["level_before"].map(labels) + " → " + rows["level"].map(labels)
    rows = rows.drop(columns="level_before")
    return rows.assign(change="changed", level_change=change, same_page=False)


def figures_moved(before: Side, after: Side) -> pd.DataFrame:
    """Counts that a report quotes from an edition: figure, before, after, difference.

    Of the whole editions: no filter counts here but the threshold (classes of countries).
    """
    one, two = _counts(before), _counts(after)
    rows = [(name, one[name], two[name], two[name] - one[name]) for name in one]
    return pd.DataFrame(rows, columns=["figure", "before", "after", "difference"])


def _counts(side: Side) -> dict[str, int]:
    tables, package = side.tables, side.tables.package
    plain = Selection(tables.edition, side.selection.as_of, threshold=side.selection.threshold)
    frame = country_states(tables, plain)
    reviewed = frame[frame["in_review"]]["country_class"].value_counts()
    levels = tables.courses["cmcoord_level"].value_counts()
    return {
        "Countries in the review": int(tables.countries["in_review"].sum()),
        "Training centres": len(tables.centres),
        "Courses": len(tables.courses),
        **{
            f"Courses: {package.label('levels', code)}": int(levels.get(code, 0))
            for code in package.codes("levels")
        },
        **{
            f"Reviewed countries: {package.label('classes', code)}": int(reviewed.get(code, 0))
            for code in CLASSES
        },
    }
