"""The page *Close the gap*: a plan that lives in the link, chosen in several ways."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.edition import store
from dashboard.screen.pages import closing

pytestmark = pytest.mark.app

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
NEWS = "news-report"


@pytest.fixture
def processed(write_edition, tmp_path, monkeypatch):
    write_edition(
        name=store.DEFAULT_EDITION,
        courses=[
            ("COV", {"cmcoord_level": "module"}),
            ("GAP", {"cmcoord_level": "related"}),
            ("PAR", {"cmcoord_level": "cimic", "evidence_type": NEWS}),
        ],
        persons={"COV": 10, "GAP": 40, "PAR": 30, "NRV": 20},
        regions={"GAP": "ROWCA"},
    )
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(tmp_path))
    return tmp_path


def _open(**link):
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    app.switch_page("app_pages/closing.py").run()
    assert not app.exception, app.exception
    return app


def _titles(app):
    return [text.value for text in app.subheader]


def test_a_link_brings_the_plan_back(processed):
    app = _open(plan="GAP,NRV")

    assert app.multiselect(key="plan_shown").value == ["GAP", "NRV"]
    assert any("70 per cent instead of 10 per cent" in title for title in _titles(app))


def test_without_a_plan_the_page_says_how_to_make_one(processed):
    assert any("Tick rows of the shortlist" in text.value for text in _open().info)


def test_the_list_plans_by_keyboard(processed):
    app = _open()

    app.multiselect(key="plan_shown").set_value(["PAR"]).run()

    assert app.text_input(key="plan").value == "PAR"
    assert any("documented in Land PAR: 40 per cent" in title for title in _titles(app))


def test_a_preset_plans_as_many_steps_as_a_share_needs(processed):
    app = _open()

    app.button(key="plan-75").click().run()

    assert app.text_input(key="plan").value == "GAP,PAR"
    app.button(key="plan-clear").click().run()
    assert app.text_input(key="plan").value == ""


def test_a_plan_of_countries_is_a_plan_of_their_centres(processed):
    app = _open(plan="GAP", unit="centres")

    assert app.multiselect(key="plan_shown").value == ["GAP-centre-1"]
    assert "centres" in app.title[0].value


def test_an_office_shortens_the_list_and_keeps_the_rest_of_the_plan(processed):
    app = _open(plan="PAR", office="ROWCA")

    assert app.dataframe(key="shortlist_table").value["country_iso3"].tolist() == ["GAP"]
    assert app.multiselect(key="plan_shown").value == ["PAR"]


def test_what_a_plan_cannot_name_is_told_and_dropped(processed):
    app = _open(plan="GAP,Atlantis")

    assert any("Atlantis" in toast.value for toast in app.toast)
    assert app.multiselect(key="plan_shown").value == ["GAP"]


def test_a_click_takes_a_country_in_and_out_however_it_is_named(processed, monkeypatch):
    tables = store.load(store.DEFAULT_EDITION)
    state = {"plan": "PAR"}
    monkeypatch.setattr(closing.sidebar, "current", lambda: (tables, None))
    monkeypatch.setattr(closing.st, "session_state", state)

    closing.toggle("GAP-centre-1")
    assert state["plan"] == "PAR,GAP-centre-1"
    closing.toggle("GAP")
    assert state["plan"] == "PAR"
