"""The page of courses and centres through the entry point: words, facets, rows, one in full."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.edition import store

pytestmark = pytest.mark.app

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
PAGE = "app_pages/courses.py"
COURSES = [
    (
        "AAA",
        {
            "course_title": "Formation à la paix",
            "cmcoord_level": "module",
            "audiences": ("military",),
            "languages": ("fr",),
            "topics": ("ihl",),
        },
    ),
    (
        "AAA",
        {
            "course_title": "Logistics",
            "cmcoord_level": "not-documented",
            "evidence_type": "news-report",
            "evidence": "",
            "source_url": "javascript:alert(1)",
        },
    ),
    (
        "BBB",
        {
            "course_title": "=1+1 **bold** <b>x</b>",
            "course_type": "academic",
            "evidence": "A long *story* about peace.",
        },
    ),
]


@pytest.fixture
def open_page(write_edition, tmp_path, monkeypatch):
    """A function: choices of the link -> the page, run."""
    write_edition(
        name=store.DEFAULT_EDITION,
        courses=COURSES,
        persons={"AAA": 50, "BBB": 30},
        names={"AAA": "Côte d'Ivoire", "BBB": "Bénin"},
    )
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(tmp_path))

    def run(**link):
        app = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in link.items():
            app.query_params[name] = value
        app.run().switch_page(PAGE).run()
        assert not app.exception, app.exception
        return app

    return run


def _titles(app):
    return app.dataframe[0].value["course_title"].tolist()


def _pills(app, facet):
    return app.pills(key=f"f_{facet}_shown")


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("paix", ["Formation à la paix"]),
        ("FORMATION A LA PAIX", ["Formation à la paix"]),
        ("cote d'ivoire logistics", ["Logistics"]),
        ("benin", ["=1+1 **bold** <b>x</b>"]),
        ("story", ["=1+1 **bold** <b>x</b>"]),
    ],
)
def test_a_link_with_words_finds_rows_by_title_country_and_evidence(open_page, words, titles):
    assert _titles(open_page(q=words)) == titles


def test_words_that_are_typed_are_searched_and_stand_in_the_link(open_page):
    app = open_page()
    app.text_input(key="q").set_value("cote").run()

    assert len(_titles(app)) == 2
    assert app.text_input(key="q").value == "cote"


def test_facets_show_what_each_choice_would_find_and_what_finds_nothing_stands_last(open_page):
    app = open_page(q="cote")

    assert _pills(app, "evidence").options == [
        "Curriculum · 1",
        "News report · 1",
    ]
    assert _pills(app, "level").options == [
        "Module · 1",
        "Not documented · 1",
        "Related · 0",
    ]


def test_facets_of_a_link_narrow_and_keep_their_own_counts(open_page):
    app = open_page(f_level="module,related", f_type="academic")

    assert _titles(app) == ["=1+1 **bold** <b>x</b>"]
    assert _pills(app, "level").value == ["module", "related"]
    assert "level: Module or Related · type of course: Academic" in _subtitle(app)


def _subtitle(app):
    return next(c.value for c in app.caption if c.value.startswith("n = "))


def test_choosing_a_facet_hands_codes_to_the_link_and_clear_takes_all_back(open_page):
    app = open_page(q="cote")
    _pills(app, "level").set_value(["module"]).run()

    assert app.text_input(key="f_level").value == "module"
    assert _titles(app) == ["Formation à la paix"]
    next(button for button in app.button if button.label == "Clear").click().run()
    assert (app.text_input(key="f_level").value, app.text_input(key="q").value) == ("", "")
    assert len(_titles(app)) == 3


def test_the_filters_of_the_sidebar_count_first(open_page):
    app = open_page(course_type="academic")

    assert _titles(app) == ["=1+1 **bold** <b>x</b>"]


def test_every_row_leads_to_its_source_and_its_cell_and_only_the_web_is_linked(open_page):
    frame = open_page().dataframe[0].value.set_index("course_title")

    assert set(frame["workbook_cell"]) == {"Matrix!row 7"}
    assert frame.at["Formation à la paix", "source_url"] == "https://example.org/course"
    assert frame["source_url"].isna().tolist().count(True) == 1


def test_a_course_in_the_link_is_shown_in_full_as_it_is(open_page):
    app = open_page(course="BBB-2", q="paix")

    text = " ".join(m.value for m in app.markdown)
    assert r"A long \*story\* about peace." in text
    assert any(r"=1+1 \*\*bold\*\* \<b\>x\</b\>" in s.value for s in app.subheader)
    assert "not stated" in text
    assert [b.label for b in app.button if "Everything about" in b.label] == [
        "Everything about Bénin"
    ]


def test_close_takes_the_course_out_of_the_link(open_page):
    app = open_page(course="AAA-0")
    app.button(key="close-course").click().run()

    assert app.text_input(key="course").value == ""
    assert not [b for b in app.button if "Everything about" in b.label]


def test_centres_have_rows_and_a_full_record_too(open_page):
    app = open_page(of="centres", centre="AAA-centre-1", q="cote")

    rows = app.dataframe[0].value
    assert rows["centre_name"].tolist() == ["Centre 0", "Centre 1"]
    assert rows["level"].tolist() == ["Module", "Not documented"]
    assert any(s.value == "Centre 1" for s in app.subheader)


def test_nothing_found_says_what_to_loosen_and_the_page_stays_whole(open_page):
    app = open_page(q="nowhere", f_level="module")

    assert "Loosen" in app.info[0].value
    assert any("What this page cannot tell" in caption.value for caption in app.caption)


def test_files_are_offered_for_the_result_and_for_the_full_set(open_page):
    labels = [button.label for button in open_page().get("download_button")]

    for name in ("CSV", "Excel", "CSV with HXL tags"):
        assert labels.count(name) == 2
