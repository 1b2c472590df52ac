"""Text from the data on a page is shown as it is."""

import pandas as pd
import pytest

from dashboard.charts.marks.look import CLASS_STYLES
from dashboard.screen.frame import cards, columns


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**bold**", r"\*\*bold\*\*"),
        ("_x_", r"\_x\_"),
        ("[a](javascript:alert)", r"\[a\](javascript\:alert)"),
        ("<b>a</b>", r"\<b\>a\</b\>"),
        ("`code` $x$ ~y~", r"\`code\` \$x\$ \~y\~"),
        (":red[x] :material/home:", r"\:red\[x\] \:material/home:"),
        ("# heading", r"\# heading"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
    ],
)
def test_markup_is_shown_as_text(text, shown):
    assert cards.plain(text) == shown


@pytest.mark.parametrize(
    "text", ["7 per cent (6,521 of 92,511); between 7 and 85", "Côte d'Ivoire", "n = 5 · a: b"]
)
def test_plain_sentences_stay_as_they_are(text):
    assert cards.plain(text) == text


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://example.org/a", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("ftp://example.org", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(address, linked):
    frame = columns.safe_links(pd.DataFrame({"source_url": [address]}, dtype="str"))

    assert pd.notna(frame["source_url"].item()) is linked


def test_hatched_classes_have_hatched_swatches():
    pictures = {name: cards.swatch(style) for name, style in CLASS_STYLES.items()}

    hatched = {name for name, picture in pictures.items() if "stroke-width" in picture}

    assert hatched == {"partial", "unknown"}
