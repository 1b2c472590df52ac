"""Figures of measure 3: the missions by class of the countries that their personnel come from."""

import pandas as pd

from dashboard.charts.forms.named_bars import ORDER, missions_bar
from dashboard.edition.selection import Selection, state_labels, threshold_label
from dashboard.edition.tables import ALL_MISSIONS, Tables
from dashboard.edition.wording import (
    count,
    listing,
    long_date,
    quantity,
    share,
    share_in_table,
    span,
)
from dashboard.figures.figure import (
    Figure,
    Number,
    nothing_to_show,
    number,
    source,
    subtitle_of,
)
from dashboard.measures.courses import considered, receipts
from dashboard.measures.missions import (
    NOT_GIVEN,
    REST,
    apart,
    by_mission,
    contributors,
    dates_divided,
    divided,
    largest_missions,
)

NOTE = (
    "Each bar is all uniformed personnel of one mission, whatever its size. A mission gets its class "
    "from the countries behind it: the bars cannot tell who was trained, nor what training the "
    "mission itself gives on arrival."
)
GROUP_NAMES = {"military": "military personnel", "police": "police personnel"}
CONTRIBUTOR_COLUMNS = (
    "country_name",
    "country_iso3",
    "persons",
    "share_of_mission",
    "class_label",
    "state_letter",
    "state_label",
    "reason",
    "courses",
    "persons_total",
)
# How many of the largest missions have a row of their own.
ALL = "all"
SHOWN = {ALL: "All", "12": "12 largest", "10": "10 largest", "8": "8 largest", "5": "5 largest"}
# Missions of fewer persons than this say nothing as a share, so that no title names them.
SMALLEST_NAMED = 100


def missions_figure(tables: Tables, selection: Selection, shown: str = ALL) -> Figure:
    """Every mission, the largest first. `shown`: a key of `SHOWN`; the others are one row."""
    rows = by_mission(tables, selection)
    drawn = largest_missions(tables, selection, int(shown)) if shown != ALL else rows
    return _figure("missions", tables, selection, rows, "uniformed personnel", drawn)


def military_figure(tables: Tables, selection: Selection) -> Figure:
    """The missions by their military personnel alone."""
    return _group("military", tables, selection)


def police_figure(tables: Tables, selection: Selection) -> Figure:
    """The missions by their police personnel alone."""
    return _group("police", tables, selection)


def contributor_table(tables: Tables, selection: Selection, mission: str) -> pd.DataFrame:
    """Who serves in a mission: `CONTRIBUTOR_COLUMNS`, the largest contributor first."""
    rows = contributors(tables, selection, mission)
    total = int(rows["persons"].sum())
    shares = [share_in_table(persons, total) for persons in rows["persons"]]
    table = rows.assign(persons_total=total, share_of_mission=shares)
    return table[list(CONTRIBUTOR_COLUMNS)].reset_index(drop=True)


def mission_title(tables: Tables, mission: str) -> str:
    """Acronym and name, for example "UNIFIL: United Nations Interim Force in Lebanon"."""
    if mission == ALL_MISSIONS:
        return NOT_GIVEN
    name = tables.package.label("missions", mission)
    return mission if name == mission else f"{mission}: {name}"


def mission_words(tables: Tables, mission: str) -> str:
    """What a mission is and where its headquarters are; empty when the package does not say."""
    found = [term for term in tables.package.terms("missions") if term["code"] == mission]
    if not found:
        return ""
    where = found[0].get("headquarters", "")
    return f"{found[0]['definition']}.{f' Headquarters: {where}.' if where else ''}"


def _group(group: str, tables: Tables, selection: Selection) -> Figure:
    rows = apart(tables, selection)[group]
    return _figure(f"missions-{group}", tables, selection, rows, GROUP_NAMES[group])


def _figure(
    id: str,
    tables: Tables,
    selection: Selection,
    rows: pd.DataFrame,
    who: str,
    drawn: pd.DataFrame | None = None,
) -> Figure:
    """`drawn`: the rows with the smallest missions as one, if they are to be."""
    drawn = rows if drawn is None else drawn
    labels = _labels(tables, selection)
    finding = _finding(rows, who, threshold_label(selection.threshold, tables.package))
    total = int(rows["persons"].sum())
    missions = quantity(len(rows), "mission")
    return Figure(
        id=id,
        title=finding,
        subtitle=subtitle_of(f"n = {count(total)} {who} in {missions}", tables, selection),
        note=NOTE,
        source=source(tables, selection),
        statement=tables.package.statement,
        alt=f"Bars of {who} by mission and class of the contributing countries. {finding}.",
        table=_table(drawn),
        numbers=_numbers(id, rows),
        draw=lambda: missions_bar(drawn, labels, f"mission{id.removeprefix('missions')}"),
        behind=lambda: _courses(tables, selection),
        empty="" if len(rows) else _empty(tables, selection, who),
    )


def _labels(tables: Tables, selection: Selection) -> dict[str, str]:
    package, states = tables.package, state_labels(selection, tables.package)
    letters = {term["code"]: term["letter"] for term in package.state_terms}
    classes = set(package.codes("classes"))
    return {
        key: package.label("classes", key)
        if key in classes
        else f"{letters[key]}  {states[key]} (unknown)"
        for key in ORDER
    }


def _finding(rows: pd.DataFrame, who: str, threshold: str) -> str:
    """For how many missions most personnel comes from covered countries, and the largest gap."""
    if rows.empty:
        return f"No {who} by mission under these filters"
    covered = int((2 * rows["covered"] > rows["persons"]).sum())
    most = f"In {_of_missions(covered, len(rows))}, {threshold} is documented for most {who}"
    named = rows[(rows["persons"] >= SMALLEST_NAMED) & (rows["gap"] > 0)]
    if named.empty:
        return most
    first = named.loc[(named["gap"] / named["persons"]).idxmax()]
    gap = share(int(first["gap"]), int(first["persons"]))
    return f"{most}; the largest established gap is {gap} in {first['mission_label']}"


def _of_missions(number_of: int, total: int) -> str:
    if total == 1:
        return "the only mission" if number_of else "none of one mission"
    return f"{count(number_of) if number_of else 'none'} of {quantity(total, 'mission')}"


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    bounds = [
        span(low, high, total) if total else ""
        for low, high, total in zip(rows["lower"], rows["upper"], rows["persons"], strict=True)
    ]
    shares = [
        share_in_table(n, total) for n, total in zip(rows["covered"], rows["persons"], strict=True)
    ]
    # What stands for several missions has no acronym, and is named by how many they are.
    rows = rows.assign(
        mission=rows["mission_label"].where(rows["mission"] == REST, rows["mission"])
    )
    order = [
        "mission",
        "mission_name",
        "persons",
        "countries",
        "share_covered",
        "bounds",
        *ORDER,
    ]
    return rows.assign(bounds=bounds, share_covered=shares)[order].rename(
        columns={key: f"persons_{key}" for key in ORDER}
    )


def _numbers(id: str, rows: pd.DataFrame) -> tuple[Number, ...]:
    return tuple(
        number(
            f"{id}.{row.mission}",
            row.mission_name,
            row.covered,
            row.persons,
            lower=int(row.lower),
            upper=int(row.upper),
        )
        for row in rows.itertuples()
    )


def _courses(tables: Tables, selection: Selection) -> pd.DataFrame:
    serving = contributors(tables, selection)["country_iso3"]
    here = tables.courses["country_iso3"].isin(serving).to_numpy()
    return receipts(tables, considered(tables, selection) & here)


def _empty(tables: Tables, selection: Selection, who: str) -> str:
    """Why there is no mission to show, and which choice would bring some."""
    if divided(tables, selection):
        return nothing_to_show(tables, selection)
    days = [long_date(day) for day in dates_divided(tables)]
    if not days:
        return "No figures of this edition are divided by mission."
    choose = listing(days, most=len(days), last="or")
    return (
        f"The report of {long_date(selection.as_of)} gives countries and types of personnel, "
        f"but no missions. Choose {choose} under “Personnel as of”."
    )
