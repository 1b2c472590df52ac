"""A country in the spotlight: what is said of it, and how it stands out on every slide."""

import json
import re
from dataclasses import replace

import plotly.graph_objects as go
import pytest

from dashboard.charts.marks.look import INK, PAPER
from dashboard.charts.marks.sheets import DoesNotFit
from dashboard.charts.spotlight.drawn_boxes import Drawn, taken
from dashboard.charts.spotlight.pen import EDGED, LINE
from dashboard.charts.spotlight.spotlit import spotlit
from dashboard.charts.typeset.slide import Screen, on_slide, smallest_type
from dashboard.edition.selection import default_selection
from dashboard.figures.catalogue import CATALOGUE, figure
from dashboard.measures.spotlight import (
    KINDS,
    LONGEST_LINE,
    MARK,
    Part,
    spotlight,
    together,
)
from dashboard.views.places import PLACES
from tests.dashboard.chart_frames import validated

SCREEN = Screen(1920, 1080, 1760, 1000)
COURSES = [
    ("GHA", {"cmcoord_level": "module", "languages": ("en", "fr"), "topics": ("ihl",)}),
    ("GHA", {"cmcoord_level": "not-documented", "evidence_type": "news-report"}),
    ("PAK", {"cmcoord_level": "related", "languages": ("en",), "topics": ("medical",)}),
    ("NPL", {"cmcoord_level": "not-documented", "evidence_type": "news-report"}),
    ("AUT", {"cmcoord_level": "related", "evidence_type": "news-report"}),
]
PERSONS = {
    ("GHA", "troops", "BIG"): 30,
    ("GHA", "individual-police", "BIG"): 4,
    ("GHA", "troops", "SMALL"): 6,
    ("PAK", "troops", "BIG"): 50,
    ("NPL", "troops", "SMALL"): 40,
    ("MAR", "troops", "BIG"): 20,
}
NAMES = {"GHA": "Ghana", "PAK": "Pakistan", "NPL": "Nepal", "MAR": "Morocco", "AUT": "Austria"}
REGIONS = {"GHA": "ROWCA", "PAK": "ROSEA"}
# One country a class, and one that is not in the review.
EVERY_KIND = {"GHA": "covered", "PAK": "gap", "NPL": "not-documented", "MAR": "not-reviewed"}
# Figures that say nothing about single countries, or only about the one that they are asked for.
# They compare two editions; a fixture that has one edition leaves them empty.
NEED_ANOTHER_EDITION = {"edition-steps", "class-changes"}
WITHOUT_COUNTRIES = {
    "review",
    "country-levels",
    "country-personnel",
    "country-missions",
    "found",
    "language-courses",
    "conversations",
    "combinations",
    "choices",
    "moves",
    "evidence-tests",
    "agreement",
    "edition-steps",
    "class-changes",
    "indicators",
    "indicator-languages",
    "indicator-dates",
    "plan",
}


@pytest.fixture
def tables(edition):
    return edition(courses=COURSES, persons=PERSONS, names=NAMES, regions=REGIONS)


def _light(tables, iso3, **choices):
    return spotlight(tables, replace(default_selection(tables), **choices), iso3)


def _line(tables, iso3, **choices):
    return _light(tables, iso3, **choices).line.removeprefix(f"{MARK} ")


def _wall(tables, id, screen=SCREEN, **options):
    one = figure(id, tables, default_selection(tables), **options)
    return on_slide(one.draw(), one.words, screen, disclaimer=one.is_map)


def _lit(tables, id, iso3, screen=SCREEN, **options):
    """A slide without and with a country in the spotlight."""
    slide = _wall(tables, id, screen, **options)
    return slide, spotlit(slide, _light(tables, iso3))


def _added(before, after, kind):
    """Annotations or shapes that the spotlight drew."""
    old = list(before.to_dict()["layout"].get(kind, ()))
    return list(after.to_dict()["layout"].get(kind, ()))[len(old) :]


def _outlines(before, after):
    """The boxes of the outlines that the spotlight drew: of their dark lines."""
    sheet = Drawn(after.to_dict())
    return [
        sheet.shape(one)
        for one in _added(before, after, "shapes")
        if one["type"] == "rect" and one["line"]["color"] == INK
    ]


def _said(before, after):
    """The words that the spotlight wrote, plain."""
    return [
        re.sub("<[^>]+>", "", one["text"].replace("<br>", " "))
        for one in _added(before, after, "annotations")
    ]


# --- the line -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("iso3", "line"),
    [
        (
            "GHA",
            "Ghana: 40 persons, equal 2nd largest of 4 · Covered: Module · 2 courses at 2 centres",
        ),
        ("PAK", "Pakistan: 50 persons, largest of 4 · Gap: Related · 1 course at 1 centre"),
        (
            "NPL",
            "Nepal: 40 persons, equal 2nd largest of 4 · Unknown: Not documented · 1 course at 1 centre",
        ),
        ("MAR", "Morocco: 20 persons, 4th largest of 4 · Unknown: Not reviewed"),
        (
            "AUT",
            "Austria: no personnel under these filters · Partial: Related · 1 course at 1 centre",
        ),
    ],
)
def test_a_line_says_persons_rank_class_and_courses(tables, iso3, line):
    assert _line(tables, iso3) == line


def test_a_line_says_when_filters_leave_no_course(tables):
    said = _line(tables, "GHA", course_types=("academic",))

    assert (
        said == "Ghana: 40 persons, equal 2nd largest of 4 · Unknown: No course matches the filters"
    )


def test_a_line_calls_courses_considered_where_some_are_not(tables):
    assert _line(tables, "GHA", languages=("fr",)).endswith("· 1 considered course at 1 centre")


def test_a_country_without_personnel_outside_the_review_has_a_line(edition):
    tables = edition(courses=COURSES, persons={"GHA": 5, "QQQ": 0}, names=NAMES)

    assert _line(tables, "QQQ") == "Land QQQ: no personnel under these filters · Not reviewed"


def test_a_country_that_the_edition_does_not_know_is_no_error(tables):
    light = _light(tables, "ZZZ")

    assert light.line == f"{MARK} ZZZ: not known to this edition"
    assert not any(light.within(kind) for kind in KINDS)


def test_a_line_fits_a_wall_whatever_the_name(edition):
    long = "United Kingdom of Great Britain and Northern Ireland"
    tables = edition(courses=COURSES, persons=PERSONS, names=NAMES | {"GHA": long})

    assert len(_line(tables, "GHA")) <= LONGEST_LINE
    assert _line(tables, "GHA").startswith(f"{long}: 40 persons")


# --- rows that stand for many countries -----------------------------------------------------------


def test_missions_have_the_persons_that_a_country_has_in_each(tables):
    light = _light(tables, "GHA")

    assert light.within("mission") == {"BIG": Part("covered", 34), "SMALL": Part("covered", 6)}
    assert light.within("mission-military") == {
        "BIG": Part("covered", 30),
        "SMALL": Part("covered", 6),
    }
    assert light.within("mission-police") == {"BIG": Part("covered", 4)}


def test_a_country_stands_in_a_language_as_it_does_in_that_language(tables):
    assert _light(tables, "GHA").within("language") == {
        "en": Part("covered", 40),
        "fr": Part("covered", 40),
    }
    assert _light(tables, "MAR").within("language") == {"not-reviewed": Part("not-reviewed", 20)}


def test_a_regional_office_has_a_country_only_where_it_is_open(tables):
    assert _light(tables, "GHA").within("office") == {}
    assert _light(tables, "PAK").within("office") == {"ROSEA": Part("gap", 50)}


def test_a_country_that_sends_nobody_is_in_no_row_of_persons(tables):
    assert not any(_light(tables, "AUT").within(kind) for kind in KINDS)


def test_a_row_of_several_missions_has_their_persons_and_one_of_languages_the_same_persons():
    parts = [Part("partial", 3), Part("covered", 3)]

    assert together("mission", parts).number == 6
    assert together("language", parts) == Part("covered", 3)


# --- slides ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("id", ["contributors", "levels", "matrix", "senders"])
@pytest.mark.parametrize("iso3", EVERY_KIND)
def test_the_row_of_a_country_has_an_outline_and_a_bold_name(tables, id, iso3):
    slide, lit = _lit(tables, id, iso3)
    names = [text for text in lit.layout.yaxis.ticktext if NAMES[iso3] in text]

    assert len(names) == 1
    assert "<b>" in names[0] and "currentColor" in names[0]
    assert len(_outlines(slide, lit)) == 1


def test_an_outline_holds_name_bars_and_number_of_its_row_and_no_other_row(tables):
    slide, lit = _lit(tables, "contributors", "GHA")
    sheet, (box,) = Drawn(lit.to_dict()), _outlines(slide, lit)
    names = sheet.names("y")
    own = [NAMES["GHA"] in text for text in lit.layout.yaxis.ticktext]

    assert [name.within(box) for name in names] == own
    assert [name.meets(box) for name in names] == own


def test_words_above_a_bar_become_bold_and_stand_in_its_outline(tables):
    slide, lit = _lit(tables, "questions", "NPL")
    words = next(one for one in lit.layout.annotations if one.name == "NPL")

    assert MARK in words.text and "<b>" in words.text
    assert Drawn(lit.to_dict()).words(words.to_plotly_json()).within(_outlines(slide, lit)[0])


@pytest.mark.parametrize("iso3", EVERY_KIND)
def test_the_segment_of_its_class_is_outlined_and_named(tables, iso3):
    slide, lit = _lit(tables, "coverage", iso3)
    sheet = Drawn(lit.to_dict())
    bars = next(trace for trace in lit.to_dict()["data"] if (trace.get("meta") or {}).get("of"))
    at = [code for (code,) in bars["customdata"]].index(EVERY_KIND[iso3])
    outline = _outlines(slide, lit)[0]

    assert outline.middle == pytest.approx(sheet.bars(bars)[at].middle)
    (said,) = _said(slide, lit)
    assert said.startswith(f"{NAMES[iso3]} is here: ")


def test_the_number_of_a_country_stands_on_the_row_of_its_mission(tables):
    slide, lit = _lit(tables, "missions", "GHA")
    sheet = Drawn(lit.to_dict())
    heights = {
        one.name: sheet.words(one.to_plotly_json()).middle[1] for one in slide.layout.annotations
    }
    said = dict(zip(_said(slide, lit), _added(slide, lit, "annotations"), strict=True))

    assert list(said) == [f"{MARK} Ghana: 34", f"{MARK} Ghana: 6"]
    for text, mission in ((f"{MARK} Ghana: 34", "BIG"), (f"{MARK} Ghana: 6", "SMALL")):
        assert sheet.words(said[text]).middle[1] == pytest.approx(heights[mission])


def test_a_row_of_all_other_missions_has_what_a_country_has_in_them(edition):
    persons = {("GHA", "troops", f"M{place:02}"): 50 - place for place in range(12)}
    tables = edition(courses=COURSES, persons=persons, names=NAMES)
    slide, lit = _lit(tables, "missions", "GHA", shown="10")

    assert _said(slide, lit)[-1].split()[-1] == str(40 + 39)


def test_only_its_own_group_of_personnel_marks_a_mission(tables):
    slide, lit = _lit(tables, "missions-police", "PAK")

    assert lit is slide


def test_a_country_is_a_step_of_the_curve_and_a_covered_one_stands_in_today(tables):
    slide, lit = _lit(tables, "closing", "PAK")
    today, covered = _lit(tables, "closing", "GHA")

    assert _said(slide, lit) == ["Pakistan: step 1"]
    assert len(_outlines(slide, lit)) == 2  # on the curve and in the strip
    assert _said(today, covered) == ["Ghana is here: 40"]


def test_on_a_map_a_ring_and_a_tag_stand_at_the_country(tables):
    slide, lit = _lit(tables, "world", "NPL")
    sheet = Drawn(lit.to_dict())
    ring = next(one for one in _added(slide, lit, "shapes") if one["type"] == "circle")
    places = {
        iso3: place
        for trace in lit.to_dict()["data"]
        if (trace.get("meta") or {}).get("places")
        for iso3, place in zip(trace["locations"], trace["meta"]["places"], strict=True)
    }

    assert sheet.shape(ring).middle == pytest.approx(sheet.on_map(*places["NPL"][:2]))
    assert _said(slide, lit) == ["Nepal"]


def test_a_chart_without_the_country_stays_as_it_is(tables):
    for id, iso3 in (("evidence-gap", "GHA"), ("contributors", "AUT"), ("review", "GHA")):
        slide, lit = _lit(tables, id, iso3)
        assert lit is slide


def test_bold_names_of_one_country_leave_alone_a_name_that_begins_alike(edition):
    names = {"GIN": "Guinea", "GNB": "Guinea-Bissau"}
    tables = edition(courses=[("GIN", {}), ("GNB", {})], persons={"GIN": 9, "GNB": 8}, names=names)
    _, lit = _lit(tables, "questions", "GIN")

    assert [MARK in one.text for one in lit.layout.annotations if one.name in names] == [
        True,
        False,
    ]


# --- what must hold for every figure --------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("id", sorted(set(CATALOGUE) - NEED_ANOTHER_EDITION))
def test_every_figure_takes_a_spotlight_and_stays_valid(tables, id):
    """A covered country, a gap, an unknown, one not reviewed, one without personnel, none."""
    slide = _wall(tables, id)
    marked = set()
    for iso3 in (*EVERY_KIND, "AUT", "ZZZ"):
        lit = spotlit(slide, _light(tables, iso3))
        validated(lit)
        marked |= {iso3} if lit is not slide else set()

    assert bool(marked) == (id not in WITHOUT_COUNTRIES)
    assert "ZZZ" not in marked


def test_every_figure_that_names_countries_is_known_here():
    assert set(PLACES) >= WITHOUT_COUNTRIES


@pytest.mark.parametrize(
    "id", ["coverage", "contributors", "missions", "languages", "closing", "world"]
)
def test_no_other_mark_looks_different(tables, id):
    slide, lit = _lit(tables, id, "PAK")
    before, after = json.loads(slide.to_json()), json.loads(lit.to_json())

    assert after["data"][: len(before["data"])] == before["data"]
    assert all(trace["type"] == "choropleth" for trace in after["data"][len(before["data"]) :])
    shapes = before["layout"].get("shapes", [])
    assert after["layout"]["shapes"][: len(shapes)] == shapes


@pytest.mark.parametrize("screen", [SCREEN, Screen(1280, 720, 1120, 641)])
@pytest.mark.parametrize("id", ["coverage", "asks", "missions", "languages", "closing", "world"])
def test_words_are_as_large_as_all_others_on_the_page_and_over_none(tables, id, screen):
    try:
        slides = [_lit(tables, id, iso3, screen) for iso3 in EVERY_KIND]
    except DoesNotFit:
        pytest.skip("the slide itself does not fit")
    for slide, lit in slides:
        sheet, written = Drawn(lit.to_dict()), list(taken(Drawn(slide.to_dict())))
        for note in _added(slide, lit, "annotations"):
            box = sheet.words(note)
            assert note["font"]["size"] >= smallest_type(slide) - 0.01
            assert box.within(sheet.page)
            assert not any(box.grown(-1).meets(words.grown(-1)) for words in written)


def test_outlines_are_seen_on_every_fill_and_on_light_and_dark_pages(tables):
    """A dark line over a broader white one: whatever lies beside it, one of the two stands out."""
    slide, lit = _lit(tables, "coverage", "PAK")
    shapes = [one for one in _added(slide, lit, "shapes") if one["type"] == "rect"]

    assert [(one["line"]["color"], one["line"]["width"]) for one in shapes] == [
        (PAPER, pytest.approx(EDGED)),
        (INK, pytest.approx(LINE)),
    ]


def test_a_mark_in_a_name_stays_text(edition):
    names = NAMES | {"GHA": "<b>Ghana</b>"}
    tables = edition(courses=COURSES, persons=PERSONS, names=names)
    slide, lit = _lit(tables, "missions", "GHA")

    assert "&lt;b&gt;Ghana&lt;/b&gt;" in _added(slide, lit, "annotations")[0]["text"]


@pytest.mark.browser
def test_a_place_is_where_plotly_draws_it_on_the_map(tables):
    from dashboard.exports.pictures.browser import renderer

    plain = _wall(tables, "world").to_dict()
    places = [(-100.0, 60.0), (0.0, 0.0), (100.0, -40.0), (170.0, 70.0)]
    plain["data"] = [
        *plain["data"],
        {
            "type": "scattergeo",
            "mode": "markers",
            "lon": [place[0] for place in places],
            "lat": [place[1] for place in places],
            "marker": {"color": "rgb(1,2,3)", "size": 4},
        },
    ]
    sheet, layout = Drawn(plain), plain["layout"]
    wide, high = layout["width"], layout["height"]
    drawn = renderer().draw(plain, format="svg", width=wide, height=high, scale=1).result().decode()
    points = re.findall(r'translate\(([-\d.]+),\s*([-\d.]+)\)"[^>]*rgb\(1, 2, 3\)', drawn)
    found = [
        (float(x) - layout["margin"]["l"], high - layout["margin"]["b"] - float(y))
        for x, y in points
    ]

    assert len(found) == len(places)
    for place, (x, y) in zip(places, found, strict=True):
        assert sheet.on_map(*place) == pytest.approx((x, y), abs=1)


def test_a_figure_can_be_lit_twice_and_is_not_changed_itself(tables):
    slide = _wall(tables, "missions")
    before = slide.to_json()
    light = _light(tables, "GHA")

    assert spotlit(slide, light).to_json() == spotlit(slide, light).to_json()
    assert slide.to_json() == before
    assert isinstance(spotlit(slide, light), go.Figure)
