"""The report page: choosing, arranging and rewording figures, making documents, checking old ones."""

import io
import time
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from dashboard.edition import store
from dashboard.edition.selection import default_selection
from dashboard.exports.origin import origin
from dashboard.exports.parts import Part
from dashboard.exports.pictures import browser
from dashboard.exports.word.report_document import document
from dashboard.figures import catalogue
from dashboard.screen.frame import jobs
from dashboard.views.places import PLACES
from dashboard.views.wishes import SUGGESTED

pytestmark = pytest.mark.app

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
SECONDS = 60


@pytest.fixture
def processed(write_edition, tmp_path, monkeypatch):
    write_edition(
        name=store.DEFAULT_EDITION,
        courses=[("AAA", {"cmcoord_level": "module"}), ("BBB", {}), ("CCC", {})],
        persons={"AAA": 50, "BBB": 30, "CCC": 20},
    )
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.setenv("CHROMIUM", "no-such-browser")
    monkeypatch.setattr(jobs, "_jobs", type(jobs._jobs)())
    browser.stop()
    return tmp_path


def _open(**link):
    app = AppTest.from_file(str(APP), default_timeout=SECONDS)
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    app.switch_page("app_pages/report.py").run()
    assert not app.exception, app.exception
    return app


def _rows(app):
    return app.dataframe(key="report_table").value


def _press(app, key):
    app.button(key=key).click().run()
    assert not app.exception, app.exception


def _wait(app):
    """Until the job is over and the page has seen it."""
    deadline = time.monotonic() + SECONDS
    while not all(job.is_over for job in app.session_state["report_jobs"]):
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.05)
    app.run()
    assert not app.exception, app.exception


def test_every_figure_can_be_chosen_below_its_page(processed):
    app = _open()

    names = [box.label for box in app.checkbox]
    assert names == [place.name for place in PLACES.values()]
    assert sum(box.value for box in app.checkbox) == len(SUGGESTED)
    assert _rows(app)["figure"].tolist() == [PLACES[id].name for id in SUGGESTED]


def test_a_link_restores_figures_order_sizes_and_documents(processed):
    app = _open(
        parts="world:slide,coverage", sheet="square", documents="slides,packs", heading="My report"
    )

    assert _rows(app)["figure"].tolist() == [PLACES[id].name for id in ("world", "coverage")]
    assert [size.partition(",")[0] for size in _rows(app)["sheet"]] == ["Slide", "Square"]
    assert app.get("button_group")[0].value == ["slides", "packs"]
    assert app.text_input(key="heading").value == "My report"


def test_a_figure_that_a_link_names_and_that_is_not_there_is_told(processed):
    app = _open(parts="world,pie")

    assert any("pie" in toast.value for toast in app.toast)
    assert _rows(app)["figure"].tolist() == [PLACES["world"].name]


def test_a_figure_is_ticked_in_at_the_end_and_out_again(processed):
    app = _open(parts="world")

    app.checkbox(key="pick-coverage").check().run()
    assert app.text_input(key="parts").value == "world,coverage"

    app.checkbox(key="pick-world").uncheck().run()
    app.checkbox(key="pick-coverage").uncheck().run()
    assert app.text_input(key="parts").value == "none"
    assert app.button(key="report-make").disabled
    assert any("No figure is chosen" in text.value for text in app.info)

    _press(app, "pick-Suggested")
    assert app.text_input(key="parts").value == ""


def test_figures_are_moved_by_buttons_and_take_a_size_of_their_own(processed):
    app = _open(parts="world,coverage,matrix")
    app.selectbox(key="report_changed").set_value("matrix").run()

    assert app.button(key="move-Down").disabled
    _press(app, "move-Up")
    app.selectbox(key="size-matrix").set_value("slide").run()
    assert app.text_input(key="parts").value == "world,matrix:slide,coverage"

    _press(app, "move-out")
    assert app.text_input(key="parts").value == "world,coverage"


def test_edited_words_stand_in_the_order_and_in_the_document(processed):
    app = _open(parts="coverage", documents="word")
    assert app.text_input(key="title-coverage").placeholder

    app.text_input(key="title-coverage").set_value("Mine: =1+1 *not bold*").run()
    app.text_area(key="caption-coverage").set_value("My caption").run()
    assert _rows(app)["edited_title"].tolist() == ["Mine: =1+1 *not bold*"]

    _press(app, "report-make")
    _wait(app)
    (job,) = app.session_state["report_jobs"]
    (data,) = job.made.files.values()
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)
    assert "Mine: =1+1 *not bold*" in text and "My caption" in text


def test_documents_are_made_beside_the_page_and_offered(processed):
    app = _open(parts="coverage,plan", documents="word,slides,one-pagers", top="5")

    _press(app, "report-make")
    _wait(app)

    labels = [button.label.partition(" (")[0] for button in app.get("download_button")]
    assert labels == ["Word", "PowerPoint", "Country one-pagers"]
    captions = [text.value for text in app.caption]
    assert any("Three documents in" in text for text in captions)
    assert any("What a plan would change is left out" in text for text in captions)
    assert any("Chrome or Chromium" in text for text in captions)

    _press(app, f"clear-{app.session_state['report_jobs'][0].id}")
    assert not app.get("download_button")


def test_a_job_can_be_cancelled_and_progress_says_what_is_made(processed, monkeypatch):
    from dashboard.screen.pages import report

    go_on = []

    def slow(order, view, begin):
        begin(0)
        begin(1)
        while not go_on:
            time.sleep(0.01)
        begin(2)

    monkeypatch.setattr(report, "make", slow)
    app = _open(parts="coverage", documents="word")
    _press(app, "report-make")
    (job,) = app.session_state["report_jobs"]
    deadline = time.monotonic() + SECONDS
    while job.at < 1 and time.monotonic() < deadline:
        time.sleep(0.01)
    app.run()
    assert "2 of 4: The figures and their numbers" in app.get("progress")[0].text

    _press(app, f"cancel-{job.id}")
    go_on.append(True)
    _wait(app)

    assert any("Cancelled. Nothing was kept." in text.value for text in app.caption)


def test_a_failure_is_told_on_the_page(processed, monkeypatch):
    from dashboard.screen.pages import report

    def broken(order, view, begin):
        raise RuntimeError("no *such* column")

    monkeypatch.setattr(report, "make", broken)
    app = _open(parts="coverage")
    _press(app, "report-make")
    _wait(app)

    assert "It could not be made" in app.error[0].value


def test_too_many_jobs_are_refused_in_words(processed, monkeypatch):
    monkeypatch.setattr(jobs, "MOST_JOBS", 0)
    app = _open(parts="coverage")

    _press(app, "report-make")

    assert any("Many people" in text.value for text in app.warning)
    assert not app.session_state["report_jobs"]


def test_without_a_browser_the_page_says_what_to_install(processed, monkeypatch):
    monkeypatch.setattr("dashboard.exports.pictures.browser.candidates", lambda: iter(()))
    monkeypatch.delenv("CHROMIUM")

    warnings = [text.value for text in _open().warning]

    assert any("install one" in text and "Without one" in text for text in warnings)


def test_the_choices_of_the_pages_are_part_of_the_report_and_of_its_link(processed):
    app = _open(parts="matrix,country-levels", by="level", country="BBB")

    assert app.text_input(key="by").value == "level"
    assert app.selectbox(key="country_shown").value == "BBB"


def _document(processed):
    tables = store.load(store.DEFAULT_EDITION)
    selection = default_selection(tables)
    part = Part(catalogue.figure("coverage", tables, selection), "a4")
    return document([part], tables, selection, origin(tables, "", date(2026, 1, 31)), "Report")


def _check(app, name, data):
    app.file_uploader(key="document").set_value((name, data, "application/octet-stream")).run()
    assert not app.exception, app.exception
    return app


def test_a_document_that_the_data_support_is_told_so(processed):
    app = _check(_open(parts="coverage"), "old.docx", _document(processed))

    assert "The data support all" in app.success[0].value


def test_numbers_that_the_data_no_longer_support_are_listed(processed, write_edition):
    old = _document(processed)
    write_edition(
        name=store.DEFAULT_EDITION,
        courses=[("AAA", {"cmcoord_level": "module"})],
        persons={"AAA": 10, "BBB": 90},
    )

    app = _check(_open(parts="coverage"), "old.docx", old)

    assert "not supported by the current data" in app.warning[-1].value
    rows = app.dataframe[-1].value
    assert (rows["old_value"] != rows["new_value"]).all()
    assert rows["where"].all() and rows["number"].all()


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04" + b"\0" * 40])
@pytest.mark.parametrize("name", ["a.docx", "a.pptx"])
def test_a_file_that_is_no_document_gives_a_message(processed, name, data):
    app = _check(_open(parts="coverage"), name, data)

    assert app.error and not app.success


def test_a_document_from_elsewhere_has_no_marked_numbers(processed):
    target = io.BytesIO()
    Document().save(target)

    app = _check(_open(parts="coverage"), "letter *b*.docx", target.getvalue())

    assert any("No marked number" in text.value for text in app.info)
