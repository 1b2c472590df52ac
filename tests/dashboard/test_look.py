"""Colours and letters."""

import pytest

from dashboard.charts.marks.look import CLASS_STYLES, MARK_STYLES, STATE_STYLES, mark_key


def luminance(colour: str) -> float:
    """Relative luminance of a #RRGGBB colour (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("styles", "name", "fill", "hatch", "dotted"),
    [
        (CLASS_STYLES, "covered", "#144372", "", False),
        (CLASS_STYLES, "gap", "#DB7B18", "", False),
        (CLASS_STYLES, "partial", "#FFFFFF", "#DB7B18", False),
        (CLASS_STYLES, "unknown", "#FFFFFF", "#595959", False),
        (STATE_STYLES, "dedicated", "#144372", "", False),
        (STATE_STYLES, "module", "#1F69B3", "", False),
        (STATE_STYLES, "cimic", "#82B5E9", "", False),
        (STATE_STYLES, "related", "#D4E5F7", "", False),
        (STATE_STYLES, "none-found", "#DB7B18", "", False),
        (STATE_STYLES, "not-documented", "#FFFFFF", "#595959", False),
        (STATE_STYLES, "no-course", "#EEEEEE", "", True),
        (STATE_STYLES, "not-reviewed", "#EEEEEE", "", True),
    ],
)
def test_every_class_and_state_has_the_look_of_the_method(styles, name, fill, hatch, dotted):
    style = styles[name]
    assert (style.fill, style.hatch_colour, style.dotted) == (fill, hatch, dotted)
    assert style.hatch == bool(hatch)


def test_letters_are_those_of_the_method_and_no_two_alike():
    assert "".join(style.letter for style in STATE_STYLES.values()) == "DMCR0?N–"


@pytest.mark.parametrize("style", {**CLASS_STYLES, **STATE_STYLES}.values())
def test_text_on_a_fill_has_a_contrast_of_at_least_4_5_to_1(style):
    assert contrast(style.text, style.fill) >= 4.5


def test_no_two_classes_look_alike_without_colour():
    """Fill in greyscale, hatch and dots: what is left on a black-and-white copy."""
    grey = {
        (
            round(luminance(s.fill), 1),
            s.hatch,
            round(luminance(s.hatch_colour), 1) if s.hatch else 0,
            s.dotted,
        )
        for s in CLASS_STYLES.values()
    }
    assert len(grey) == len(CLASS_STYLES)


@pytest.mark.parametrize(
    ("country_class", "state", "key"),
    [
        ("covered", "module", "covered"),
        ("gap", "not-documented", "gap"),
        ("partial", "cimic", "partial"),
        ("unknown", "not-documented", "not-documented"),
        ("unknown", "no-course", "no-course"),
        ("unknown", "not-reviewed", "not-reviewed"),
        ("unknown", "", "unknown"),
    ],
)
def test_only_the_states_of_unknown_are_drawn_apart(country_class, state, key):
    assert mark_key(country_class, state) == key
    assert key in MARK_STYLES
