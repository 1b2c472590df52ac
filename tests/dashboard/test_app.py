"""Every page through the entry point: from any folder, from any link, with and without data."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.edition import store
from dashboard.screen.frame import navigation

pytestmark = pytest.mark.app

ROOT = Path(__file__).parents[2]
APP = ROOT / "dashboard" / "app.py"
PAGES = sorted(f"app_pages/{path.name}" for path in (APP.parent / "app_pages").glob("*.py"))
# A page on the whole screen has no head and no foot: all words stand in the slide.
FRAMED = [page for page in PAGES if Path(page).stem not in navigation.FULL_SCREEN]


@pytest.fixture
def processed(write_edition, tmp_path, monkeypatch):
    """Two editions: a small one with a gap, and one with another date and other courses."""
    write_edition(
        name=store.DEFAULT_EDITION,
        courses=[
            ("AAA", {"cmcoord_level": "module", "audiences": ("military",), "languages": ("en",)}),
            ("BBB", {"course_title": "=1+1 <b>bold</b>", "year_from": "2010", "year_to": "2012"}),
            (
                "CCC",
                {"course_type": "academic", "evidence_type": "news-report", "year_from": "2014"},
            ),
        ],
        persons={"AAA": 50, "BBB": 30, "CCC": 20, ("DDD", "individual-police"): 25},
        later={"AAA": 10},
    )
    write_edition(
        name="later-edition", courses=[("AAA", {})], persons={"AAA": 1}, later={"AAA": 40}
    )
    package = tmp_path / "later-edition" / "datapackage.json"
    content = json.loads(package.read_text())
    content["edition"]["contributions_as_of"] = "2018-02-28"
    package.write_text(json.dumps(content))
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(tmp_path))
    return tmp_path


def _open(page="app_pages/overview.py", **link):
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in link.items():
        app.query_params[name] = value
    if page != "app_pages/overview.py":
        app.switch_page(page)
    app.run()
    assert not app.exception, app.exception
    return app


def _charts(app):
    return [chart.proto for chart in app.get("plotly_chart")]


def _filters(app):
    """The text of the active filters, which stands under the title of every page."""
    return app.main.caption[0].value


@pytest.mark.parametrize("page", FRAMED)
def test_each_page_runs_from_any_folder(processed, monkeypatch, page):
    """The other tests run it from the root of the repository."""
    monkeypatch.chdir("/")

    app = _open(page)

    assert len(app.title) == 1 and app.title[0].value.endswith("?")


@pytest.mark.parametrize("page", FRAMED)
def test_each_chart_has_an_accessible_name_and_each_card_a_source(processed, page):
    app = _open(page)

    charts = _charts(app)
    images = [image.alt for picture in app.get("image") for image in picture.proto.imgs]
    assert charts or app.get("deck_gl_json_chart") or app.dataframe or images
    assert all(len(chart.alt) > 20 for chart in charts) and all(images)
    sources = [text for text in app.caption if "Source: Personnel report of" in text.value]
    assert len(sources) >= len(charts)


@pytest.mark.parametrize("page", PAGES)
def test_charts_ask_this_machine_for_their_maps(processed, page):
    configs = [json.loads(chart.config) for chart in _charts(_open(page))]

    assert all(config["topojsonURL"] == "app/static/boundaries/" for config in configs)


@pytest.mark.parametrize("page", FRAMED)
def test_each_page_says_what_its_edition_is_and_is_not(processed, page):
    app = _open(page)

    statement = f"Invented for tests: {store.DEFAULT_EDITION}."
    assert any(statement in text.value for text in app.main.caption)


@pytest.mark.parametrize("folder", [ROOT, Path("/")])
def test_a_slide_has_its_name_source_and_statement_inside(processed, monkeypatch, folder):
    monkeypatch.chdir(folder)

    charts = _charts(_open("app_pages/briefing.py"))

    assert len(charts) == 1 and len(charts[0].alt) > 20
    words = str(json.loads(charts[0].spec)["layout"]["annotations"])
    assert "Source: Personnel report of" in words
    assert f"Invented for tests: {store.DEFAULT_EDITION}." in words


def test_the_overview_answers_before_it_draws(processed):
    app = _open()

    assert app.header[0].value == (
        "40 per cent documented (50 of 125); between 40 and 76 per cent, "
        "because for the rest nothing rules it out."
    )
    kinds = [element.type for element in app.main]
    assert kinds.index("header") < kinds.index("plotly_chart")


def test_a_link_restores_the_selection(processed):
    app = _open(
        edition="later-edition",
        as_of="2018-01-31",
        personnel="military",
        threshold="cimic",
        course_type="pre-deployment",
    )

    assert _filters(app) == (
        "Military personnel, as of 31 January 2018 · threshold: Cimic or higher "
        "· course type: Pre deployment · courses with unknown course type are left out"
    )


def test_a_link_restores_several_values_and_the_page_s_own_choices(processed):
    app = _open(
        "app_pages/contributors.py",
        years="2010-2012",
        top="7",
        country="BBB",
        course_type="pre-deployment,academic",
    )

    assert app.slider(key="top").value == 7
    assert app.selectbox(key="country_shown").value == "BBB"
    assert "years: 2010 to 2012" in _filters(app)
    assert "course type: Pre deployment or Academic" in _filters(app)


WRONG = {
    "edition": "nowhere",
    "personnel": "pirates",
    "threshold": "9",
    "as_of": "1066-10-14",
    "course_type": "junk,=1",
    "years": "soon",
    "country": "<script>",
    "top": "many",
}


@pytest.mark.parametrize("page", PAGES)
def test_a_link_to_what_is_not_there_shows_the_default(processed, page):
    assert _filters(_open(page, **WRONG)) == _filters(_open(page))


@pytest.mark.parametrize("name", WRONG)
def test_one_thing_that_is_not_there_shows_the_default(processed, name):
    page = "app_pages/contributors.py"

    assert _filters(_open(page, **{name: WRONG[name]})) == _filters(_open(page))


def test_what_is_not_understood_leaves_the_link(processed):
    app = _open(personnel="pirates", course_type="academic,junk", years="soon").run()

    assert [app.text_input(key=key).value for key in ("personnel", "course_type", "years")] == [
        "",
        "academic",
        "",
    ]


def test_a_filter_of_a_link_that_the_edition_does_not_offer_is_named_and_never_dropped_silently(
    processed,
):
    app = _open(course_type="academic,junk")

    assert ["junk" in toast.value for toast in app.toast] == [True]
    assert not _open(course_type="academic").toast


def test_folded_course_filters_still_count(processed):
    app = _open(course_type="academic")

    assert not app.multiselect
    assert "course type: Academic" in _filters(app)


def test_a_choice_is_kept_from_page_to_page(processed):
    app = _open(personnel="police")

    app.switch_page("app_pages/contributors.py").run()

    assert _filters(app).startswith("Police personnel")


def test_the_widget_that_people_use_hands_its_choice_over(processed):
    app = _open()

    app.selectbox(key="personnel_shown").set_value("police").run()

    assert app.text_input(key="personnel").value == "police"
    assert _filters(app).startswith("Police personnel")


def test_a_date_that_nobody_chose_follows_the_edition(processed):
    app = _open()

    app.selectbox(key="edition_shown").set_value("later-edition").run()

    assert "as of 28 February 2018" in _filters(app)


def test_a_chosen_date_stays_when_the_edition_changes(processed, write_edition):
    write_edition(name="third-edition", persons={"AAA": 5}, later={"AAA": 4})
    app = _open(edition="third-edition", as_of="2018-02-28")

    app.selectbox(key="edition_shown").set_value(store.DEFAULT_EDITION).run()

    assert "as of 28 February 2018" in _filters(app)


def test_reset_brings_every_default_back(processed):
    default = _filters(_open())
    app = _open(
        edition="later-edition",
        personnel="police",
        threshold="cimic",
        years="2010-2012",
        course_type="academic",
    )

    next(button for button in app.button if button.label == "Reset filters").click().run()

    assert _filters(app) == default


def test_filters_that_leave_no_course_say_which_to_loosen(processed):
    app = _open(course_type="academic", audience="military")

    assert "Loosen course type or audience" in app.info[0].value


def test_a_country_leads_to_its_courses_with_source_and_cell(processed):
    app = _open("app_pages/contributors.py")
    app.selectbox(key="country_shown").set_value("BBB").run()

    rows = app.dataframe[-1].value
    assert rows["workbook_cell"].tolist() == ["Matrix!row 7"]
    assert rows["source_url"].tolist() == ["https://example.org/course"]
    assert rows["course_title"].tolist() == ["=1+1 <b>bold</b>"]


def test_the_top_of_the_contributors_can_be_chosen(processed):
    app = _open("app_pages/contributors.py")

    top = app.slider(key="top")
    assert (top.value, top.min, top.max) == (12, 5, 40)


def test_without_data_a_person_is_told_what_to_run(tmp_path, monkeypatch):
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(tmp_path / "nothing"))

    app = AppTest.from_file(str(APP), default_timeout=60).run()

    assert not app.exception
    assert "make build" in app.error[0].value


def test_with_a_damaged_table_a_person_is_told_which(processed):
    (processed / store.DEFAULT_EDITION / "courses.csv").write_text("nonsense")

    app = AppTest.from_file(str(APP), default_timeout=60).run()

    assert not app.exception
    assert "courses.csv" in app.error[0].value and "make build" in app.error[0].value
    app.selectbox(key="edition_shown").set_value("later-edition").run()
    assert not app.error and not app.exception
