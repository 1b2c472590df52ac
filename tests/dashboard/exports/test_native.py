"""Native forms: every figure that is no map has one, and it says what the figure's table says."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.charts.marks.look import CLASS_STYLES, MARK_STYLES, STATE_STYLES
from dashboard.edition.selection import NO_MATCH, default_selection
from dashboard.edition.wording import count
from dashboard.exports.native.builders import BUILDERS, in_place_of_map, native
from dashboard.exports.native.form import Native, Series
from dashboard.exports.native.looks import PLAIN
from dashboard.figures.catalogue import CATALOGUE, figure

MAPS = {"world", "centres-map"}
# Figures with one category a row of their table -> the column that the bars add up to.
BY_ROW = {
    "coverage": "persons",
    "contributors": "persons",
    "questions": "content_questions",
    "country-levels": "courses",
    "found": "courses",
    "evidence-grades": "persons",
    "evidence-tests": "persons",
    "language-courses": "courses",
    "functions": "all_persons",
    "function-topics": "all_persons",
    "indicators": "total",
    "indicator-languages": "courses",
    "plan": "persons",
    "edition-steps": "persons",
    "coverage-gap": "persons",
    "evidence-gap": "persons",
    "missions": "persons",
    "missions-military": "persons",
    "missions-police": "persons",
    "country-personnel": "persons",
    "asks": "persons",
    "senders": "persons",
}
# Figures that join rows of their table -> what a category is, and what is added up.
JOINED = {
    "languages": ("language_label", "persons"),
    "offices": ("office", "persons"),
    "gap-regions": ("region", "persons"),
}
COUNTRIES = {
    "AAA": ("module", "curriculum"),
    "BBB": ("related", "curriculum"),
    "CCC": ("related", "news-report"),
    "DDD": ("not-documented", "news-report"),
}


@pytest.fixture
def tables(edition):
    """A country of each class, and one of each state without a course; troops and police."""
    courses = [
        (
            iso3,
            {
                "cmcoord_level": level,
                "evidence_type": kind,
                "audiences": ("military", "police"),
                "languages": ("en", "fr") if iso3 < "CCC" else (),
                "topics": ("ihl", "security"),
            },
        )
        for iso3, (level, kind) in COUNTRIES.items()
    ]
    persons = {iso3: 5000 - 700 * n for n, iso3 in enumerate([*COUNTRIES, "EEE", "FFF"])}
    police = {(iso3, "individual-police"): 40 + n for n, iso3 in enumerate(COUNTRIES)}
    return edition(
        courses=courses,
        persons=persons | police,
        reviewed=("EEE",),
        regions={"AAA": "ROWCA", "CCC": "ROSEA"},
    )


@pytest.fixture
def selection(tables):
    return default_selection(tables)


@pytest.fixture
def made(tables, selection):
    """A figure and its native form, by id."""

    def make(id, **options):
        if id == "plan":
            options = {"plan": ("BBB", "CCC", "EEE")}
        one = figure(id, tables, selection, **options)
        return one, native(one, tables, selection)

    return make


def _totals(chart: Native) -> list[float]:
    return [sum(one.values[place] or 0 for one in chart.series) for place in range(chart.size)]


def _numbers(chart: Native) -> list[int]:
    """The numbers in the cells of a matrix, row by row, without the names of rows."""
    cells = [cell.text for row in chart.rows for cell in row[chart.stubs :]]
    return [
        int(found[0].replace(",", "")) for text in cells if (found := re.search(r"[\d,]+$", text))
    ]


def test_every_figure_that_is_no_map_has_a_native_form():
    assert set(BUILDERS) == set(CATALOGUE) - MAPS


@pytest.mark.parametrize("id", sorted(MAPS))
def test_a_map_stays_a_picture(made, id):
    one, chart = made(id)

    assert one.is_map
    assert chart is None


@pytest.mark.parametrize("id", sorted(set(CATALOGUE) - MAPS))
def test_every_form_is_whole(made, id):
    _, chart = made(id)

    assert chart.size or id == "conversations"
    if chart.kind == "matrix":
        assert {len(row) for row in chart.rows} <= {len(chart.heads)}
    else:
        assert {len(one.values) for one in chart.series} == {chart.size}
        assert len({one.name for one in chart.series}) == len(chart.series)


@pytest.mark.parametrize(("id", "column"), BY_ROW.items())
def test_bars_add_up_to_the_table(made, id, column):
    one, chart = made(id)

    assert chart.size > 0
    assert _totals(chart) == one.table[column].fillna(0).tolist()


@pytest.mark.parametrize("id", JOINED)
def test_joined_bars_add_up_to_the_table(made, id):
    (one, chart), (category, amount) = made(id), JOINED[id]

    expected = one.table.groupby(category)[amount].sum().to_dict()

    assert dict(zip(chart.categories, _totals(chart), strict=True)) == expected


def test_the_review_is_a_table_of_its_counts(made):
    one, chart = made("review")

    assert [row[0].text for row in chart.rows] == one.table["label"].tolist()
    assert [row[1].text for row in chart.rows] == [count(n) for n in one.table["n"]]


def test_what_is_not_covered_says_what_it_asks_for(made):
    one, chart = made("asks")

    for name, ask in zip(chart.categories, one.table["ask"], strict=True):
        assert name.endswith(f" → {ask}")


def test_all_other_countries_stay_where_senders_are_cut(made):
    _, chart = made("senders", top=2)

    assert chart.first(2).categories == (chart.categories[0], "4 other countries")


def test_regions_count_what_the_figure_counts(made):
    one, chart = made("gap-regions", unit="countries")

    assert chart.unit == "countries"
    assert sum(_totals(chart)) == one.table["countries"].sum()


def test_the_level_matrix_has_a_letter_and_a_count_where_there_is_a_course(made, tables):
    one, chart = made("levels")

    levels = list(tables.package.codes("levels"))
    for cells, row in zip(chart.rows, one.table.to_dict("records"), strict=True):
        shown = [cell.text for cell in cells[chart.stubs : -1]]
        assert shown == [
            f"{STATE_STYLES[level].letter} {row[level]}" if row[level] else "" for level in levels
        ]
        styles = [cell.style for cell in cells[chart.stubs : -1] if cell.text]
        assert styles == [STATE_STYLES[level] for level in levels if row[level]]
    assert [row[0].text for row in chart.rows] == one.table["country_name"].tolist()


def test_the_gap_matrix_has_a_cell_for_every_row_of_its_table(made):
    one, chart = made("matrix")

    table = one.table
    assert sum(len(row) - chart.stubs for row in chart.rows) == len(table)
    assert _numbers(chart) == table.loc[table["courses"] > 0, "courses"].tolist()


def test_codings_that_agree_stand_on_the_diagonal_in_the_look_of_their_level(made):
    one, chart = made("agreement")

    assert sum(_numbers(chart)) == one.table["courses"].sum()
    for place, level in enumerate(list(STATE_STYLES)[:6]):
        assert chart.rows[place][place + 1].style == STATE_STYLES[level]
        beside = [cell.style for n, cell in enumerate(chart.rows[place][1:]) if n != place]
        assert beside == [None] * 5


def test_class_changes_count_countries_and_persons(made):
    one, chart = made("class-changes")

    cells = {cell.text for row in chart.rows for cell in row[1:] if cell.text}
    expected = {f"{row.countries} ({count(row.persons)})" for row in one.table.itertuples()}
    assert cells == expected


def test_missions_of_a_country_say_where_a_date_gives_none(made):
    one, chart = made("country-missions")

    shown = [cell.text for row in chart.rows for cell in row[1:]]
    expected = ["not given" if pd.isna(n) else count(n) for n in one.table["persons"]]
    assert shown == expected


def test_the_curve_is_what_the_steps_add_up_to(made):
    one, chart = made("closing")

    line, marks = chart.series
    steps = [after - before for before, after in zip(line.values, line.values[1:], strict=False)]
    assert steps == one.table["persons"].tolist()
    reached = [value for value in marks.values if value is not None]
    assert sorted(reached) == sorted({number.n for number in one.numbers[1:]})
    assert chart.beside[1:] == tuple(one.table["country_name"])


def test_choices_are_shares_of_their_own_population(made):
    one, chart = made("choices")

    table = one.table[one.table["persons_total"] > 0]
    assert [value for value in _totals(chart) if value] == pytest.approx(
        [
            row.persons_covered / row.persons_total
            for row in table.itertuples()
            if row.persons_covered
        ]
    )


def test_moves_are_the_points_of_the_table(made):
    one, chart = made("moves")

    for series, column in zip(
        chart.series, ("from_base", "median_move", "largest_move"), strict=True
    ):
        said = [chart.said(series, place) for place in range(chart.size)]
        assert said == [text.removesuffix("s").removesuffix(" point") for text in one.table[column]]


def test_a_move_that_rounds_to_nothing_keeps_its_words(made, tables, selection):
    one, _ = made("moves")
    table = one.table.assign(largest_move="less than 1 point")

    chart = native(replace(one, table=table), tables, selection)

    assert set(chart.series[2].values) == {0}
    assert set(chart.series[2].labels) == {"less than 1 point"}


def test_every_combination_is_in_one_bar(made):
    one, chart = made("combinations")

    assert sum(_totals(chart)) == (one.table["persons_total"] > 0).sum()


def test_indicators_by_date_are_shares_side_by_side(made):
    one, chart = made("indicator-dates")

    table = one.table[one.table["as_of"] != ""]
    dated = table[table["n"].notna() & (table["total"] > 0)]
    shares = sorted(n / total for n, total in zip(dated["n"], dated["total"], strict=True))
    values = sorted(value for one in chart.series for value in one.values if value is not None)
    assert values == pytest.approx(shares)
    assert chart.side_by_side


def test_a_population_below_ten_gets_no_percentage(made):
    _, chart = made("indicator-dates", top=5)

    assert [
        series.labelled for series in chart.series if "5" in series.name or "five" in series.name
    ][:1] == [False]


def test_countries_that_changed_show_both_classes(made, tables, selection):
    one, _ = made("conversations")
    table = pd.DataFrame(
        [
            {
                "country_iso3": "CCC",
                "country_name": "Land CCC",
                "persons": 3600,
                "changes": 2,
                "asked": 1,
                "class_before": "unknown",
                "label_before": "Unknown",
                "state_before": "not-documented",
                "class_after": "covered",
                "label_after": "Covered",
                "state_after": "module",
                "last": "2018-03-01",
                "why": "",
            }
        ]
    )

    chart = native(replace(one, table=table), tables, selection)

    assert [cell.text for cell in chart.rows[0]] == [
        "Land CCC",
        "3,600",
        "2",
        "Unknown ?",
        "Covered M",
    ]
    looks = [cell.style for cell in chart.rows[0][3:]]
    assert looks == [MARK_STYLES["not-documented"], CLASS_STYLES["covered"]]


@pytest.mark.parametrize(
    "id", ["coverage", "contributors", "offices", "missions", "languages", "asks"]
)
def test_the_three_unknown_states_are_never_one(made, id):
    _, chart = made(id)

    looks = {one.name: one.style for one in chart.series}
    unknown = [name for name in looks if name.endswith("(unknown)")]
    assert len(unknown) >= 2
    assert {name[0] for name in unknown} <= {"?", "N", "–"}
    assert all(looks[name] != CLASS_STYLES["unknown"] or name[0] == "?" for name in unknown)


@pytest.mark.parametrize("id", sorted(set(BUILDERS) - {"conversations"}))
def test_every_look_is_known(made, id):
    _, chart = made(id)

    cells = [cell.style for row in chart.rows for cell in row if cell.style]
    assert PLAIN not in [*(one.style for one in chart.series), *cells]


def test_letters_beside_names_are_explained(made):
    one, chart = made("contributors")

    letters = {name.rsplit("  ", 1)[1] for name in chart.categories}
    assert letters == set(one.table["state_letter"])
    assert {text.split()[0] for text, _ in chart.key} == letters


def test_under_filters_a_country_without_a_match_is_not_one_without_a_course(tables, selection):
    chosen = replace(selection, course_types=("exercise",))
    one = figure("coverage", tables, chosen)

    chart = native(one, tables, chosen)

    assert any(NO_MATCH in series.name for series in chart.series)
    assert _totals(chart) == one.table["persons"].tolist()


@pytest.mark.parametrize("id", sorted(MAPS))
def test_the_table_in_place_of_a_map_has_all_of_its_rows(tables, selection, id):
    one = figure(id, tables, selection)

    table = in_place_of_map(one, tables, selection)

    name = "centre_name" if id == "centres-map" else "country_name"
    assert sorted(row[0].text for row in table.rows) == sorted(one.table[name])


def test_a_cut_keeps_what_is_not_recorded_and_names_the_rest():
    style = CLASS_STYLES["covered"]
    chart = Native(
        "bars",
        "persons",
        ("A", "B", "C", "Not recorded"),
        (Series("Covered", style, (4, 3, 2, 9)),),
        kept=1,
    )

    assert chart.first(2).categories == ("A", "Not recorded")
    assert chart.first(2).series[0].values == (4, 9)
    assert chart.left_out(2) == ["B: Covered 3", "C: Covered 2"]
    assert chart.first(9) == chart


def test_a_cut_drops_series_and_letters_that_are_no_longer_used():
    style = CLASS_STYLES["covered"]
    chart = Native(
        "bars",
        "persons",
        ("Ghana  M", "Egypt  C"),
        (Series("Covered", style, (4, None)), Series("Gap", style, (None, 3))),
        key=(("M  Module", None), ("C  CIMIC", None)),
    )

    cut = chart.first(1)

    assert [one.name for one in cut.series] == ["Covered"]
    assert cut.key == (("M  Module", None),)
