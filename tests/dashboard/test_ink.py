"""Text of charts takes the text colour of the page, unless it stands on a fill that is known."""

from dashboard.charts.typeset.ink import in_page_ink

INK = '<span style="color:currentColor">{}</span>'


def test_names_notes_and_outside_numbers_take_the_ink_of_the_page():
    figure = {
        "data": [
            {"type": "bar", "text": ["8,370"], "textposition": "outside"},
            {"type": "scatter", "name": "M module", "legend": "legend2"},
        ],
        "layout": {
            "yaxis": {"ticktext": ["Ghana"]},
            "legend": {"title": {"text": "Areas"}},
            "annotations": [{"text": "7% lower bound"}],
        },
    }

    inked = in_page_ink(figure)

    assert inked["data"][0]["text"] == [INK.format("8,370")]
    assert inked["data"][1]["name"] == INK.format("M module")
    assert inked["layout"]["yaxis"]["ticktext"] == [INK.format("Ghana")]
    assert inked["layout"]["legend"]["title"]["text"] == INK.format("Areas")
    assert inked["layout"]["annotations"][0]["text"] == INK.format("7% lower bound")


def test_text_with_a_colour_of_its_own_keeps_it():
    figure = {
        "data": [{"type": "bar", "text": ["M 1"], "textposition": "inside"}],
        "layout": {"annotations": [{"text": "0", "font": {"color": "#FFFFFF"}}]},
    }

    inked = in_page_ink(figure)

    assert inked["data"] == figure["data"]
    assert inked["layout"]["annotations"] == figure["layout"]["annotations"]
