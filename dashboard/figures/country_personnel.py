"""Figures of one country's personnel: at each date by type, and by mission and date."""

import pandas as pd

from dashboard.charts.forms.missions_by_date import missions_by_date as missions_chart
from dashboard.charts.forms.personnel_by_date import personnel_by_date as personnel_chart
from dashboard.edition.selection import Selection, personnel_label
from dashboard.edition.tables import ALL_MISSIONS, Tables
from dashboard.edition.wording import counted, long_date, quantity, share, share_in_table
from dashboard.figures.country import courses_behind, name_of
from dashboard.figures.figure import (
    Figure,
    Number,
    nothing_to_show,
    number,
    source,
    subtitle,
    subtitle_of,
)
from dashboard.measures.country import (
    days_by_mission,
    default_country,
    missions_by_date,
    personnel_by_date,
)
from dashboard.measures.personnel import personnel_types
from dashboard.measures.states import country_states

PERSONNEL_NOTE = (
    "Head counts at the end of a month; each date is from the report of that month. The dates are "
    "not evenly spaced, and nothing is known of the time between them."
)
MISSIONS_NOTE = (
    "All bars are on one scale. A date in a dotted box is one whose report gives countries and "
    "types of personnel, but not missions. Nothing is known of the time between the dates."
)


def country_personnel_figure(
    tables: Tables, selection: Selection, iso3: str | None = None
) -> Figure:
    """Persons of one country at each date by personnel type, with rank and women.

    `iso3`: a country of the edition; without one, `default_country`.
    """
    iso3 = iso3 or default_country(tables, selection)
    name, frame = name_of(tables, iso3), personnel_by_date(tables, selection, iso3)
    everyone = country_states(tables, selection)
    contributors = everyone[everyone["persons"] > 0]
    total = int(contributors["persons"].sum())
    finding = f"{name}: {_then_and_now(frame, selection.as_of)}"
    types = _types(tables, selection)
    return Figure(
        id="country-personnel",
        title=finding,
        subtitle=subtitle(tables, selection, total, len(contributors)),
        note=PERSONNEL_NOTE,
        source=source(tables, selection),
        statement=tables.package.statement,
        alt=f"Bars of persons at each date by personnel type. {finding}.",
        table=_personnel_table(frame),
        numbers=tuple(_personnel_numbers(frame, iso3, name)),
        draw=lambda: personnel_chart(frame, types),
        behind=lambda: courses_behind(tables, selection, iso3),
        empty=_empty(tables, selection, name, total, bool((frame["persons"] > 0).any())),
    )


def country_missions_figure(
    tables: Tables, selection: Selection, iso3: str | None = None
) -> Figure:
    """Persons of one country by mission at each date that has missions; `iso3` as above."""
    iso3 = iso3 or default_country(tables, selection)
    name, frame = name_of(tables, iso3), missions_by_date(tables, selection, iso3)
    everyone = country_states(tables, selection)
    total = int(everyone["persons"].sum())
    finding = _largest_mission(frame, name, _day_with_missions(tables, selection))
    types = _types(tables, selection)
    return Figure(
        id="country-missions",
        title=finding,
        subtitle=subtitle(tables, selection, total, int((everyone["persons"] > 0).sum()))
        if frame.empty
        else _missions_subtitle(frame, name, tables, selection),
        note=MISSIONS_NOTE,
        source=source(tables, selection),
        statement=tables.package.statement,
        alt=f"Grid of persons by mission and date. {finding}.",
        table=frame,
        numbers=tuple(_mission_numbers(frame, iso3)),
        draw=lambda: missions_chart(frame, selection.as_of, types),
        behind=lambda: courses_behind(tables, selection, iso3),
        empty=_empty(tables, selection, name, total, not frame.empty),
    )


def _types(tables: Tables, selection: Selection) -> dict[str, str]:
    codes = personnel_types(selection.personnel, tables.package)
    return {code: tables.package.label("personnel_types", code) for code in codes}


def _empty(tables: Tables, selection: Selection, name: str, total: int, has_any: bool) -> str:
    """What there is none of, and what to loosen; empty when there is something to show."""
    if has_any:
        return ""
    if not total:
        return nothing_to_show(tables, selection)
    who = "uniformed personnel"
    if selection.personnel != "all":
        label = personnel_label(selection.personnel, tables.package)
        who = f"{label[:1].lower()}{label[1:]}"
    where = f" in {', '.join(selection.missions)}" if selection.missions else ""
    loosen = "missions" if selection.missions else "personnel"
    narrowed = selection.missions or selection.personnel != "all"
    advice = f"Choose other {loosen} in the sidebar." if narrowed else "Choose another country."
    return f"{name} contributes no {who}{where} at any date of the figures. {advice}"


def _then_and_now(frame: pd.DataFrame, as_of: str) -> str:
    """The date of the selection and the newest (else the oldest), the earlier one first."""
    days = list(frame["as_of"])
    other = days[-1] if as_of != days[-1] else days[0]
    rows = {row["as_of"]: row for row in frame.to_dict("records")}
    return "; ".join(_at(rows[day]) for day in sorted({as_of, other}))


def _at(row: dict) -> str:
    day = f"as of {long_date(row['as_of'])}"
    if pd.isna(row["persons"]):
        return f"not given by mission {day}"
    if not row["persons"]:
        return f"nobody {day}"
    return f"{quantity(int(row['persons']), 'person')} {day} (rank {row['rank']})"


def _personnel_table(frame: pd.DataFrame) -> pd.DataFrame:
    shares = [
        "" if pd.isna(n) or not total else share_in_table(int(n), int(total))
        for n, total in zip(frame["persons"], frame["persons_total"], strict=True)
    ]
    table = frame.copy()
    table.insert(3, "share_of_all", shares)
    return table


def _personnel_numbers(frame: pd.DataFrame, iso3: str, name: str) -> list[Number]:
    numbers = []
    for row in frame.to_dict("records"):
        if pd.isna(row["persons"]) or not row["persons_total"]:
            continue
        id, day = f"country-personnel.{iso3}.{row['as_of']}", long_date(row["as_of"])
        label = f"{name}, {day}"
        numbers.append(number(id, label, int(row["persons"]), int(row["persons_total"])))
        if pd.notna(row["women"]) and row["women"] + row["men"]:
            known = int(row["women"] + row["men"])
            numbers.append(number(f"{id}.women", f"{label}: women", int(row["women"]), known))
    return numbers


def _day_with_missions(tables: Tables, selection: Selection) -> str:
    """The date of the selection, or the nearest earlier (else later) that is divided by mission."""
    days = sorted(days_by_mission(tables))
    earlier = [day for day in days if day <= selection.as_of]
    return (earlier[-1:] or days[:1] or [selection.as_of])[0]


def _largest_mission(frame: pd.DataFrame, name: str, day: str) -> str:
    now = frame[(frame["as_of"] == day) & (frame["mission"] != ALL_MISSIONS)]
    total = int(frame.loc[frame["as_of"] == day, "persons"].fillna(0).sum())
    when = f"as of {long_date(day)}"
    if not total:
        return f"{name}: nobody in a mission {when}"
    if now.empty or not now["persons"].max():
        return f"{name}: missions not given {when}"
    first = now.loc[now["persons"].idxmax()]
    part = share(int(first["persons"]), total)
    return f"Largest mission of {name}: {first['mission']}, {part} {when}"


def _missions_subtitle(frame: pd.DataFrame, name: str, tables: Tables, selection: Selection) -> str:
    now = frame[frame["as_of"] == selection.as_of]["persons"]
    if now.isna().all():
        return subtitle_of(f"{name}: not divided by mission at this date", tables, selection)
    serving = quantity(int((now > 0).sum()), "mission")
    people = counted(int(now.sum()), "person")
    return subtitle_of(f"n = {people} of {name} in {serving}", tables, selection)


def _mission_numbers(frame: pd.DataFrame, iso3: str) -> list[Number]:
    totals = frame.groupby("as_of")["persons"].sum()
    return [
        number(
            f"country-missions.{iso3}.{row['as_of']}.{row['mission']}",
            f"{row['mission']}, {long_date(row['as_of'])}",
            int(row["persons"]),
            int(totals[row["as_of"]]),
        )
        for row in frame.to_dict("records")
        if pd.notna(row["persons"]) and totals[row["as_of"]]
    ]
