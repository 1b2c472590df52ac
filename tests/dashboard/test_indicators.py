"""Measure 9: the section's indicators, at every date and in every edition, and their page."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.edition import store
from dashboard.edition.selection import default_selection
from dashboard.figures import catalogue
from dashboard.figures.indicator_words import indicator_table
from dashboard.measures.contributors import top_contributors
from dashboard.measures.coverage import coverage
from dashboard.measures.indicators import (
    HEADLINES,
    NO_LANGUAGE,
    OTHER_LANGUAGES,
    UN_LANGUAGES,
    indicator_history,
    indicators,
    language_indicators,
)
from tests.dashboard.chart_frames import validated

pytestmark = pytest.mark.app

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
FIGURES = ("indicators", "indicator-languages", "indicator-dates")
LEVELS = ("dedicated", "module", "cimic", "related", "none-found", "not-documented")
COURSES = [
    ("AAA", {"cmcoord_level": "dedicated", "centre": "one", "languages": ("en", "fr")}),
    ("AAA", {"cmcoord_level": "module", "centre": "one"}),
    ("AAA", {"cmcoord_level": "cimic", "centre": "two", "languages": ("es",)}),
    ("BBB", {"cmcoord_level": "related", "centre": "three", "languages": ("pt",)}),
    ("DDD", {"cmcoord_level": "module", "centre": "four", "languages": ("en",)}),
]


@pytest.fixture
def tables(edition):
    return edition(
        courses=COURSES,
        persons={"AAA": 40, "BBB": 60, "CCC": 10},
        later={("AAA", "troops", "ALL"): 5, ("CCC", "troops", "ALL"): 6},
    )


def _values(frame):
    return {
        id: (n, total) for id, n, total in frame[["indicator_id", "n", "N"]].itertuples(index=False)
    }


def test_the_headlines_count_dedicated_courses_and_modules(tables):
    assert _values(indicators(tables, default_selection(tables), top=2)) == {
        "institutions": (2, 4),
        "courses": (3, 5),
        "countries": (1, 3),
        "top-countries": (1, 2),
        "top-persons": (40, 100),
    }


@pytest.mark.parametrize("threshold", ["dedicated", "module", "cimic", "related"])
def test_the_threshold_of_the_selection_changes_nothing(tables, threshold):
    selection = default_selection(tables)
    other = replace(selection, threshold=threshold)

    assert _values(indicators(tables, other)) == _values(indicators(tables, selection))


def test_a_language_without_a_course_keeps_its_row_and_the_unknown_stands_apart(tables):
    frame = language_indicators(tables, default_selection(tables)).set_index("language")

    assert list(frame.index) == [*UN_LANGUAGES, OTHER_LANGUAGES, NO_LANGUAGE]
    assert frame["courses"].to_dict() == {
        "ar": 0,
        "zh": 0,
        "en": 2,
        "fr": 1,
        "ru": 0,
        "es": 1,
        "other": 1,
        "not-recorded": 1,
    }
    assert frame["content"].to_dict() == {
        "ar": 0,
        "zh": 0,
        "en": 2,
        "fr": 1,
        "ru": 0,
        "es": 0,
        "other": 0,
        "not-recorded": 1,
    }


def test_a_date_without_missions_cannot_answer_a_choice_of_missions(tables):
    selection = replace(default_selection(tables), missions=("MINX",))

    history = indicator_history([tables], selection).set_index(["indicator_id", "as_of"])

    assert history.loc[("countries", "2018-01-31"), "n"] == 1
    assert history.loc[("countries", "2018-02-28")].isna()["n"]
    assert history.loc[("institutions", ""), "n"] == 2


def test_the_history_holds_each_edition_and_date_once(tables, edition):
    other = edition(name="other", courses=COURSES[:1], persons={"AAA": 1}, later={"AAA": 3})

    history = indicator_history([tables, other], default_selection(tables))

    assert not history.duplicated(["indicator_id", "edition", "as_of"]).any()
    assert len(history) == 2 * (2 + 3 * 2)
    assert history[history["indicator_id"] == "courses"]["n"].to_list() == [3, 1]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    coded=st.lists(
        st.tuples(
            st.sampled_from(["AAA", "BBB", "CCC"]),
            st.sampled_from(LEVELS),
            st.sets(st.sampled_from(["en", "fr", "pt"])),
        ),
        max_size=8,
    ),
    persons=st.dictionaries(
        st.sampled_from(["AAA", "BBB", "CCC", "DDD"]), st.integers(0, 90), min_size=1
    ),
    top=st.integers(1, 5),
)
def test_indicators_agree_with_coverage_and_contributors(edition, coded, persons, top):
    courses = [
        (iso3, {"cmcoord_level": level, "languages": tuple(languages)})
        for iso3, level, languages in coded
    ]
    tables = edition(courses=courses, persons=persons)
    selection = default_selection(tables)
    values = _values(indicators(tables, selection, top))

    covered = coverage(tables, selection).classes.set_index("country_class").loc["covered"]
    largest = top_contributors(tables, selection, top)
    reached = largest[largest["country_class"] == "covered"]
    assert values["countries"][0] == covered["countries"]
    assert values["top-countries"] == (len(reached), len(largest))
    assert values["top-persons"] == (reached["persons"].sum(), largest["persons"].sum())
    assert all(0 <= n <= total for n, total in values.values())
    languages = language_indicators(tables, selection).set_index("language")
    in_six = sum(bool(spoken & {"en", "fr"}) for _, _, spoken in coded)
    assert in_six + languages.loc[["other", "not-recorded"], "courses"].sum() == len(coded)
    assert (languages["content"] <= languages["courses"]).all()


# --- figures ---


@pytest.mark.parametrize("id", FIGURES)
def test_the_figures_draw_and_their_numbers_have_names_of_their_own(tables, id):
    figure = catalogue.figure(id, tables, default_selection(tables))

    validated(figure.screen)
    assert figure.title in figure.alt and figure.note and not figure.empty
    assert len({number.id for number in figure.numbers}) == len(figure.numbers) > 0


def test_the_findings(tables):
    selection = default_selection(tables)

    assert [catalogue.figure(id, tables, selection).title for id in FIGURES] == [
        "UN-CMCoord content documented at 2 of 4 training institutions",
        "UN-CMCoord content documented in En and Fr; "
        "language not recorded for one of three courses",
        "Contributing countries with UN-CMCoord content: 1 of 3 as of 31 January 2018, "
        "1 of 2 as of 28 February 2018",
    ]


@pytest.mark.parametrize("id", FIGURES)
def test_without_a_course_the_figures_name_the_filter(tables, id):
    selection = replace(default_selection(tables), course_types=("exercise",))

    figure = catalogue.figure(id, tables, selection)

    validated(figure.screen)
    if id != "indicator-dates":  # a country without such a course is still a contributor
        assert figure.empty == "No course to count. Loosen course type under “Which courses count”."


def test_nobody_deployed_leaves_the_institutions(tables):
    police = replace(default_selection(tables), personnel="police")

    dates = catalogue.figure("indicator-dates", tables, police)

    validated(dates.screen)
    assert dates.empty.startswith("No country contributes police personnel")
    assert not catalogue.figure("indicators", tables, police).empty


def test_no_line_joins_two_dates(tables):
    chart = catalogue.figure("indicator-dates", tables, default_selection(tables)).screen

    assert {trace.mode for trace in chart.data} == {"markers"}


def test_every_indicator_has_an_id_and_its_words(tables):
    table = indicator_table(tables, default_selection(tables), top=2)

    assert table["indicator_id"].is_unique
    assert set(HEADLINES) < set(table["indicator_id"])
    words = table[["indicator", "definition", "how", "cannot_tell"]]
    assert (words.map(len) > 0).all(axis=None) and not pd.isna(table["n"]).any()


# --- the page ---


@pytest.fixture
def page(write_edition, tmp_path, monkeypatch):
    write_edition(name=store.DEFAULT_EDITION, courses=COURSES, persons={"AAA": 40, "BBB": 60})
    write_edition(name="other", courses=COURSES[:1], persons={"AAA": 1})
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(tmp_path))

    def open_page():
        app = AppTest.from_file(str(APP), default_timeout=60).run()
        app.switch_page("app_pages/indicators.py").run()
        assert not app.exception, app.exception
        return app

    return open_page


def test_the_page_sets_the_other_edition_beside_its_own(page):
    chart = page().get("plotly_chart")[2].proto

    assert "Tiny edition other" in chart.spec


def test_an_edition_that_cannot_be_read_leaves_the_page_standing(page, tmp_path):
    (tmp_path / "other" / "courses.csv").write_text("nonsense")

    assert "Tiny edition other" not in page().get("plotly_chart")[2].proto.spec
