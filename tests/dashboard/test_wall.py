"""A slide on a shared screen: size of type, legends, progress, and the window it is made for."""

import plotly.graph_objects as go
import pytest

from dashboard.charts.marks.look import CLASS_STYLES
from dashboard.charts.marks.marks import LEGEND_ABOVE, bar_marker, figure, legend_entry
from dashboard.charts.marks.sheets import SLIDE
from dashboard.charts.typeset.finish import Words, finish
from dashboard.charts.typeset.legends import with_drawn_legends
from dashboard.charts.typeset.scaled import at_size
from dashboard.charts.typeset.slide import (
    LEAST_TYPE,
    Progress,
    Screen,
    first_sentence,
    on_slide,
    smallest_type,
)
from dashboard.screen.briefing import stage, window

WORDS = Words(
    "Two of three bars are long",
    "n = 3 bars",
    "An invented source",
    note="A note",
    statement="Invented for tests. Nothing of it is true.",
)
SCREENS = [
    Screen(1920, 1080, 1760, 1000),
    Screen(1280, 720, 1120, 641),
    Screen(1024, 768, 864, 689),
    Screen(3840, 2160, 3680, 2080),
]


def _chart():
    style = CLASS_STYLES["partial"]
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": [1, 2, 3],
        "y": [0, 1, 2],
        "showlegend": False,
        "marker": bar_marker(style),
        "text": ["1", "2", "3"],
        "textposition": "outside",
    }
    names = {"tickvals": [0, 1, 2], "ticktext": ["a", "b", "c"], "range": [2.5, -0.5]}
    entries = [legend_entry(name, style) for name, style in CLASS_STYLES.items()]
    return figure(
        [bars, *entries],
        {
            "xaxis": {"visible": False, "range": [0, 4]},
            "yaxis": names,
            "legend": LEGEND_ABOVE,
            "height": 220,
        },
    )


def _sizes(part):
    if isinstance(part, dict):
        for name, value in part.items():
            if name.endswith("font") and isinstance(value, dict) and "size" in value:
                yield value["size"]
            elif name not in ("template", "meta"):
                yield from _sizes(value)
    elif isinstance(part, list | tuple):
        for one in part:
            yield from _sizes(one)


@pytest.mark.parametrize("screen", SCREENS)
def test_no_type_is_smaller_than_18_points_of_a_full_screen(screen):
    slide = on_slide(_chart(), WORDS, screen, progress=Progress(1, 3))

    least = LEAST_TYPE * min(screen.width / 1920, screen.height / 1080)
    assert min(_sizes(slide.to_dict())) >= least - 1e-6
    assert smallest_type(slide) == pytest.approx(least)


@pytest.mark.parametrize("screen", SCREENS)
def test_a_slide_fills_the_room_of_its_screen(screen):
    slide = on_slide(_chart(), WORDS, screen, progress=Progress(1, 3))

    size = slide.layout.width, slide.layout.height
    assert size == pytest.approx((screen.room_width, screen.room_height))
    go.Figure(slide.to_dict())  # Plotly takes every part of it


def test_a_slide_says_title_filters_source_and_what_the_edition_is_not():
    said = str(on_slide(_chart(), WORDS, SCREENS[0]).to_dict()["layout"])

    assert all(text in said for text in (WORDS.title, WORDS.subtitle, WORDS.source))
    assert "Invented for tests." in said
    words_on_it = str(on_slide(_chart(), WORDS, SCREENS[0]).to_dict()["layout"]["annotations"])
    assert WORDS.note not in words_on_it


def test_the_words_about_a_country_stand_below_the_filters_in_bold():
    lit = Words(**{**WORDS.__dict__, "spotlight": "Ghana: 5 persons"})

    subtitle = on_slide(_chart(), lit, SCREENS[0]).layout.title.subtitle.text
    assert subtitle.endswith("<b>Ghana: 5 persons</b></span>") and "n = 3 bars<br>" in subtitle


def test_every_entry_of_a_legend_is_drawn_with_its_words_and_swatch():
    laid = finish(_chart(), WORDS, sheet=SLIDE).to_dict()
    drawn = with_drawn_legends(laid)

    words = [note["text"] for note in drawn["layout"]["annotations"]]
    assert set(CLASS_STYLES) <= set(words)
    squares = [shape for shape in drawn["layout"]["shapes"] if shape["type"] == "rect"]
    assert len(squares) == len(CLASS_STYLES)
    assert "legend" not in drawn["layout"]
    assert not any(trace["showlegend"] for trace in drawn["data"])


def test_magnified_lengths_grow_and_data_and_shares_of_the_figure_stay():
    plain = {
        "data": [
            {
                "type": "bar",
                "x": [1, 2],
                "width": [0.5, 0.5],
                "marker": {"line": {"width": 1}, "pattern": {"size": 8, "solidity": 0.3}},
            }
        ],
        "layout": {
            "width": 100,
            "height": 50,
            "margin": {"l": 4, "pad": 1},
            "xaxis": {"domain": [0, 0.5], "tickfont": {"size": 10}, "ticklabelstandoff": 3},
            "annotations": [{"x": 0.5, "xshift": 3, "text": "<b style='font-size:10px'>a</b>"}],
            "shapes": [
                {
                    "xsizemode": "pixel",
                    "x0": 1,
                    "x1": 3,
                    "path": "M1,2L3,4",
                    "line": {"width": 2, "dash": "1.5px,2.5px"},
                }
            ],
        },
    }

    grown = at_size(plain, 2.25)

    assert grown["data"][0]["x"] == [1, 2] and grown["data"][0]["width"] == [0.5, 0.5]
    assert grown["data"][0]["marker"] == {
        "line": {"width": 2.25},
        "pattern": {"size": 18, "solidity": 0.3},
    }
    layout = grown["layout"]
    assert (layout["width"], layout["height"]) == (225, 112.5)
    assert layout["margin"] == {"l": 9, "pad": 2.25}
    assert layout["xaxis"] == {
        "domain": [0, 0.5],
        "tickfont": {"size": 22.5},
        "ticklabelstandoff": 7,
    }
    note, shape = layout["annotations"][0], layout["shapes"][0]
    assert (note["x"], note["xshift"], note["text"]) == (
        0.5,
        6.75,
        "<b style='font-size:22.5px'>a</b>",
    )
    assert (shape["x0"], shape["x1"], shape["path"]) == (2.25, 6.75, "M2.25,4.5L6.75,9")
    assert shape["line"] == {"width": 4.5, "dash": "3.375px,5.625px"}


def test_the_mark_of_progress_has_a_part_for_each_slide():
    slide = on_slide(_chart(), WORDS, SCREENS[0], progress=Progress(2, 7))

    parts = [shape for shape in slide.layout.shapes if shape.fillcolor == "#1F69B3"]
    assert len(parts) == 7 and [part.opacity == 1 for part in parts].count(True) == 2
    assert any("2 / 7" in note.text for note in slide.layout.annotations)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Made in 2018; not the matrix. More.", "Made in 2018; not the matrix."),
        ("One sentence", "One sentence"),
        ("", ""),
    ],
)
def test_of_a_statement_the_first_sentence_stands_on_a_slide(text, said):
    assert first_sentence(text) == said


@pytest.mark.parametrize("told", [None, [], [1, 2], ["a", 1, 2, 3], "1920", [1.5, 2, 3, 4]])
def test_a_window_that_says_nothing_clear_counts_as_a_full_screen(told):
    assert window.understood(told) is window.FIRST


def test_a_window_is_never_smaller_than_what_can_be_drawn():
    screen = window.understood([1, 1, 0, -50])

    assert screen.room_width > 0 and screen.room_height > 0
    on_slide(_chart(), WORDS, screen)


@pytest.mark.parametrize(
    ("before", "digit", "slides", "number"),
    [
        (0, 7, 10, 7),
        (0, 0, 10, 10),
        (0, 0, 9, 0),
        (1, 2, 12, 12),
        (1, 2, 10, 2),
        (2, 5, 12, 5),
        (0, 9, 3, 0),
        (1, 0, 10, 10),
    ],
)
def test_digits_typed_together_are_one_number_when_there_is_such_a_slide(
    before, digit, slides, number
):
    assert stage.jumped(before, digit, slides) == number
