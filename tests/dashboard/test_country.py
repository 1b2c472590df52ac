"""One country: personnel at every date, courses, neighbours, and the page that joins them."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.charts.forms.personnel_by_date import years_between
from dashboard.edition import store
from dashboard.edition.selection import default_selection
from dashboard.figures import catalogue
from dashboard.figures.country import country_to_begin_with
from dashboard.figures.country_levels import languages_in_words
from dashboard.measures.country import (
    country_centres,
    country_courses,
    country_languages,
    country_neighbours,
    default_country,
    missions_by_date,
    personnel_by_date,
)
from dashboard.measures.coverage import coverage
from dashboard.measures.states import country_states
from tests.dashboard.chart_frames import validated

pytestmark = pytest.mark.app

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
PAGE = "app_pages/country.py"
PERSONS = {
    ("AAA", "troops", "MINX"): 60,
    ("AAA", "troops", "MINY"): 20,
    ("AAA", "individual-police", "MINX"): 5,
    ("BBB", "troops", "MINX"): 85,
    "CCC": 9,
}
# The later date knows no missions.
LATER = {("AAA", "troops", "ALL"): 70, ("BBB", "troops", "ALL"): 10}


@pytest.fixture
def tables(edition):
    return edition(
        courses=[
            (
                "AAA",
                {
                    "cmcoord_level": "module",
                    "languages": ("en", "fr"),
                    "centre": "one",
                    "centre_name": "One",
                    "audiences": ("police", "military"),
                },
            ),
            ("AAA", {"cmcoord_level": "related", "centre": "one", "course_type": "academic"}),
            ("BBB", {"cmcoord_level": "cimic", "evidence_type": "news-report"}),
        ],
        persons=PERSONS,
        later=LATER,
        reviewed=("DDD",),
        regions={"AAA": "ROWCA", "CCC": "ROWCA"},
    )


def _row(frame, as_of):
    return frame[frame["as_of"] == as_of].iloc[0]


# --- personnel over the dates ---


def test_personnel_at_every_date_with_rank_and_type(tables):
    frame = personnel_by_date(tables, default_selection(tables), "AAA")

    first = _row(frame, "2018-01-31")
    assert (first["persons"], first["persons_total"], first["rank"], first["contributors"]) == (
        85,
        179,
        1,
        3,
    )
    assert (first["troops"], first["staff-officers"], first["individual-police"]) == (80, 0, 5)
    assert list(frame["as_of"]) == ["2018-01-31", "2018-02-28"]


def test_a_tie_shares_a_rank_and_nobody_has_none(tables):
    selection = default_selection(tables)

    assert _row(personnel_by_date(tables, selection, "BBB"), "2018-01-31")["rank"] == 1
    nobody = _row(personnel_by_date(tables, selection, "CCC"), "2018-02-28")
    assert nobody["persons"] == 0 and pd.isna(nobody["rank"])


def test_with_a_choice_of_missions_a_date_without_missions_is_not_known_rather_than_zero(tables):
    selection = replace(default_selection(tables), missions=("MINX",))

    frame = personnel_by_date(tables, selection, "AAA")

    assert _row(frame, "2018-01-31")["persons"] == 65
    assert pd.isna(_row(frame, "2018-02-28")["persons"])


def test_women_are_counted_where_the_report_gives_them(tables):
    rows = tables.contributions
    known = (rows["country_iso3"] == "AAA") & (rows["mission"] == "MINX")
    known &= rows["personnel_type"] == "troops"
    given_of = rows.assign(
        female=pd.Series(3, rows.index, dtype="Int64").where(known),
        male=pd.Series(57, rows.index, dtype="Int64").where(known),
    )
    first = _row(
        personnel_by_date(
            replace(tables, contributions=given_of), default_selection(tables), "AAA"
        ),
        "2018-01-31",
    )

    assert (first["women"], first["men"]) == (3, 57)
    without = _row(personnel_by_date(tables, default_selection(tables), "AAA"), "2018-01-31")
    assert pd.isna(without["women"])


def test_missions_keep_undivided_dates_open_and_stand_by_size(tables):
    frame = missions_by_date(tables, default_selection(tables), "AAA")

    cells = frame.set_index(["mission", "as_of"])["persons"]
    assert list(dict.fromkeys(frame["mission"])) == ["MINX", "MINY"]
    assert (cells["MINX", "2018-01-31"], cells["MINY", "2018-01-31"]) == (65, 20)
    assert cells[:, "2018-02-28"].isna().all()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    counts=st.dictionaries(
        st.tuples(
            st.sampled_from(["AAA", "BBB", "CCC"]),
            st.sampled_from(["troops", "staff-officers", "individual-police"]),
            st.sampled_from(["MINX", "MINY"]),
        ),
        st.integers(0, 500),
        min_size=1,
    )
)
def test_types_missions_and_countries_add_up(edition, counts):
    tables = edition(persons=counts)
    selection = default_selection(tables)
    total = coverage(tables, selection).N
    rows = {
        iso3: _row(personnel_by_date(tables, selection, iso3), selection.as_of)
        for iso3 in tables.countries["country_iso3"]
    }

    assert sum(row["persons"] for row in rows.values()) == total
    assert all(row["persons_total"] == total for row in rows.values())
    assert all(
        row["troops"] + row["staff-officers"] + row["individual-police"] == row["persons"]
        for row in rows.values()
    )
    ranks = country_states(tables, selection).set_index("country_iso3")["rank"].dropna()
    assert {iso3: row["rank"] for iso3, row in rows.items() if row["persons"]} == dict(ranks)
    for iso3, row in rows.items():
        missions = missions_by_date(tables, selection, iso3)
        now = missions[missions["as_of"] == selection.as_of]
        assert now["persons"].sum() == row["persons"]


# --- courses, centres, languages ---


def test_courses_carry_audience_language_and_receipts(tables):
    rows = country_courses(tables, default_selection(tables), "AAA")

    assert list(rows["audiences"]) == ["Military, Police", ""]
    assert list(rows["languages"]) == ["En, Fr", ""]
    assert list(rows["workbook_cell"]) == ["Matrix!row 7"] * 2


def test_a_centre_shows_its_highest_level_and_how_many_courses_are_considered(tables):
    selection = default_selection(tables)

    centre = country_centres(tables, selection, "AAA").iloc[0]
    assert (centre["centre_name"], centre["courses"], centre["level"]) == ("One", 2, "Module")
    left = country_centres(tables, replace(selection, course_types=("exercise",)), "AAA").iloc[0]
    assert (left["courses"], left["level"]) == (0, "No course matches the filters")


def test_a_language_that_is_not_recorded_stands_apart(tables):
    frame = country_languages(tables, default_selection(tables), "AAA")

    rows = list(frame[["language", "courses", "reaching"]].itertuples(index=False, name=None))
    assert rows == [("en", 1, 1), ("fr", 1, 1), ("", 1, 0)]
    assert languages_in_words(tables, default_selection(tables), "AAA") == (
        "Languages of instruction: En (one of two courses, one at or above the threshold) and "
        "Fr (one of two courses, one at or above the threshold); not recorded for one."
    )


# --- neighbours and the country to begin with ---


def test_neighbours_stand_two_ranks_away_or_in_the_region(edition):
    iso3s = ["AAA", "BBB", "CCC", "DDD", "EEE", "FFF", "GGG"]
    tables = edition(
        persons={iso3: 100 - place for place, iso3 in enumerate(iso3s)},
        regions={"DDD": "ROWCA", "AAA": "ROWCA", "EEE": "ROWCA"},
    )

    frame = country_neighbours(tables, default_selection(tables), "DDD")

    assert dict(zip(frame["country_iso3"], frame["neighbour"], strict=True)) == {
        "AAA": "Rowca",
        "BBB": "Rank",
        "CCC": "Rank",
        "DDD": "This country",
        "EEE": "Rank and Rowca",
        "FFF": "Rank",
    }
    assert list(frame["rank"]) == [1, 2, 3, 4, 5, 6]


def test_a_country_without_personnel_has_no_neighbours_in_rank(tables):
    frame = country_neighbours(tables, default_selection(tables), "DDD")

    assert list(frame["neighbour"]) == ["This country"]


def test_the_page_begins_with_the_largest_contributor_that_is_not_covered(tables, edition):
    selection = default_selection(tables)

    assert country_to_begin_with(tables, selection) == (
        "BBB",
        "the largest contributor that is not covered",
    )
    assert default_country(tables, replace(selection, as_of="2018-02-28")) == "BBB"
    police = replace(selection, personnel="police")
    assert country_to_begin_with(tables, police) == ("AAA", "the largest contributor")
    nobody = replace(selection, missions=("MINZ",))
    assert country_to_begin_with(tables, nobody)[1] == "the first country of the review"


# --- figures ---


@pytest.mark.parametrize("as_of", ["2018-01-31", "2018-02-28"])
@pytest.mark.parametrize("iso3", ["AAA", "BBB", "CCC", "DDD"])
@pytest.mark.parametrize("id", ["country-personnel", "country-missions", "country-levels"])
def test_each_figure_of_a_country_draws_or_says_why_not(tables, id, iso3, as_of):
    selection = replace(default_selection(tables), as_of=as_of)

    figure = catalogue.figure(id, tables, selection, iso3=iso3)

    validated(figure.screen)
    assert figure.title.startswith(("Land", "Largest", "Module"))
    assert len({number.id for number in figure.numbers}) == len(figure.numbers)
    assert all(number.id.startswith(f"{id}.{iso3}.") for number in figure.numbers)


def test_the_findings_say_date_and_rank(tables):
    titles = {
        id: catalogue.figure(id, tables, default_selection(tables), iso3="AAA").title
        for id in ("country-personnel", "country-missions", "country-levels")
    }

    assert titles == {
        "country-personnel": "Land AAA: 85 persons as of 31 January 2018 (rank 1); "
        "70 persons as of 28 February 2018 (rank 1)",
        "country-missions": "Largest mission of Land AAA: MINX, 76 per cent (65 of 85) "
        "as of 31 January 2018",
        "country-levels": "Module or higher documented in one of two courses of Land AAA",
    }


def test_a_country_that_nobody_looked_at_asks_for_a_search(tables):
    figure = catalogue.figure("country-levels", tables, default_selection(tables), iso3="CCC")

    assert figure.empty == (
        "A search: the review has not looked at Land CCC yet. That says nothing about its training."
    )


def test_filters_that_leave_a_country_without_a_course_are_named(tables):
    selection = replace(default_selection(tables), course_types=("exercise",))

    figure = catalogue.figure("country-levels", tables, selection, iso3="AAA")

    assert "Loosen course type under “Which courses count”" in figure.empty


def test_a_country_without_personnel_says_so_and_what_to_choose(tables):
    figure = catalogue.figure("country-personnel", tables, default_selection(tables), iso3="DDD")

    assert figure.empty == (
        "Land DDD contributes no uniformed personnel at any date of the figures. "
        "Choose another country."
    )


def test_no_line_joins_two_dates(tables):
    for id in ("country-personnel", "country-missions"):
        chart = catalogue.figure(id, tables, default_selection(tables), iso3="AAA").screen
        assert {trace.type for trace in chart.data} == {"bar"}


def test_years_without_figures_are_said_between_two_dates():
    assert years_between("2018-03-31", "2025-07-31").endswith("no figures for seven years")
    assert years_between("2018-01-31", "2018-02-28") == years_between("", "2018-01-31") == ""


# --- the page ---


@pytest.fixture
def processed(write_edition, tmp_path, monkeypatch):
    write_edition(
        name=store.DEFAULT_EDITION,
        courses=[
            ("AAA", {"cmcoord_level": "module"}),
            ("BBB", {"evidence_type": "news-report", "course_title": "=1+1 <b>b</b>"}),
        ],
        persons={"AAA": 50, "BBB": 30, "CCC": 20},
        later={"AAA": 10, "EEE": 1},
        reviewed=("DDD",),
        names={"BBB": "B*old* $land$"},
    )
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(tmp_path))
    return tmp_path


def _open(**link):
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    app.switch_page(PAGE).run()
    assert not app.exception, app.exception
    return app


def _texts(app):
    return " ".join(element.value for element in (*app.markdown, *app.caption, *app.info))


def test_without_a_choice_the_page_says_which_country_it_shows_and_why(processed):
    app = _open()

    assert "the largest contributor that is not covered" in _texts(app)
    assert app.header[0].value.startswith(r"B\*old\* \$land\$: Partial")
    assert app.title[0].value.startswith("What is documented of training in B")


@pytest.mark.parametrize(
    ("iso3", "says"),
    [
        ("CCC", "A search: the review has not looked at"),
        ("DDD", "A question to the country: where are its personnel trained?"),
        ("EEE", "Not in the review, and no personnel under these filters."),
    ],
)
def test_each_state_of_not_knowing_has_its_own_words(processed, iso3, says):
    assert says in _texts(_open(country=iso3)).replace("\\", "")


def test_a_row_of_the_neighbours_leads_to_that_country(processed):
    app = _open(country="BBB")

    beside = app.dataframe(key="neighbours_table").value
    assert list(beside["country_iso3"]) == ["AAA", "BBB", "CCC"]


def test_the_contributors_lead_to_everything_about_a_country(processed):
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.query_params["country"] = "AAA"
    app.run()
    app.switch_page("app_pages/contributors.py").run()

    app.button(key="lead-country").click().run()

    assert app.header[0].value.startswith("Land AAA: Covered")
