"""The colours of the dashboard can be read in both modes (WCAG 2.2, AA)."""

import tomllib
from pathlib import Path

import pytest

CONFIG = Path(__file__).parents[1] / "dashboard" / ".streamlit" / "config.toml"
SETTINGS = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
GROUNDS = ("backgroundColor", "secondaryBackgroundColor")
TEXT, MARK = 4.5, 3.0
# Streamlit writes captions and notes in the text colour at 60 per cent.
FADED = 0.6


def _channels(colour: str) -> list[float]:
    return [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]


def _luminance(channels: list[float]) -> float:
    """Relative luminance, WCAG 2.2."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(colour: str, ground: str, opacity: float = 1.0) -> float:
    """Contrast ratio of a colour, laid over its ground at an opacity."""
    over, under = _channels(colour), _channels(ground)
    seen = [opacity * o + (1 - opacity) * u for o, u in zip(over, under, strict=True)]
    lighter, darker = sorted((_luminance(seen), _luminance(under)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _themes() -> list[tuple[str, dict]]:
    """(name, colours) of page and sidebar in each mode; a sidebar inherits what it does not set."""
    themes = []
    for mode in ("light", "dark"):
        page = SETTINGS["theme"][mode]
        themes += [(mode, page), (f"{mode} sidebar", page | page["sidebar"])]
    return themes


@pytest.mark.parametrize(("name", "theme"), _themes())
@pytest.mark.parametrize(
    ("role", "opacity", "least"),
    [
        ("textColor", 1, TEXT),
        ("textColor", FADED, TEXT),
        ("linkColor", 1, TEXT),
        ("borderColor", 1, MARK),
    ],
)
def test_text_links_and_borders_stand_out_from_their_ground(name, theme, role, opacity, least):
    assert min(contrast(theme[role], theme[ground], opacity) for ground in GROUNDS) >= least


@pytest.mark.parametrize(("name", "theme"), _themes())
def test_the_accent_is_read_as_text_on_the_ground(name, theme):
    assert contrast(theme["primaryColor"], theme["backgroundColor"]) >= TEXT


@pytest.mark.parametrize(("name", "theme"), [theme for theme in _themes() if theme[0] != "dark"])
def test_white_is_read_on_the_accent_wherever_chosen_filters_are_shown(name, theme):
    assert contrast("#FFFFFF", theme["primaryColor"]) >= TEXT


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_nothing_is_sent_and_no_traceback_is_shown():
    assert SETTINGS["browser"]["gatherUsageStats"] is False
    assert SETTINGS["client"]["showErrorDetails"] == "none"
    assert SETTINGS["server"]["address"] == "localhost"
