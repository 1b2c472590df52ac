"""Search: any word of a row finds it, however it is typed, and facets count what is left."""

import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard.edition import store
from dashboard.edition.selection import Selection, default_selection
from dashboard.figures.courses import found_figure, nothing_found, query_in_words
from dashboard.measures.found_courses import centre_rows, course_rows, whole_rows
from dashboard.measures.search import (
    CENTRES,
    COURSES,
    FACETS,
    NOT_RECORDED,
    Query,
    by_level,
    everything,
    facet_labels,
    find,
    folded,
    memberships,
)

PROCESSED = Path(__file__).parents[2] / "data" / "processed"
TABLES = store.read(PROCESSED / "desk-review-2018")
ALL = default_selection(TABLES)
SEARCHED = ("course_title", "course_title_local", "evidence", "centre_name", "country_name")
NAMES_OF_CENTRE = ("centre_name_local", "acronym", "city")
ROWS = TABLES.courses.merge(TABLES.centres[["centre_id", *NAMES_OF_CENTRE]], on="centre_id")


def _without_accents(text):
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")


AS_TYPED = (
    str,
    str.upper,
    str.lower,
    str.title,
    _without_accents,
    lambda word: unicodedata.normalize("NFD", word),
)


@given(
    row=st.integers(0, len(ROWS) - 1),
    column=st.sampled_from((*SEARCHED, *NAMES_OF_CENTRE)),
    which=st.integers(0, 40),
    as_typed=st.sampled_from(AS_TYPED),
)
def test_any_word_of_any_row_finds_the_row_whatever_its_case_and_accents(
    row, column, which, as_typed
):
    words = ROWS[column].iloc[row].split()
    assume(words)
    found = find(TABLES, ALL, Query(as_typed(words[which % len(words)])))

    kept = TABLES.courses["course_id"][found.courses]
    assert ROWS["course_id"].iloc[row] in set(kept)


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=12), max_size=4))
def test_text_folds_to_the_same_whatever_its_case_and_stays_as_it_is_when_folded_again(words):
    text = " ".join(words)

    assert folded(text.upper()) == folded(text)
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Côte d'Ivoire", "COTE D’IVOIRE"),
        ("TÜRKİYE", "turkiye"),
        ("Łódź", "lodz"),
        ("UN-CMCoord", "un cmcoord"),
        ("Straße", "STRASSE"),
        ("København", "Kobenhavn"),
        ("Œuvre", "oeuvre"),
        ("  maintien   de la paix ", "Maintien de la Paix"),
    ],
)
def test_spellings_of_one_thing_fold_to_one(one, other):
    assert folded(one) == folded(other)


def test_all_words_must_occur_somewhere_in_the_row():
    both = find(TABLES, ALL, Query("mali cimic")).courses
    each = [find(TABLES, ALL, Query(word)).courses for word in ("MALI", "Cimic")]

    assert both.any()
    assert (both == (each[0] & each[1])).all()


def test_punctuation_alone_asks_for_nothing():
    assert find(TABLES, ALL, Query(" – … ")).courses.all()


def test_a_search_stays_among_the_courses_that_the_selection_considers():
    exercises = Selection(ALL.edition, ALL.as_of, course_types=("academic",))

    types = TABLES.courses["course_type"][find(TABLES, exercises, Query()).courses]
    assert set(types) == {"academic"}


@pytest.mark.parametrize("of", [COURSES, CENTRES])
@pytest.mark.parametrize("facet", FACETS)
def test_a_count_beside_a_code_is_what_choosing_that_code_alone_finds(facet, of):
    other = ("type", ("specialised",)) if facet != "type" else ("level", ("related",))
    query = Query("peace", of, (other,))
    counts = find(TABLES, ALL, query).counts[facet]

    for code, number in counts.items():
        chosen = find(TABLES, ALL, Query("peace", of, (other, (facet, (code,)))))
        assert int((chosen.courses if of == COURSES else chosen.centres).sum()) == number


def test_a_facet_ignores_its_own_choice_and_counts_under_the_others():
    narrowed = find(TABLES, ALL, Query(facets=(("level", ("cimic",)),)))
    free = find(TABLES, ALL, Query())

    assert narrowed.counts["level"] == free.counts["level"]
    assert sum(narrowed.counts["type"].values()) == free.counts["level"]["cimic"]


@pytest.mark.parametrize("facet", FACETS)
def test_every_course_stands_in_every_facet(facet):
    assert memberships(TABLES)[facet][1].any(axis=1).all()


def test_what_is_not_recorded_can_be_asked_for():
    found = find(TABLES, ALL, Query(facets=(("language", (NOT_RECORDED,)),)))

    with_language = set(TABLES.languages["course_id"])
    kept = set(TABLES.courses["course_id"][found.courses])
    assert kept and not kept & with_language
    assert facet_labels(TABLES)["language"][NOT_RECORDED] == "Not recorded"


def test_several_codes_of_a_facet_need_one_match_several_facets_all():
    def size(*facets):
        return int(find(TABLES, ALL, Query(facets=facets)).courses.sum())

    cimic, related = ("level", ("cimic",)), ("level", ("related",))
    assert size(("level", ("cimic", "related"))) == size(cimic) + size(related)
    assert size(cimic, ("region", ("Africa",))) <= size(cimic)


@pytest.mark.parametrize("of", [COURSES, CENTRES])
def test_the_levels_add_up_to_what_was_found(of):
    query = Query("peace", of)
    found = find(TABLES, ALL, query)

    total = int((found.courses if of == COURSES else found.centres).sum())
    assert sum(by_level(TABLES, found, of).values()) == total


def test_a_centre_without_a_course_is_found_by_its_name_while_only_words_narrow(edition):
    tables = edition(courses=[("AAA", {"centre": "one"}), ("AAA", {"centre": "two"})])
    bare = tables.courses.iloc[:1]
    object.__setattr__(tables, "courses", bare)
    for name in ("audiences", "languages", "topics"):
        object.__setattr__(tables, name, getattr(tables, name).iloc[:0])
    selection = default_selection(tables)

    assert find(tables, selection, Query("centre")).centres.sum() == 2
    chosen = Query("centre", facets=(("region", ("World",)),))
    assert find(tables, selection, chosen).centres.sum() == 1


@pytest.mark.parametrize("of", [COURSES, CENTRES])
def test_every_row_of_a_page_has_its_source_and_its_cell(of):
    found = everything(TABLES)
    rows = course_rows(TABLES, found.courses) if of == COURSES else centre_rows(TABLES, found)

    assert rows["source_url"].str.match("https?://").all()
    assert rows["workbook_cell"].str.match(r"Matrix!row \d+").all()
    assert len(rows) == len(TABLES.courses if of == COURSES else TABLES.centres)


def test_whole_rows_hold_every_course_once_with_its_lists():
    rows = whole_rows(TABLES, everything(TABLES), COURSES)

    assert rows["course_id"].tolist() == sorted(TABLES.courses["course_id"])
    listed = rows["topics"].str.split("; ").explode()
    assert (listed != "").sum() == len(TABLES.topics)


def test_a_centre_has_the_number_and_the_highest_level_of_its_courses_found():
    found = find(TABLES, ALL, Query(of=CENTRES))
    rows = centre_rows(TABLES, found).set_index("centre_id")

    assert rows["courses"].sum() == len(TABLES.courses)
    highest = (
        TABLES.courses.sort_values("level_position").groupby("centre_id")["cmcoord_level"].first()
    )
    labels = highest.map(lambda level: TABLES.package.label("levels", level))
    assert (rows["level"] == labels.reindex(rows.index)).all()


def test_words_and_facets_stand_under_the_title_by_name():
    query = Query(" paix ", facets=(("level", ("cimic", "module")),))

    assert (
        query_in_words(query, TABLES) == "search: “paix” · level: CIMIC only or UN-CMCoord module"
    )
    assert "search: “paix” · level: " in found_figure(TABLES, ALL, query).subtitle


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (Query("nowhereatall"), "Loosen one thing: without the search for “nowhereatall”"),
        (Query("ouagadougou", facets=(("region", ("Europe",)),)), "without the choice of region"),
        (
            Query("zzzz", facets=(("region", ("Europe",)),)),
            "without the search for “zzzz” there would be",
        ),
    ],
)
def test_an_empty_result_names_what_to_loosen(query, said):
    assert said in nothing_found(TABLES, ALL, query)
    assert found_figure(TABLES, ALL, query).empty


def test_filters_of_the_sidebar_that_leave_nothing_are_named_too(edition):
    tables = edition(courses=[("AAA", {})], persons={"AAA": 1})
    none_left = Selection(tables.edition, tables.default_date, course_types=("exercise",))

    assert "Loosen course type" in nothing_found(tables, none_left, Query())
    said = nothing_found(tables, none_left, Query("course"))
    assert "“Which courses count”" in said


@pytest.mark.parametrize(
    ("levels", "title"),
    [
        (["module"], "Module or higher documented in the only course found"),
        (["related"], "Module or higher not documented in the only course found"),
        (["module", "related"], "Module or higher documented in 1 of the 2 courses found"),
        (["related"] * 3, "Module or higher documented in none of the 3 courses found"),
        (
            ["module"] * 3 + ["related"] * 9,
            "Module or higher documented in 25 per cent of the courses found (3 of 12)",
        ),
        ([], "No course found"),
    ],
)
def test_the_finding_stays_grammatical(edition, levels, title):
    tables = edition(courses=[("AAA", {"cmcoord_level": level}) for level in levels])

    assert found_figure(tables, default_selection(tables)).title == title


def test_masks_are_over_the_tables():
    found = find(TABLES, ALL, Query())

    assert found.courses.shape == (len(TABLES.courses),)
    assert found.centres.shape == (len(TABLES.centres),)
    assert found.courses.dtype == found.centres.dtype == np.bool_
