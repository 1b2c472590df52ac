"""Slides on a shared screen: what they say stays readable, whole and in one piece."""

from functools import cache

import pytest

from dashboard.charts.forms.worded_bars import PLANNED_STYLES
from dashboard.charts.marks.look import CLEAR, DARK_BLUE, PAPER
from dashboard.charts.marks.marks import bar_marker, figure, legend_entry
from dashboard.charts.marks.sheets import SLIDE, SMALLEST_TYPE
from dashboard.charts.typeset import legends, map_fit
from dashboard.charts.typeset.finish import finish
from dashboard.charts.typeset.legends import with_drawn_legends
from dashboard.charts.typeset.scaled import LEAST, without_hairlines
from dashboard.charts.typeset.slide import Screen, on_slide, smallest_type
from dashboard.edition import store
from dashboard.edition.selection import default_selection
from dashboard.figures import catalogue
from dashboard.views.shown import shown
from dashboard.views.storyline import DEFAULT

SCREENS = {
    "1920": Screen(1920, 1080, 1760, 1000),
    "1280": Screen(1280, 720, 1120, 641),
    "1024": Screen(1024, 768, 864, 689),
}
# Part of the room of a screen that a map takes at least, by its width.
LEAST_MAP = {"world": 0.6, "centres-map": 0.5}


@cache
def _tables():
    return store.read(store.folder() / store.DEFAULT_EDITION)


@cache
def _slides():
    tables = _tables()
    editions = {tables.edition: tables}
    return [shown(slide, tables, default_selection(tables), editions) for slide in DEFAULT.slides]


@cache
def _figure(id):
    return catalogue.figure(id, _tables(), default_selection(_tables()))


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
@pytest.mark.parametrize("at", range(len(DEFAULT.slides)))
def test_every_slide_of_the_default_storyline_has_type_of_full_size(at, screen):
    slide = _slides()[at]
    laid = on_slide(slide.figure.draw(), slide.words(), screen, disclaimer=slide.figure.is_map)

    assert smallest_type(laid) == pytest.approx(SMALLEST_TYPE * screen.times)


def test_the_default_storyline_names_only_what_there_is():
    assert [slide.left_out for slide in _slides()] == [()] * len(DEFAULT.slides)
    assert all(not slide.figure.empty for slide in _slides())


# --- maps -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("id", LEAST_MAP)
def test_a_map_takes_most_of_the_screen_and_its_legends_stay_whole(id):
    one, screen = _figure(id), SCREENS["1920"]
    chart = one.draw()
    laid = on_slide(chart, one.words, screen, disclaimer=True).to_dict()["layout"]

    across = laid["geo"]["domain"]["x"]
    plot = laid["height"] - laid["margin"]["t"] - laid["margin"]["b"]
    wide = min((across[1] - across[0]) * screen.room_width, 2 * plot)
    assert wide >= LEAST_MAP[id] * screen.room_width
    said = " ".join(note["text"] for note in laid["annotations"]).replace("<br>", " ")
    plain = chart.to_dict()
    for name in legends.NAMES:
        for entry in legends.entries(plain, name):
            assert entry in said
        if legends.entries(plain, name):
            assert plain["layout"][name]["title"]["text"] in said


@pytest.mark.parametrize("id", LEAST_MAP)
@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_legends_stand_beside_the_map_and_never_on_it(id, screen):
    one = _figure(id)
    laid = on_slide(one.draw(), one.words, screen, disclaimer=True).to_dict()["layout"]

    wide = laid["width"] - laid["margin"]["l"] - laid["margin"]["r"]
    start, end = (wide * part for part in laid["geo"]["domain"]["x"])
    boxes = [shape for shape in laid["shapes"] if shape["type"] == "rect"]
    assert boxes
    assert all(one["x1"] <= start or one["x0"] >= end or one["y1"] <= 0 for one in boxes)


def test_a_column_of_legends_is_no_higher_than_its_map():
    plain = _figure("centres-map").draw().to_dict()
    room = map_fit.LegendSpace(770, 260, 4, 2)
    laid = map_fit.largest_beside(plain, room, 0.9)

    assert laid.map > 300
    for name in legends.NAMES:
        placed = laid.plain["layout"][name]
        assert placed.get("yref") == "container" or placed["y"] <= 1


def test_a_map_with_no_room_for_its_legends_has_no_arrangement():
    plain = _figure("world").draw().to_dict()

    assert map_fit.largest_beside(plain, map_fit.LegendSpace(300, 20, 4, 2), 1) is None


def test_a_map_on_a_sheet_for_print_keeps_type_no_smaller_than_its_foot():
    one = _figure("centres-map")
    layout = finish(one.draw(), one.words, disclaimer=True, sheet=SLIDE).to_dict()["layout"]

    assert layout["legend"]["font"]["size"] >= SLIDE.foot
    assert layout["legend2"]["font"]["size"] >= SLIDE.foot


# --- lines and swatches ---------------------------------------------------------------------------


def _bars(*lengths):
    marker = {"color": DARK_BLUE, "line": {"color": PAPER, "width": 1}}
    return {
        "data": [{"type": "bar", "orientation": "h", "x": list(lengths), "marker": marker}],
        "layout": {
            "width": 520,
            "margin": {"l": 10, "r": 10},
            "xaxis": {"range": [0, 100]},
            "shapes": [{"type": "line", "line": {"color": "#000000", "width": 0.4}}],
        },
    }


def test_a_short_bar_has_no_outline_that_would_eat_it():
    edges = without_hairlines(_bars(50, 0.5))["data"][0]["marker"]["line"]["width"]

    assert edges == [1, 0]


def test_no_line_is_finer_than_a_projector_shows():
    laid = without_hairlines(_bars(50))

    assert laid["layout"]["shapes"][0]["line"]["width"] == LEAST


def test_a_swatch_shows_the_marks_of_its_bars():
    """Each kind of marks has lines of its own in the legend, and a plain fill has none."""
    style = PLANNED_STYLES["planned-ask"]
    shapes = ("/", "x", "|", "-", ".")
    data = [
        legend_entry(shape, style)
        | {"marker": {**bar_marker(style), "pattern": {"shape": shape, "fgcolor": DARK_BLUE}}}
        for shape in shapes
    ]
    layout = {
        "legend": {"x": 0, "y": 1, "orientation": "h"},
        "width": 800,
        "height": 300,
        "margin": dict.fromkeys("lrtb", 10),
    }
    drawn = with_drawn_legends(figure(data, layout).to_dict())["layout"]["shapes"]

    paths = [shape["path"].count("M") for shape in drawn if shape["type"] == "path"]
    assert paths == [3, 6, 3, 3, 9]
    assert CLEAR not in {shape.get("fillcolor") for shape in drawn}
