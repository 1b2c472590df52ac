"""Measure 7: every combination agrees with coverage() wherever a Selection can say the same."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.edition.selection import Selection, default_selection
from dashboard.figures import catalogue
from dashboard.measures.coverage import coverage
from dashboard.measures.robustness import robustness
from dashboard.measures.robustness_choices import (
    AS_CODED,
    AS_COVERED,
    LEFT_OUT,
    NOT_COVERED,
    READ_WHOLE,
    WITHOUT,
)
from tests.dashboard.chart_frames import validated

TYPES = ("pre-deployment", "academic", "exercise", "e-learning")
PROVIDERS = ("peacekeeping-training-centre", "police-academy", "humanitarian-organisation")
COUNTRIES = ("AAA", "BBB", "CCC", "DDD", "EEE")

_COURSE = st.tuples(
    st.sampled_from(COUNTRIES),
    st.fixed_dictionaries(
        {
            "cmcoord_level": st.sampled_from(
                ["dedicated", "module", "cimic", "related", "none-found", "not-documented"]
            ),
            "evidence_type": st.sampled_from(["curriculum", "news-report"]),
            "course_type": st.sampled_from(TYPES),
            "provider_type": st.sampled_from(PROVIDERS),
            "audiences": st.sampled_from([(), ("military",), ("police",), ("military", "police")]),
        }
    ),
)
_PERSONS = st.dictionaries(
    st.tuples(st.sampled_from(COUNTRIES), st.sampled_from(["troops", "individual-police"])),
    st.integers(0, 99),
    min_size=1,
)
_EDITION = settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _as_selection(base: Selection, options: dict[str, str]) -> Selection:
    """The Selection that considers the same courses, personnel and date as a combination."""
    types = ("pre-deployment",) if options["types"] == "pre-deployment" else TYPES
    if options["types"] == "as-chosen":
        types = base.course_types
    providers = PROVIDERS
    for code, (_, left_types, left_providers) in LEFT_OUT.items():
        if options.get(code) == WITHOUT:
            types = tuple(one for one in types if one not in left_types)
            providers = tuple(one for one in providers if one not in left_providers)
    # No type left means no course; the empty tuple of a Selection would mean all of them.
    return replace(
        base,
        threshold=options["threshold"],
        course_types=types or ("none",),
        providers=providers,
        personnel=options["personnel"],
        as_of=options["as_of"],
    )


def _places(result):
    for place in np.ndindex(result.n.shape):
        yield (
            place,
            {
                choice.code: list(choice.options)[number]
                for choice, number in zip(result.choices, place, strict=True)
            },
        )


def _expected(known, options) -> int:
    """Persons counted as covered, from the classes of coverage()."""
    persons = known.classes.set_index("country_class")["persons"]
    return int(
        persons["covered"]
        + (options["partial"] == AS_COVERED) * persons["partial"]
        + (options["unknown"] == AS_COVERED) * persons["unknown"]
    )


def _check(tables, selection, reading):
    known = {}
    result = robustness(tables, selection)
    for place, options in _places(result):
        if options["reading"] != reading:
            continue
        same = _as_selection(selection, options)
        if same not in known:
            known[same] = coverage(tables, same)
        assert result.at(place) == (_expected(known[same], options), known[same].N), options


@pytest.mark.slow
@_EDITION
@given(st.lists(_COURSE, max_size=8), _PERSONS, _PERSONS)
def test_every_combination_agrees_with_coverage(edition, courses, persons, later):
    tables = edition(courses=courses, persons=persons, later=later)

    _check(tables, default_selection(tables), READ_WHOLE)


@pytest.mark.slow
@_EDITION
@given(st.lists(_COURSE, max_size=8), _PERSONS)
def test_as_coded_is_how_a_matrix_without_kinds_of_evidence_is_read(edition, courses, persons):
    """Every coded course counts as read whole there (docs/method.md)."""
    unkind = [(iso3, {**fields, "evidence_type": ""}) for iso3, fields in courses]
    without = edition(courses=unkind, persons=persons, name="without")
    tables = edition(courses=courses, persons=persons)
    selection = default_selection(tables)
    result, plain = (
        robustness(tables, selection),
        robustness(without, replace(selection, edition="without")),
    )
    assert (plain.n[:, :, :, 0] == plain.n[:, :, :, 1]).all()
    assert (result.n[:, :, :, 1] == plain.n[:, :, :, 1]).all()


@pytest.mark.slow
@_EDITION
@given(
    st.lists(_COURSE, max_size=8),
    _PERSONS,
    st.sampled_from(["dedicated", "module", "related"]),
    st.sampled_from(["all", "police", "troops"]),
    st.sampled_from([(), ("pre-deployment",), ("academic", "exercise")]),
    st.sampled_from([(), ("military",)]),
)
def test_the_selection_is_one_of_its_combinations(
    edition, courses, persons, threshold, personnel, types, audiences
):
    tables = edition(courses=courses, persons=persons)
    selection = replace(
        default_selection(tables),
        threshold=threshold,
        personnel=personnel,
        course_types=types,
        audiences=audiences,
    )
    result, known = robustness(tables, selection), coverage(tables, selection)

    assert result.at(result.base) == (known.lower, known.N)
    places = dict(zip((c.code for c in result.choices), result.base, strict=True))
    upper = tuple((places | {"partial": 1, "unknown": 1}).values())
    assert result.at(upper) == (known.upper, known.N)


@pytest.fixture
def tables(edition):
    """Of 100: 30 module (15 of them in an exercise alone), 25 gap, 25 partial, 20 unknown."""
    return edition(
        courses=[
            ("AAA", {"cmcoord_level": "module", "course_type": "academic"}),
            ("BBB", {"cmcoord_level": "module", "course_type": "exercise"}),
            ("CCC", {"cmcoord_level": "related"}),
            ("DDD", {"cmcoord_level": "cimic", "evidence_type": "news-report"}),
        ],
        persons={"AAA": 15, "BBB": 15, "CCC": 25, "DDD": 25, "EEE": 20},
    )


def test_each_choice_alone_moves_the_headline_by_what_it_decides(tables):
    rows = robustness(tables, default_selection(tables)).from_base

    moved = rows[~rows["is_base"]].set_index(["choice", "option"])["n"]
    assert moved["threshold", "cimic"] == 55
    assert moved["partial", AS_COVERED] == 55
    assert moved["unknown", AS_COVERED] == 50
    assert moved["reading", AS_CODED] == 30
    assert moved["types", "pre-deployment"] == 0
    assert moved["exercises", WITHOUT] == 15
    assert rows["choice"].iloc[0] == "types"


def test_a_kind_of_course_that_nobody_offers_is_no_choice(tables):
    codes = [choice.code for choice in robustness(tables, default_selection(tables)).choices]

    assert "exercises" in codes
    assert "e_learning" not in codes and "humanitarian" not in codes


def test_the_range_and_the_largest_moves_are_those_of_all_combinations(tables):
    result = robustness(tables, default_selection(tables))
    swings = result.swings.set_index("choice")

    assert result.ends[0][0] == 0
    assert result.ends[1] == (int(np.nanmax(result.n * (result.N > 0))), 100)
    for axis, choice in enumerate(result.choices):
        moved = _brute_force(result, axis)
        assert swings.at[choice.code, "largest"] == pytest.approx(max(moved))
        assert swings.at[choice.code, "median"] == pytest.approx(np.median(moved))


def _brute_force(result, axis) -> list[float]:
    others = [range(size) for place, size in enumerate(result.n.shape) if place != axis]
    moved = []
    for rest in product(*others):
        shares = [
            n / total
            for option in range(result.n.shape[axis])
            for n, total in [result.at((*rest[:axis], option, *rest[axis:]))]
            if total
        ]
        if shares:
            moved.append(max(shares) - min(shares))
    return moved


def test_dates_without_personnel_are_kept_out_of_the_range(tables):
    result = robustness(tables, default_selection(tables))

    assert (result.N == 0).any()
    assert np.isnan(result.shares[result.N == 0]).all()
    assert result.ends[0][1] == result.ends[1][1] == 100


def test_every_combination_leaves_in_the_file(tables):
    result = robustness(tables, default_selection(tables))
    figure = catalogue.figure("combinations", tables, default_selection(tables))

    assert len(figure.table) == result.n.size == len(figure.table.drop_duplicates())
    assert {f"choice_{choice.code}" for choice in result.choices} < set(figure.table.columns)


@pytest.mark.parametrize("id", ["choices", "moves", "combinations"])
def test_every_chart_is_one_that_plotly_knows(tables, id):
    figure = catalogue.figure(id, tables, default_selection(tables))

    validated(figure.screen)
    validated(figure.chart)


def test_the_titles_name_the_range_and_the_choice_that_moves_it_most(tables):
    selection = default_selection(tables)

    assert catalogue.figure("choices", tables, selection).title == (
        "Courses (Pre deployment only): 0 per cent instead of 30 per cent; no other choice alone "
        "moves it more"
    )
    assert catalogue.figure("combinations", tables, selection).title == (
        "Between 0 and 75 per cent, depending on the reading; as selected 30 per cent"
    )


def test_without_personnel_the_figures_say_what_to_loosen(tables):
    nobody = replace(default_selection(tables), personnel="police")

    assert all(
        "Choose other" in catalogue.figure(id, tables, nobody).empty
        for id in ("choices", "moves", "combinations")
    )


def test_small_populations_have_no_percentages(edition):
    tables = edition(courses=[("AAA", {"cmcoord_level": "module"})], persons={"AAA": 3, "BBB": 4})
    selection = default_selection(tables)
    texts = [catalogue.figure(id, tables, selection).title for id in ("choices", "combinations")]

    assert all("per cent" not in text and "of 7" in text for text in texts)
    assert NOT_COVERED in robustness(tables, selection).choices[1].options
