"""Measure 3: the missions by class of the countries behind them."""

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.charts.forms.named_bars import ORDER, missions_bar
from dashboard.edition import store
from dashboard.edition.selection import THRESHOLDS, default_selection
from dashboard.figures.catalogue import figure
from dashboard.figures.missions import contributor_table, mission_title
from dashboard.measures.coverage import coverage
from dashboard.measures.missions import REST as SMALLER
from dashboard.measures.missions import (
    apart,
    arcs,
    by_mission,
    contributors,
    dates_divided,
    divided,
    flows,
    largest_missions,
)
from tests.dashboard.chart_frames import legend, validated

PROCESSED = Path(__file__).parents[2] / "data" / "processed"
EDITIONS = [path.parent for path in sorted(PROCESSED.glob("*/datapackage.json"))]
COURSES = [
    ("AAA", {"cmcoord_level": "module"}),
    ("BBB", {"cmcoord_level": "related"}),
    ("CCC", {"cmcoord_level": "related", "evidence_type": "news-report"}),
    ("DDD", {"cmcoord_level": "not-documented", "evidence_type": "news-report"}),
]
PERSONS = {
    ("AAA", "troops", "BIG"): 40,
    ("BBB", "troops", "BIG"): 30,
    ("CCC", "troops", "BIG"): 20,
    ("DDD", "individual-police", "BIG"): 10,
    ("EEE", "individual-police", "BIG"): 5,
    ("AAA", "troops", "SMALL"): 3,
    ("BBB", "individual-police", "SMALL"): 4,
}
PLACES = {
    "missions": [
        {
            "code": "BIG",
            "label": "Big Mission",
            "definition": "A mission",
            "headquarters": "Town",
            "latitude": "4.5",
            "longitude": "18.5",
        }
    ]
}


@pytest.fixture
def tables(edition):
    return edition(courses=COURSES, persons=PERSONS)


def _row(frame, mission):
    return frame.set_index("mission").loc[mission]


def test_a_mission_is_divided_by_the_class_of_its_contributors(tables):
    big = _row(by_mission(tables, default_selection(tables)), "BIG")

    assert big[["persons", "covered", "gap", "partial", "unknown"]].tolist() == [
        105,
        40,
        30,
        20,
        15,
    ]
    assert (big["lower"], big["upper"], big["countries"]) == (40, 75, 5)


def test_the_three_states_of_unknown_are_kept_apart(tables):
    big = _row(by_mission(tables, default_selection(tables)), "BIG")

    assert big[["not-documented", "no-course", "not-reviewed"]].tolist() == [10, 0, 5]


def test_the_largest_mission_comes_first_and_a_filter_restricts_the_rows(tables):
    selection = default_selection(tables)

    assert list(by_mission(tables, selection)["mission"]) == ["BIG", "SMALL"]
    only = replace(selection, missions=("SMALL",))
    assert list(by_mission(tables, only)["mission"]) == ["SMALL"]


def test_troops_and_police_apart_add_up_to_the_whole(tables):
    selection = default_selection(tables)
    groups = apart(tables, selection)
    whole = by_mission(tables, selection)["persons"].sum()

    assert sum(rows["persons"].sum() for rows in groups.values()) == whole
    assert _row(groups["police"], "SMALL")["gap"] == 4
    only = apart(tables, replace(selection, personnel="troops"))
    assert only["military"]["persons"].sum() == 93 and only["police"].empty


def test_a_mission_s_contributors_are_its_persons(tables):
    rows = contributors(tables, default_selection(tables), "BIG")

    assert rows["persons"].tolist() == [40, 30, 20, 10, 5]
    assert rows["state"].tolist()[-1] == "not-reviewed"


@pytest.mark.slow
@pytest.mark.parametrize("threshold", THRESHOLDS)
@pytest.mark.parametrize("personnel", ["all", "military", "police", "staff-officers"])
@pytest.mark.parametrize("folder", EDITIONS, ids=lambda folder: folder.name)
def test_the_missions_of_a_date_add_up_to_its_coverage(folder, personnel, threshold):
    tables = store.read(folder)
    for day in tables.dates:
        selection = replace(
            default_selection(tables),
            as_of=day,
            personnel=personnel,
            threshold=threshold,
        )
        missions, whole = by_mission(tables, selection), coverage(tables, selection)
        if not divided(tables, selection):
            assert missions.empty
            continue
        classes = whole.classes.set_index("country_class")["persons"]
        assert missions["persons"].sum() == whole.N == flows(tables, selection)["persons"].sum()
        assert missions["lower"].sum() == whole.lower
        assert missions["upper"].sum() == whole.upper
        for code in ("covered", "gap", "partial", "unknown"):
            assert missions[code].sum() == classes[code]
        assert (missions[list(ORDER)].sum(axis=1) == missions["persons"]).all()


@pytest.mark.parametrize("folder", EDITIONS, ids=lambda folder: folder.name)
def test_every_mission_of_the_editions_has_a_name_and_a_place(folder):
    terms = {term["code"]: term for term in store.read(folder).package.terms("missions")}

    for mission in store.read(folder).missions:
        term = terms[mission]
        assert term["label"].startswith(("United Nations", "African Union"))
        assert -60 < float(term["latitude"]) < 70 and -180 < float(term["longitude"]) < 180


def test_arcs_lead_from_countries_to_the_missions_whose_place_is_known(edition):
    tables = edition(courses=COURSES, persons=PERSONS, package={})
    tables.package.content["vocabularies"].update(PLACES)
    drawn = arcs(tables, default_selection(tables))

    assert set(drawn.rows["mission"]) == {"BIG"}
    assert (drawn.persons, drawn.persons_total, drawn.flows_total) == (105, 112, 7)
    assert drawn.rows["to_latitude"].unique().tolist() == [4.5]
    assert arcs(tables, default_selection(tables), "BBB").rows["persons"].tolist() == [30]


def test_a_small_mission_has_no_percentage(tables):
    table = figure("missions", tables, default_selection(tables)).table.set_index("mission")

    assert table.at["SMALL", "share_covered"] == "3 of 7"
    assert table.at["BIG", "share_covered"] == "38% (40 of 105)"
    assert table.at["BIG", "bounds"] == "between 38 and 71 per cent"


def test_the_bars_have_one_length_and_a_click_picks_the_mission(tables):
    chart = validated(figure("missions", tables, default_selection(tables)).draw())
    bars = [trace for trace in chart.data if trace.x and trace.x[0] is not None]
    lengths = {}
    for trace in bars:
        for foot, length in zip(trace.y, trace.x, strict=True):
            lengths[foot] = lengths.get(foot, 0) + length

    assert [round(length, 9) for length in lengths.values()] == [1, 1]
    picks = {tuple(one) for trace in bars for one in trace.customdata}
    assert picks == {("BIG",), ("SMALL",)}
    assert "–  Not reviewed (unknown)" in legend(chart)


def test_markup_in_a_mission_stays_text(edition):
    tables = edition(persons={("AAA", "troops", "<b>X</b>"): 20})
    chart = figure("missions", tables, default_selection(tables)).draw()

    assert "<b>X</b>" not in [note.text for note in chart.layout.annotations]
    assert any("&lt;b&gt;X&lt;/b&gt;" in note.text for note in chart.layout.annotations)


def test_a_date_without_missions_says_which_date_to_choose(edition):
    persons = {("AAA", "troops", "ALL"): 20}
    tables = edition(courses=COURSES, persons=persons, later={("AAA", "troops", "BIG"): 5})
    selection = default_selection(tables)
    shown = figure("missions", tables, selection)

    assert not divided(tables, selection) and dates_divided(tables) == ("2018-02-28",)
    assert shown.empty == (
        "The report of 31 January 2018 gives countries and types of personnel, but no missions. "
        "Choose 28 February 2018 under “Personnel as of”."
    )
    assert shown.table.empty


def test_personnel_of_no_mission_on_a_divided_date_is_a_row_of_its_own(edition):
    tables = edition(persons={("AAA", "troops", "BIG"): 20, ("AAA", "troops", "ALL"): 5})
    selection = default_selection(tables)

    assert by_mission(tables, selection)["mission_label"].tolist() == [
        "BIG",
        "Mission not given",
    ]
    assert by_mission(tables, selection)["persons"].sum() == coverage(tables, selection).N
    assert mission_title(tables, "ALL") == "Mission not given"


def test_the_table_of_a_mission_gives_shares_of_the_mission(tables):
    rows = contributor_table(tables, default_selection(tables), "SMALL")

    assert rows["share_of_mission"].tolist() == ["4 of 7", "3 of 7"]


def test_bars_without_missions_are_an_empty_chart(tables):
    nothing = by_mission(tables, default_selection(tables)).iloc[:0]

    assert validated(missions_bar(nothing, dict.fromkeys(ORDER, "x"))) is not None


MANY = {
    **PERSONS,
    ("AAA", "troops", "TINY"): 2,
    ("EEE", "troops", "TINY"): 1,
    ("BBB", "troops", "LEAST"): 1,
    ("EEE", "troops", "LEAST"): 1,
}


def test_the_smallest_missions_as_one_row_add_up_to_what_they_are(edition):
    tables = edition(courses=COURSES, persons=MANY)
    choice = default_selection(tables)
    every, drawn = by_mission(tables, choice), largest_missions(tables, choice, 2)

    assert drawn["mission"].tolist() == ["BIG", "SMALL", SMALLER]
    numbers = drawn.select_dtypes("number").drop(columns="countries")
    assert numbers.sum().equals(every[numbers.columns].sum())
    rest = drawn.iloc[-1]
    assert (rest["mission_label"], rest["mission_name"]) == ("2 smaller missions", "TINY, LEAST")
    assert rest["countries"] == 3  # EEE serves in both and is one country


def test_one_mission_alone_is_never_hidden_behind_a_number(edition):
    tables = edition(courses=COURSES, persons=MANY)
    choice = default_selection(tables)

    assert largest_missions(tables, choice, 3).equals(by_mission(tables, choice))
    assert largest_missions(tables, choice, None).equals(by_mission(tables, choice))


def test_the_row_of_smaller_missions_leads_to_no_mission(edition):
    tables = edition(
        courses=COURSES,
        persons={**PERSONS, **{("AAA", "troops", f"M{place}"): 1 for place in range(9)}},
    )
    few = figure("missions", tables, default_selection(tables), shown="5")
    every = figure("missions", tables, default_selection(tables))

    assert few.title == every.title and few.numbers == every.numbers
    assert few.table["mission"].tolist()[-1] == "6 smaller missions"
    picks = {
        pick for trace in few.draw().data for codes in trace.customdata or () for pick in codes
    }
    assert picks == {"BIG", "SMALL", "M0", "M1", "M2"}
    validated(few.draw())
