"""How wide text is, and where its lines break."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.marks.letters import balanced, in_lines, parted, plain_width, width, wrapped

WORDS = st.lists(st.text("abcdefgh,-é", min_size=1, max_size=9), min_size=1, max_size=40)
TITLE = "Protection is documented for 80 per cent (73,886 of 92,511) of personnel"


def test_markup_is_not_counted_and_the_longest_line_decides():
    assert width("<i>Mali</i>", 12) == plain_width("Mali", 12)
    assert width("Mali<br>United Republic", 12) == plain_width("United Republic", 12)
    assert width("R&amp;D", 12) == plain_width("R&D", 12)
    assert width("<b>Mali</b>", 12) == plain_width("Mali", 12, bold=True) > width("Mali", 12)


def test_a_letter_with_an_accent_is_as_wide_as_without():
    assert plain_width("Côte d'Ivoire", 12) == plain_width("Cote d'Ivoire", 12)


@pytest.mark.parametrize("layout", [wrapped, balanced, parted])
@given(words=WORDS, room=st.integers(80, 600))
def test_lines_hold_every_word_in_order_and_are_no_wider_than_their_room(layout, words, room):
    lines = layout(" ".join(words), 12, room)

    assert " ".join(lines).split() == words
    assert all(plain_width(line, 12) <= room for line in lines)


def test_a_title_has_lines_about_as_long_as_each_other():
    lines = balanced(TITLE, 20, 500, bold=True)
    widths = [plain_width(line, 20, bold=True) for line in lines]

    assert len(lines) == 2
    assert min(widths) > 0.6 * max(widths)


def test_no_word_stands_alone_on_a_last_line():
    text = "The evidence leaves open what the personnel of most countries learned"
    lines = wrapped(text, 12, plain_width(text, 12) - 5)

    assert len(lines) == 2
    assert len(lines[-1].split()) > 1


@pytest.mark.parametrize("room", range(140, 600, 20))
def test_a_number_of_a_number_a_share_and_a_date_stay_in_one_line(room):
    lines = wrapped(f"{TITLE} as of 31 January 2018", 12, room)

    for whole in ("(73,886 of 92,511)", "80 per cent", "31 January 2018"):
        assert any(whole in line for line in lines)


def test_an_address_longer_than_a_line_breaks_at_its_joints():
    address = "https://atlas.example.org/contributors?edition=desk-review-2018&top=20"
    lines = wrapped(f"View: {address}", 11, 200)

    assert "".join(lines).replace("View: ", "") == address
    assert all(plain_width(line, 11) <= 200 for line in lines)
    assert all(line[-1] in "/?&=_.-" for line in lines[:-1])


def test_filters_begin_a_line_where_that_takes_no_line_more():
    text = "n = 92,511 persons from 124 countries · threshold: UN-CMCoord module or higher"

    assert parted(text, 12, 400)[0].endswith("·")


def test_marked_text_breaks_at_spaces():
    assert in_lines("<b>Personnel</b> of those", 12, 70) == "<b>Personnel</b><br>of those"
