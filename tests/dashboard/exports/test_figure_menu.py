"""The menu of a figure on a page: drawn when opened, and useful without a browser."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.charts.marks.sheets import SHEETS
from dashboard.edition import store
from dashboard.exports.pictures import browser
from dashboard.screen.frame import figure_menu

pytestmark = pytest.mark.app

APP = Path(__file__).parents[3] / "dashboard" / "app.py"
PICTURES, DATA = ["PNG", "SVG", "PDF"], ["Excel", "Table (CSV)", "Courses behind it (CSV)"]
PACK, CITATIONS = ["Figure pack (zip)"], ["Text", "BibTeX", "RIS"]


@pytest.fixture(autouse=True)
def processed(write_edition, tmp_path, monkeypatch):
    write_edition(
        name=store.DEFAULT_EDITION,
        courses=[("AAA", {"cmcoord_level": "module"}), ("BBB", {"audiences": ("police",)})],
        persons={"AAA": 50, "BBB": 30, ("CCC", "individual-police"): 25},
    )
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.setattr(browser, "_kept", [])
    monkeypatch.setattr(browser, "find", lambda: "a browser")
    st.cache_data.clear()


def _open(menu="coverage", **link):
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    app.session_state[f"take-{menu}"] = True
    app.run()
    assert not app.exception, app.exception
    return app


def _buttons(app):
    return [button.label for button in app.get("download_button")]


def test_a_closed_menu_makes_nothing(monkeypatch):
    monkeypatch.setattr(figure_menu, "origin", None)

    app = AppTest.from_file(str(APP), default_timeout=60).run()

    assert not app.exception and _buttons(app) == []
    assert app.session_state["take-coverage"] is False


def test_an_open_menu_offers_pictures_data_pack_and_citation():
    app = _open()

    assert _buttons(app) == PICTURES + DATA + PACK + CITATIONS
    assert app.selectbox(key="size-coverage").options == [s.label for s in SHEETS.values()]


def test_without_a_browser_one_sentence_says_what_to_install_and_the_rest_works(monkeypatch):
    monkeypatch.setattr(browser, "find", lambda: None)

    app = _open()

    assert _buttons(app) == DATA + PACK + CITATIONS
    (told,) = [text.value for text in app.caption if "Chromium" in text.value]
    assert told.endswith(browser.NO_BROWSER)


def test_a_size_that_does_not_fit_is_told_before_anybody_presses(monkeypatch):
    monkeypatch.setattr(
        figure_menu, "why_not", lambda _, sheet, *rest: "Too high." * (sheet == "square")
    )
    app = _open()
    assert not any("Too high." in text.value for text in app.caption)

    app.selectbox(key="size-coverage").set_value("square").run()

    assert any("Too high." in text.value for text in app.caption)
    assert _buttons(app) == DATA + PACK + CITATIONS


def test_the_link_restores_the_view_and_leads_to_the_figure():
    app = _open(personnel="police", threshold="cimic")

    (link,) = [code.value for code in app.code if code.value.endswith("#coverage")]
    assert "personnel=police" in link and "threshold=cimic" in link
    assert f"edition={store.DEFAULT_EDITION}" in link and "as_of=2018-01-31" in link


def test_the_citation_can_be_copied():
    app = _open()

    assert any("Figure in: Tiny edition" in code.value for code in app.code)


def test_each_button_has_a_maker_of_its_own_that_nobody_has_asked_yet():
    app = _open(personnel="police")

    makers = [button.proto.deferred_file_id for button in app.get("download_button")]
    assert all(makers) and len(set(makers)) == len(makers)
    assert not any(button.proto.url for button in app.get("download_button"))
