"""The map and the missions as pages: choices in the link, the same as tables, empty states."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.edition import store

pytestmark = pytest.mark.app

APP = Path(__file__).parents[2] / "dashboard" / "app.py"


@pytest.fixture
def open_page(write_edition, tmp_path, monkeypatch):
    write_edition(
        name=store.DEFAULT_EDITION,
        courses=[
            ("GHA", {"cmcoord_level": "module"}),
            ("PAK", {}),
            ("IND", {"evidence_type": "news-report"}),
        ],
        persons={
            ("GHA", "troops", "UNX"): 50,
            ("PAK", "troops", "UNX"): 30,
            ("IND", "individual-police", "UNY"): 5,
        },
        later={("GHA", "troops", "ALL"): 10},
    )
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(tmp_path))

    def open_at(page, **link):
        app = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in link.items():
            app.query_params[name] = value
        app.run()
        app.switch_page(f"app_pages/{page}.py").run()
        assert not app.exception, app.exception
        return app

    return open_at


def _deck(app):
    charts = app.get("deck_gl_json_chart")
    assert len(charts) == 1
    return charts[0].proto


def _layers(app):
    return {layer["id"]: layer for layer in json.loads(_deck(app).json)["layers"][0]}


def test_the_map_has_a_name_a_local_style_and_a_disclaimer(open_page):
    app = open_page("map")

    assert "documented at 1 of 3 centres" in _deck(app).alt
    assert json.loads(_deck(app).json)["mapStyle"] == "app/static/map-style.json"
    assert any("do not imply official endorsement" in text.value for text in app.caption)
    assert any("Markers show the city, not the site" in text.value for text in app.caption)


def test_the_style_of_the_map_has_no_tiles_and_no_fonts():
    style = json.loads((APP.parent / "static" / "map-style.json").read_text(encoding="utf-8"))

    assert style["version"] == 8
    assert style["sources"] == {} and style["layers"] == []
    assert not {"glyphs", "sprite"} & set(style)


def test_a_link_says_what_is_drawn(open_page):
    both, only = open_page("map"), open_page("map", show="countries")

    assert {"countries", "centres"} <= set(_layers(both)) and "arcs" not in _layers(both)
    assert "centres" not in _layers(only) and _layers(only)["countries"]["data"]


def test_a_chosen_country_opens_its_panel_with_the_way_to_its_page(open_page):
    app = open_page("map", country="GHA")

    assert any(text.value.startswith("Land GHA: Covered") for text in app.subheader)
    assert any("page of this country" in button.label for button in app.button)
    assert "chosen-outline" in _layers(app)


def test_countries_and_centres_stand_in_tables_too(open_page):
    tables = [table.value for table in open_page("map").dataframe]

    assert any({"class_label", "centres"} <= set(table.columns) for table in tables)


def test_every_state_in_use_is_in_the_legend(open_page):
    words = {text.value for text in open_page("map").caption}

    assert {"Covered", "Gap", "Partial", "Module", "Related"} <= words
    assert "Area of undetermined status" in words


def test_arcs_without_missions_say_so(open_page):
    app = open_page("map", arcs="yes", as_of="2018-02-28")

    assert any("not divided by mission" in text.value for text in app.caption)


def test_a_mission_s_contributors_are_shown(open_page):
    app = open_page("missions", at="UNY")
    shown = (table.value for table in app.dataframe)
    table = next(table for table in shown if "share_of_mission" in table.columns)

    assert table["country_iso3"].tolist() == ["IND"]
    assert table["share_of_mission"].tolist() == ["5 of 5"]


def test_military_and_police_stand_apart_unless_one_is_chosen(open_page):
    assert len(open_page("missions").get("plotly_chart")) == 3
    assert len(open_page("missions", personnel="police").get("plotly_chart")) == 1


def test_a_date_without_missions_names_the_dates_that_have_them(open_page):
    app = open_page("missions", as_of="2018-02-28")

    assert any("Choose 31 January 2018" in info.value for info in app.info)
    assert not app.get("plotly_chart")
