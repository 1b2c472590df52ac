"""What a cell says, field by field: the contract's rules, and what people write around them."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.issues import CODES
from etl.meaning import countries, fields, vocabulary
from etl.meaning.lists import parts
from etl.text import fold
from etl.workbook.cells import ExcelDate, ExcelError

RAW = Path(__file__).parents[2] / "data" / "raw"
ALL = ("military", "police", "civilian")


def read(field, value):
    return fields.FIELDS[field](value)


# --- The table "Reading rules that tests rely on", example by example ---

CONTRACT = [
    ("duration", "10 days", (10, 10)),
    ("duration", "10 jours", (10, 10)),
    ("duration", "10 días", (10, 10)),
    ("duration", "1 week", (5, 5)),
    ("duration", "1 month", (20, 20)),
    ("duration", "5-7 days", (5, 7)),
    ("duration", "40 hours", (5, 5)),
    ("duration", "2.5 days", (2.5, 2.5)),
    ("duration", 10, (10, 10)),
    ("duration", "10", (10, 10)),
    ("audience", "military", ("military",)),
    ("audience", "police", ("police",)),
    ("audience", "civilian", ("civilian",)),
    ("audience", "military; police", ("military", "police")),
    ("audience", "military, police", ("military", "police")),
    ("audience", "military / police", ("military", "police")),
    ("audience", "military + police", ("military", "police")),
    ("audience", "military & police", ("military", "police")),
    ("audience", "military and police", ("military", "police")),
    ("audience", "militaires et policiers", ("military", "police")),
    ("audience", "militares y policías", ("military", "police")),
    ("audience", "Mil", ("military",)),
    ("audience", "Pol", ("police",)),
    ("audience", "Civ", ("civilian",)),
    ("audience", "Mil/Pol", ("military", "police")),
    ("audience", "all", ALL),
    ("audience", "mixed", ALL),
    ("language", "English", ("en",)),
    ("language", "anglais", ("en",)),
    ("language", "inglés", ("en",)),
    ("language", "French", ("fr",)),
    ("language", "français", ("fr",)),
    ("language", "francés", ("fr",)),
    ("language", "Spanish", ("es",)),
    ("language", "espagnol", ("es",)),
    ("language", "español", ("es",)),
    ("language", "Portuguese", ("pt",)),
    ("language", "português", ("pt",)),
    ("language", "portugais", ("pt",)),
    ("language", "Arabic", ("ar",)),
    ("language", "العربية", ("ar",)),
    ("language", "Russian", ("ru",)),
    ("language", "русский", ("ru",)),
    ("language", "Chinese", ("zh",)),
    ("language", "中文", ("zh",)),
    ("language", "E/F", ("en", "fr")),
    ("year", "2017", (2017, 2017)),
    ("year", 2017, (2017, 2017)),
    ("year", "2016-2018", (2016, 2018)),
    ("year", "since 2014", (2014, None)),
    ("year", "2017, 2023", (2017, 2023)),
    ("year", "annual", (None, None)),
    ("evidence_type", "curriculum", "curriculum"),
    ("evidence_type", "course-page", "course-page"),
    ("evidence_type", "training-calendar", "training-calendar"),
    ("evidence_type", "news-report", "news-report"),
    ("evidence_type", "official-report", "official-report"),
    ("evidence_type", "other", "other"),
    ("evidence_type", None, ""),
    ("un_recognised", "yes", True),
    ("un_recognised", "no", False),
    ("un_recognised", None, None),
    ("un_recognised", "recognised", True),
    ("un_recognised", "certified by ITS/DPKO", True),
    ("cmcoord_level", "✓", "module"),
    ("cmcoord_level", "x", "module"),
    ("cmcoord_level", "yes", "module"),
    ("cmcoord_level", "no", "none-found"),
    ("cmcoord_level", None, "not-documented"),
    ("cmcoord_level", "", "not-documented"),
    ("cmcoord_level", "?", "not-documented"),
    ("cmcoord_level", "TBC", "not-documented"),
    ("cmcoord_level", "n/a", "not-documented"),
    ("cmcoord_level", "no information", "not-documented"),
    ("cmcoord_level", "D", "dedicated"),
    ("cmcoord_level", "M", "module"),
    ("cmcoord_level", "C", "cimic"),
    ("cmcoord_level", "R", "related"),
    ("cmcoord_level", "0", "none-found"),
]


@pytest.mark.parametrize(("field", "value", "expected"), CONTRACT)
def test_the_contracts_examples_read_as_the_contract_says(field, value, expected):
    assert read(field, value) == fields.Finding(expected)


# --- What people write around them ---

DURATIONS = [
    ("2 weeks", 10),
    ("2 semaines", 10),
    ("2 semanas", 10),
    ("2 wks", 10),
    ("1 mois", 20),
    ("un mes", 20),
    ("10 j", 10),
    ("10d", 10),
    ("40h", 5),
    ("40 hrs", 5),
    ("40 heures", 5),
    ("40 horas", 5),
    ("1 hour", 0.125),
    ("2,5 jours", 2.5),
    ("one week", 5),
    ("une semaine", 5),
    ("dos semanas", 10),
    ("a week", 5),
    ("half day", 0.5),
    ("half a day", 0.5),
    ("demi-journée", 0.5),
    ("medio día", 0.5),
    ("½ day", 0.5),
    ("2½ days", 2.5),
    ("2 half-days", 1),
    ("10 working days", 10),
    ("10 jours ouvrables", 10),
    ("10-day course", 10),
    ("five-day course", 5),
    ("10 days.", 10),
    ("2 weeks (10 days)", 10),
    ("10 days / 10 jours", 10),
    ("1 week 3 days", 8),
    ("1 week and 3 days", 8),
    (2.5, 2.5),
    ("10\u00a0days", 10),
]
RANGES = [
    ("5 – 7 jours", 5, 7),
    ("5 to 7 days", 5, 7),
    ("5 à 7 jours", 5, 7),
    ("de 5 a 7 días", 5, 7),
    ("entre 5 et 7 jours", 5, 7),
    ("between 5 and 7 days", 5, 7),
    ("2-3 weeks", 10, 15),
    ("5 days to 2 weeks", 5, 10),
    ("5-7", 5, 7),
    ("two to three weeks", 10, 15),
]
NO_DURATIONS = [
    "about a fortnight",
    "1 year",
    "up to 10 days",
    "10+ days",
    "10 days?",
    "7-5 days",
    "5/7 days",
    "2 weeks (12 days)",
    "1,000 hours",
    "5 days 40 hours",
    "one and a half days",
    "5 days to 7",
    "3 modules",
    "two",
    "-5 days",
    "5 and 7 days",
    "2 weeks, full-time",
    "5-7-9 days",
    "9" * 5000,
    "1 " * 5000,
    True,
    float("nan"),
    ExcelDate(timedelta(hours=40), "[h]:mm"),
    ExcelDate(time(3, 5), "h:mm"),
    ExcelDate(datetime(2018, 5, 3), "dd/mm/yyyy"),
    ExcelDate(datetime(2018, 5, 3, 9), "d-mmm"),
]


@pytest.mark.parametrize(("value", "days"), DURATIONS)
def test_one_length_is_read_in_training_days(value, days):
    assert read("duration", value) == fields.Finding((days, days))


@pytest.mark.parametrize(("value", "shortest", "longest"), RANGES)
def test_a_range_is_read_from_its_shortest_to_its_longest(value, shortest, longest):
    assert read("duration", value) == fields.Finding((shortest, longest))


@pytest.mark.parametrize("value", NO_DURATIONS)
def test_what_is_not_one_clear_length_stays_empty_with_an_issue(value):
    finding = read("duration", value)
    assert (finding.value, finding.code) == (None, "value-not-read")


@pytest.mark.parametrize(
    "value", [0, "0 days", -3, 2017, "2017", "300 weeks", 10**400, float("inf")]
)
def test_a_length_that_cannot_be_right_stays_empty_with_an_issue(value):
    finding = read("duration", value)
    assert (finding.value, finding.code) == (None, "value-out-of-range")


@pytest.mark.parametrize(
    ("day", "number_format", "expected"),
    [
        (datetime(2024, 5, 3), "d-mmm", (3, 5)),
        (datetime(2024, 3, 5), "d-mmm", (3, 5)),
        (date(2024, 12, 10), "dd-mmm", (10, 12)),
        (datetime(2020, 5, 1), "mmm-yy", (5, 20)),
        (datetime(2014, 10, 1), "mmm\\-yy", (10, 14)),
        (datetime(2024, 5, 3), "yyyy-mm-dd h:mm:ss", (3, 5)),
    ],
)
def test_a_range_that_excel_turned_into_a_date_is_read_back_and_reported(
    day, number_format, expected
):
    finding = read("duration", ExcelDate(day, number_format))
    assert (finding.value, finding.code) == (expected, "excel-date")
    assert f"{expected[0]}-{expected[1]} days" in finding.message


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Duration", "day"),
        ("Duration (days)", "day"),
        ("Duration (weeks)", "week"),
        ("Length in wks", "week"),
        ("Durée (semaines)", "week"),
        ("Durée en jours", "day"),
        ("Duration (hours)", "hour"),
        ("Durée (h)", "hour"),
        ("Number of training hours", "hour"),
        ("Duración (meses)", "month"),
        ("Durée (demi-journées)", "half-day"),
        ("Duration (days/weeks)", "day"),
        ("Duration (hours or days)", "day"),
        ("Weeks of 5 days", "week"),
        ("Durée d'une formation", "day"),
        ("", "day"),
        ("x" * 32_000, "day"),
    ],
)
def test_a_header_may_give_the_unit_of_bare_numbers(header, unit):
    assert fields.unit_of(header) == unit


@pytest.mark.parametrize(
    ("value", "unit", "days"),
    [
        (2, "week", (10, 10)),
        (2.0, "week", (10, 10)),
        ("2", "week", (10, 10)),
        ("2-3", "week", (10, 15)),
        ("2 days", "week", (2, 2)),
        ("2-3 days", "week", (2, 3)),
        (40, "hour", (5, 5)),
        (3, "half-day", (1.5, 1.5)),
        (1, "month", (20, 20)),
        ("10.0", "day", (10, 10)),
        ("10 days", "hour", (10, 10)),
    ],
)
def test_a_bare_number_counts_in_the_unit_of_its_header_and_a_written_unit_goes_first(
    value, unit, days
):
    assert fields.duration(value, unit) == fields.Finding(days)
    again = fields.render("duration", days)
    assert fields.duration(again, unit) == fields.Finding(days)


def test_a_range_that_excel_turned_into_a_date_is_read_back_in_the_unit_of_its_header():
    finding = fields.duration(ExcelDate(datetime(2024, 3, 2), "d-mmm"), "week")
    assert (finding.value, finding.code) == ((10, 15), "excel-date")
    assert "2-3 weeks" in finding.message


def test_a_number_without_a_unit_must_be_possible_in_the_unit_of_its_header():
    assert fields.duration(300, "week").code == "value-out-of-range"
    assert fields.duration(20_000, "hour").code == "value-out-of-range"


YEARS = [
    (2017.0, 2017, 2017),
    ("2017.0", 2017, 2017),
    ("2018-05-03T00:00:00", 2018, 2018),
    ("2016–18", 2016, 2018),
    ("2016/17", 2016, 2017),
    ("depuis 2014", 2014, None),
    ("desde 2014", 2014, None),
    ("2014-present", 2014, None),
    ("2014-", 2014, None),
    ("2014 à ce jour", 2014, None),
    ("2017; 2019; 2021", 2017, 2021),
    ("2023, 2017", 2017, 2023),
    ("2017 and 2019", 2017, 2019),
    ("2014-2016, 2018", 2014, 2018),
    ("from 2014 to 2016", 2014, 2016),
    ("de 2014 à 2016", 2014, 2016),
    ("between 2014 and 2016", 2014, 2016),
    ("2017 annual", 2017, 2017),
    ("annuel", None, None),
    ("anual", None, None),
    ("May 2017", 2017, 2017),
    ("mai-juin 2018", 2018, 2018),
    ("12/03/2017", 2017, 2017),
    ("2017-03-12", 2017, 2017),
    ("since 2014 (annual)", 2014, None),
    ("TBC", None, None),
    (None, None, None),
    (ExcelDate(datetime(2017, 5, 3), "dd/mm/yyyy"), 2017, 2017),
]
NO_YEARS = [
    ("2018-2016", "value-not-read"),
    ("2010-12", "value-not-read"),
    ("until 2016", "value-not-read"),
    ("17", "value-not-read"),
    ("2017?", "value-not-read"),
    ("since 2014, 2017", "value-not-read"),
    ("soon", "value-not-read"),
    ("²", "value-not-read"),
    (True, "value-not-read"),
    (2017.5, "value-not-read"),
    ("9" * 5000, "value-not-read"),
    ("1944", "value-out-of-range"),
    (2101, "value-out-of-range"),
    (42736, "value-out-of-range"),
    (10**400, "value-out-of-range"),
    (float("inf"), "value-not-read"),
    (ExcelDate(datetime(2024, 5, 3), "d-mmm"), "value-not-read"),
    (ExcelError("#N/A"), "excel-error"),
]


@pytest.mark.parametrize(("value", "first", "last"), YEARS)
def test_years_are_read_from_the_first_to_the_last(value, first, last):
    assert read("year", value) == fields.Finding((first, last))


@pytest.mark.parametrize(("value", "code"), NO_YEARS)
def test_what_is_no_year_stays_empty_with_an_issue(value, code):
    finding = read("year", value)
    assert (finding.value, finding.code) == ((None, None), code)


def test_a_month_and_two_digits_that_excel_made_a_date_are_used_with_an_issue():
    finding = read("year", ExcelDate(datetime(2014, 10, 1), "mmm-yy"))
    assert (finding.value, finding.code) == ((2014, 2014), "excel-date")


@pytest.mark.parametrize(
    ("value", "year"),
    [
        (1995, 1995),
        ("1995", 1995),
        ("1995.0", 1995),
        (1885, 1885),
        ("since 1995", 1995),
        (None, None),
    ],
)
def test_a_centre_is_founded_in_one_year(value, year):
    assert read("established_year", value) == fields.Finding(year)


@pytest.mark.parametrize("value", ["1995-1996", "annual", "c. 1990", 1066, True, "x"])
def test_more_or_less_than_one_year_of_foundation_stays_empty_with_an_issue(value):
    finding = read("established_year", value)
    assert finding.value is None and finding.code


LEVELS = [
    ("Dedicated course", "dedicated"),
    ("Cours dédié", "dedicated"),
    ("Curso específico", "dedicated"),
    ("Oui", "module"),
    ("Sí", "module"),
    (1, "module"),
    (True, "module"),
    ("CIMIC", "cimic"),
    ("UN-CIMIC", "cimic"),
    ("Coopération civilo-militaire (CIMIC)", "cimic"),
    ("IHL/PoC", "related"),
    ("Contenu humanitaire connexe", "related"),
    ("Contenido humanitario relacionado", "related"),
    ("None found", "none-found"),
    ("Non", "none-found"),
    ("Ninguno", "none-found"),
    ("Aucun", "none-found"),
    (0, "none-found"),
    (0.0, "none-found"),
    (False, "none-found"),
    ("sans objet", "not-documented"),
    ("pas d'information", "not-documented"),
    ("à confirmer", "not-documented"),
    ("sin información", "not-documented"),
    ("s/i", "not-documented"),
    ("por confirmar", "not-documented"),
    ("non documenté", "not-documented"),
    ("unknown", "not-documented"),
    ("CIMIC + IHL", "cimic"),
    ("Yes (CIMIC)", "cimic"),
    ("Yes, PoC", "related"),
    ("Module; CIMIC", "module"),
    ("Module CIMIC", "cimic"),
    ("CIMIC\nIHL", "cimic"),
    ("No / No", "none-found"),
]


@pytest.mark.parametrize(("value", "code"), LEVELS)
def test_a_known_level_is_read_and_the_highest_of_several_counts(value, code):
    assert read("cmcoord_level", value) == fields.Finding(code)


@pytest.mark.parametrize(
    "value",
    [
        "Module (2 hours)",
        "Module?",
        "Yes/No",
        "CIMIC, TBC",
        "dedicted",
        "UN-CMCoord",
        "Yes, but",
        "xx",
        2,
        -1,
        "-1",
        0.5,
    ],
)
def test_a_level_that_is_unknown_or_doubted_is_not_documented_with_an_issue(value):
    finding = read("cmcoord_level", value)
    assert (finding.value, finding.code) == ("not-documented", "value-unknown")


def test_an_unknown_value_is_reported_with_the_nearest_known_ones_and_the_file_to_edit():
    message = read("cmcoord_level", "dedicted course").message
    for words in ('"dedicted course"', "Dedicated course", "etl/vocab/levels.csv"):
        assert words in message


LISTS = [
    ("audience", "Tous", ALL),
    ("audience", "todos", ALL),
    ("audience", "mixte", ALL),
    ("audience", "Mil-Pol", ("military", "police")),
    ("audience", "Military\nPolice", ("military", "police")),
    ("audience", "Military\n\nand civilian", ("military", "civilian")),
    ("topics", "IHL\nrule of\nlaw", ("ihl", "rule-of-law")),
    ("language", "English\r\nFrench", ("en", "fr")),
    ("audience", "Civilian; Military", ("military", "civilian")),
    ("audience", "all (Mil/Pol/Civ)", ALL),
    ("audience", "Military and/or police", ("military", "police")),
    ("audience", "uniformed personnel", ("military", "police")),
    ("language", "English & French", ("en", "fr")),
    ("language", "EN, FR", ("en", "fr")),
    ("language", "EN FR", ("en", "fr")),
    ("language", "Anglais/Français", ("en", "fr")),
    ("language", "francés e inglés", ("en", "fr")),
    ("language", "no", ("no",)),
    ("language", "s.o.", ()),
    ("language", "French, Portuguese, English", ("en", "fr", "pt")),
    ("topics", "DDR/SSR", ("ddr-ssr",)),
    ("topics", "rule of law", ("rule-of-law",)),
    ("topics", "IHL and human rights", ("ihl", "human-rights")),
    ("topics", "security and safety and gender", ("gender", "security-safety")),
    ("topics", "PoC, CP, CRSV", ("protection-of-civilians", "child-protection", "csrv")),
    ("topics", "c_ied_eod; un-cmcoord", ("un-cmcoord", "c-ied-eod")),
    ("topics", "VSLC; DIH", ("ihl", "csrv")),
    ("topics", "n/a", ()),
]


@pytest.mark.parametrize(("field", "value", "codes"), LISTS)
def test_a_list_is_cut_without_cutting_a_known_term(field, value, codes):
    assert read(field, value) == fields.Finding(codes)


@pytest.mark.parametrize(
    ("field", "value", "codes", "stranger"),
    [
        ("audience", "Military, Navy SEALs", ("military",), "Navy SEALs"),
        ("audience", "Military police", (), "Military police"),
        ("audience", "Military, Police?", ("military",), "Police?"),
        ("language", "bilingual", (), "bilingual"),
        ("language", "English (French on request)", ("en",), "French on request"),
        ("topics", "IHL; basket weaving; gender", ("ihl", "gender"), "basket weaving"),
        ("topics", "civil-military coordination", (), "civil-military coordination"),
    ],
)
def test_of_a_list_the_known_parts_are_kept_and_the_unknown_reported(field, value, codes, stranger):
    finding = read(field, value)
    assert (finding.value, finding.code) == (codes, "value-unknown")
    assert f'"{stranger}"' in finding.message


def test_longer_terms_are_looked_for_only_where_one_may_begin():
    asked = []
    found = parts("human; rights; a; b; c", asked.append, lambda piece: piece == "human")
    assert [part for part, _ in found] == ["human", "rights", "a", "b", "c"]
    assert asked == [
        "human; rights; a; b",
        "human; rights; a",
        "human; rights",
        *["human", "rights", "a", "b", "c"],
    ]


def test_un_recognised_written_in_one_word_is_not_read_as_recognised_by_the_un():
    assert read("un_recognised", "UN recognised").value is True
    assert read("un_recognised", "unrecognised").value is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("x", True),
        ("✓", True),
        (1, True),
        (True, True),
        ("☒", True),
        ("", False),
        ("no", False),
        (0, False),
        (None, False),
    ],
)
def test_a_tick_is_a_tick(value, expected):
    assert fields.ticked(value) == fields.Finding(expected)


@pytest.mark.parametrize(
    "value", ["2 hours", 2, "xx", ExcelError("#REF!"), ExcelDate(date(2020, 1, 1), "d-mmm")]
)
def test_what_is_no_tick_does_not_count_and_is_reported(value):
    finding = fields.ticked(value)
    assert finding.value is False and finding.code


@pytest.mark.parametrize(
    "value",
    ["https://a.org", "HTTP://A.org/x?y=1#z", "https://a.org/a.", "http://a.org:8080/%C3%A9;x=1"],
)
def test_an_http_address_is_kept_as_it_stands(value):
    assert read("source_url", value) == fields.Finding(value)


@pytest.mark.parametrize(
    "value",
    [
        "www.a.org",
        "javascript:alert(1)",
        "JavaScript:alert(1)//https://a.org",
        "file:///etc/passwd",
        "data:text/html,x",
        "mailto:a@b.c",
        "ftp://a.org",
        "https://",
        "http://[",
        "http://a.b:port",
        "https://un.org@elsewhere.net",
        'https://a.org/"><script>',
        "http//a.org",
        "see https://a.org javascript:x",
        "https://a.org/" + "x" * 3000,
        "a book",
        5,
        "https://.",
        "https://a\\b.org",
    ],
)
def test_anything_else_is_never_a_link(value):
    finding = read("source_url", value)
    assert (finding.value, finding.code) == ("", "address-not-web")


@pytest.mark.parametrize(
    "value",
    [
        "https://a.org https://b.org",
        "https://a.org; https://b.org",
        "https://a.org;https://b.org",
        "https://a.org\nhttps://b.org",
        "https://a.org (May 2018)",
        "see https://a.org",
    ],
)
def test_of_several_addresses_the_first_is_linked_with_a_note(value):
    finding = read("source_url", value)
    assert (finding.value, finding.code) == ("https://a.org", "address-first")


@pytest.mark.parametrize(
    ("value", "degrees"),
    [
        (5.6, 5.6),
        ("5,60", 5.6),
        ("5.6 N", 5.6),
        ("5.6°S", -5.6),
        ("-0.19", -0.19),
        (0, 0.0),
        ("−5.6", -5.6),
        ("n/a", None),
    ],
)
def test_decimal_degrees_are_read(value, degrees):
    assert read("latitude", value) == fields.Finding(degrees)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("5°36'N", "value-not-read"),
        ("5.6 E", "value-not-read"),
        ("5.603.7", "value-not-read"),
        (True, "value-not-read"),
        (float("nan"), "value-not-read"),
        (91, "value-out-of-range"),
        (5603717, "value-out-of-range"),
        ("5603717", "value-out-of-range"),
        (10**400, "value-out-of-range"),
        (float("-inf"), "value-out-of-range"),
    ],
)
def test_other_coordinates_stay_empty_with_an_issue(value, code):
    finding = read("latitude", value)
    assert (finding.value, finding.code) == (None, code)


def test_longitude_goes_further_than_latitude():
    assert read("longitude", 179.5).value == 179.5
    assert read("longitude", "5.6 W").value == -5.6


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a\nb\r\nc", "a b c"),
        (1325, "1325"),
        (1325.0, "1325"),
        (2.5, "2.5"),
        ("  a\u00a0 b\u200b ", "a b"),
        (None, ""),
        ("=1+1", "=1+1"),
        ("<b>x</b>", "<b>x</b>"),
        ("x" * 32_000, "x" * 32_000),
    ],
)
def test_plain_text_is_cleaned_and_nothing_is_cut(value, text):
    assert read("course_title", value) == fields.Finding(text)


def test_an_excel_error_and_a_date_in_plain_text_are_reported():
    assert read("course_title", ExcelError("#REF!")).code == "excel-error"
    finding = read("course_title", ExcelDate(date(2018, 5, 3), "d-mmm"))
    assert (finding.value, finding.code) == ("2018-05-03", "excel-date")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2018, 5, 3), "2018-05-03"),
        (date(2018, 5, 3), "2018-05-03"),
        (datetime(2018, 5, 3, 14, 30), "2018-05-03 14:30"),
        (datetime(2018, 5, 3, 14, 30, 5), "2018-05-03 14:30:05"),
        (time(14, 30), "14:30:00"),
    ],
)
def test_a_date_is_shown_without_the_midnight_that_excel_keeps(value, text):
    assert fields.shown(ExcelDate(value, "General")) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "?",
        "None",
        "None identified",
        "Not identified",
        "No centre",
        "N/A",
        "TBD",
        "Nil",
        "Aucun",
        "Aucun centre",
        "néant",
        "Ninguno",
        "Ningún centro",
        "NO CENTRE.",
    ],
)
def test_words_in_a_column_of_names_may_say_that_there_is_nothing_to_name(text):
    assert fields.names_nothing(text)


@pytest.mark.parametrize(
    "text", ["No. 1 Centre", "Centre", "None Such Academy", "KAIPTC", "National Centre", "SD", "0"]
)
def test_a_name_is_not_taken_for_nothing(text):
    assert not fields.names_nothing(text)


# --- For any value whatever ---

READ = (
    "levels",
    "audiences",
    "languages",
    "duration_units",
    "year_words",
    "blanks",
    "ticks",
    "topics",
)
WORDS = sorted(
    {
        spelling
        for name in READ
        for term in vocabulary.load(name).terms
        for spelling in term.spellings
    }
)
SIGNS = ["-", " ", "/", ", ", ";", "(", ")", "?", ".", "½", "https://a.org"]
PHRASES = st.lists(
    st.one_of(st.sampled_from(WORDS), st.integers(0, 2200).map(str), st.sampled_from(SIGNS)),
    max_size=6,
).map(" ".join)
DATES = st.builds(
    ExcelDate,
    st.one_of(st.datetimes(), st.dates(), st.times(), st.timedeltas()),
    st.sampled_from(["d-mmm", "mmm-yy", "yyyy-mm-dd", "dd/mm/yyyy", "[h]:mm", "General", ""]),
)
CELLS = st.one_of(
    st.none(),
    st.text(max_size=60),
    PHRASES,
    st.booleans(),
    st.integers(),
    st.integers(0, 3000),
    st.floats(),
    st.floats(-200, 2000),
    DATES,
    st.builds(ExcelError, st.sampled_from(["#REF!", "#N/A", "#DIV/0!"])),
)


@pytest.mark.parametrize("field", fields.FIELDS)
@settings(max_examples=60, deadline=None)
@given(value=CELLS)
def test_any_value_is_interpreted_and_twice_is_the_same_as_once(field, value):
    finding = read(field, value)
    assert (finding.code in CODES) if finding.code else not finding.message
    again = read(field, fields.render(field, finding.value))
    assert again == fields.Finding(finding.value)


@settings(max_examples=80, deadline=None)
@given(value=CELLS)
def test_any_value_is_shown_ticked_and_resolved_without_a_crash(value):
    assert len(fields.shown(value)) <= 81
    assert fields.ticked(value).value in (True, False)
    resolution = countries.resolve(fields.plain(value).value)
    assert (resolution.iso3 is None) == bool(resolution.reason)


@pytest.mark.parametrize("field", fields.FIELDS)
@pytest.mark.parametrize(
    "text",
    [
        "a," * 16_000,
        "1-" * 16_000,
        "((((" * 8_000,
        "mil/" * 8_000,
        "é" * 32_000,
        "a b " * 8_000,
        "https://a.org " * 2_000,
    ],
)
def test_a_cell_of_32_000_characters_is_judged_at_once(field, text):
    finding = read(field, text)
    assert len(finding.message) < 1_000


# --- The real matrices ---

MATRICES = sorted(RAW.glob("*/matrix.xlsx"))
HEADERS = {
    "country": "country",
    "trainingcentre": "centre_name",
    "latitude": "latitude",
    "longitude": "longitude",
    "runby": "operator",
    "kindofprovider": "provider_type",
    "scope": "scope",
    "established": "established_year",
    "website": "website",
    "coursetitle": "course_title",
    "typeofcourse": "course_type",
    "targetaudience": "audience",
    "duration": "duration",
    "languages": "language",
    "year": "year",
    "unrecognised": "un_recognised",
    "uncmcoordcontent": "cmcoord_level",
    "kindofevidence": "evidence_type",
    "othertopics": "topics",
    "source": "source_url",
    "centresource": "centre_source_url",
}


@pytest.mark.parametrize("path", MATRICES, ids=lambda path: path.parent.name)
def test_nothing_in_the_real_matrices_is_unknown(path):
    sheet = openpyxl.load_workbook(path, read_only=True)["Matrix"]
    rows = sheet.iter_rows(min_row=5, values_only=True)
    fields = [HEADERS.get(fold(str(header))) for header in next(rows)]
    assert len(set(HEADERS.values()) - set(fields)) == 0
    strangers = set()
    for row in rows:
        if row[fields.index("course_title")] is None:
            continue
        for field, value in zip(fields, row, strict=False):
            if field == "country" and value is not None:
                strangers |= {(field, value)} if countries.resolve(value).iso3 is None else set()
            elif field and read(field, value).code:
                strangers.add((field, value))
    assert not strangers


def test_there_are_real_matrices_to_check():
    assert len(MATRICES) >= 2
