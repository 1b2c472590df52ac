"""Where a file says that it comes from."""

from datetime import date

from dashboard.edition.tables import Package
from dashboard.exports.origin import Origin, matrix_sha256, origin

DAY = date(2026, 11, 21)


def test_the_line_of_a_picture_names_link_and_data_and_no_day():
    line = Origin("https://example.org/?personnel=police", DAY, "0123456789abcdef").line

    assert line == "View: https://example.org/?personnel=police · made from 0123456789ab"


def test_what_is_not_known_is_left_out():
    assert Origin("", DAY, "0123456789abcdef").line == "Made from 0123456789ab"
    assert Origin("https://example.org", DAY, "").line == "View: https://example.org"
    assert Origin("", DAY, "").line == ""


def test_the_data_are_known_by_the_workbook_whatever_its_place_in_the_list():
    inputs = [
        {"path": "one/edition.toml", "sha256": "t"},
        {"path": "one/matrix.xlsx", "sha256": "m"},
    ]

    assert matrix_sha256(Package({"inputs": inputs})) == "m"
    assert matrix_sha256(Package({"inputs": inputs[:1]})) == "t"
    assert matrix_sha256(Package({})) == ""


def test_files_carry_the_date_of_the_edition_and_not_that_of_today(edition):
    made_from = origin(edition(), "https://example.org\n", DAY)

    assert made_from.made == date(2018, 2, 28) and made_from.accessed == DAY
    assert made_from.link == "https://example.org" and made_from.producer == "Nobody"
    assert made_from.inputs == "0" * 64
