"""Heads that name who coded, in three languages; what an ordinary reading makes of them."""

import pytest

from etl.build.pipeline import read_matrix
from etl.matrix.coder_heads import heads_of
from etl.matrix.synonyms import load_synonyms
from tests.fixtures.editions import HEADER, codes, write_rows
from tests.fixtures.workbooks import write_grid

PLACES = HEADER[:3]
ROW = ("Ghana", "KAIPTC", "Civil-military course")


def found(*texts):
    return {text: (head.field, head.key) for text, head in heads_of(texts, load_synonyms()).items()}


@pytest.mark.parametrize(
    ("text", "coder"),
    [
        ("level (coder A)", "a"),
        ("UN-CMCoord level – coder B", "b"),
        ("Coder 2: level", "2"),
        ("Level, coded by J. Diallo", "jdiallo"),
        ("UN-CMCoord content [second reader]", "second"),
        ("Niveau (codeur 1)", "1"),
        ("Niveau UN-CMCoord (relectrice : Awa)", "awa"),
        ("Codage de l'évaluatrice B", "b"),
        ("Nivel (codificador B)", "b"),
        ("Nivel UN-CMCoord - revisora Ana", "ana"),
        ("Nivel codificado por Luis", "luis"),
    ],
)
def test_a_head_with_a_word_for_a_coder_is_the_level_of_that_coder(text, coder):
    assert found(text) == {text: ("cmcoord_level", coder)}


@pytest.mark.parametrize(
    "pair",
    [
        ("UN-CMCoord level – AB", "UN-CMCoord level – CD"),
        ("AB: level", "CD: level"),
        ("Niveau (A)", "Niveau (B)"),
        ("Contenido UN-CMCoord / JL", "Contenido UN-CMCoord / MA"),
    ],
)
def test_initials_are_coders_where_two_heads_differ_in_nothing_else(pair):
    assert {field for field, _ in found(*pair).values()} == {"cmcoord_level"}
    assert len(found(*pair)) == 2
    assert not found(pair[0]) and not found(pair[0], "Country")


def test_evidence_and_source_can_have_a_coder_as_well():
    assert found("Level (A)", "Level (B)", "Evidence (B)", "Source (coder A)", "Evidence (X)") == {
        "Level (A)": ("cmcoord_level", "a"),
        "Level (B)": ("cmcoord_level", "b"),
        "Evidence (B)": ("evidence", "b"),
        "Source (coder A)": ("source_url", "a"),
    }


@pytest.mark.parametrize(
    "texts",
    [
        ("Coder",),
        ("Name of coder",),
        ("Coder A comments",),
        ("UN-CMCoord content (Y/N)",),
        ("CMCoord-ONU", "CMCoord-UE"),
        ("UN-CMCoord (M)", "UN-CMCoord (C)"),
        ("UN-CMCoord content (EN)", "UN-CMCoord content (FR)"),
        ("UN-CMCoord content (old)", "UN-CMCoord content (new)"),
        ("Course for analysts",),
    ],
)
def test_other_heads_name_no_coder(texts):
    assert not any(field for field, _ in found(*texts).values())


def test_an_ordinary_reading_uses_the_first_coding_and_says_so_once(tmp_path):
    header = (*PLACES, "level (coder A)", "Evidence (A)", "level (coder B)", "Evidence (coder B)")
    path = write_rows(tmp_path / "m.xlsx", [(*ROW, "Module", "a", "CIMIC", "b")], header)

    reading, review = read_matrix(path)

    (course,) = review.courses.values()
    assert (course.values["cmcoord_level"], course.values["evidence"]) == ("module", "a")
    (issue,) = reading.issues
    assert (issue.code, issue.cell, issue.severity) == ("column-duplicate", "F1", "warning")
    for part in (
        "Two codings",
        "D 'level (coder A)'",
        "F 'level (coder B)'",
        "first is used",
        "F, G are kept aside",
        "python -m etl agree",
    ):
        assert part in issue.message


def test_beside_a_level_without_a_coder_single_codings_are_kept_aside(tmp_path):
    header = (*PLACES, "level (coder A)", "level (coder B)", "UN-CMCoord content")
    path = write_rows(tmp_path / "m.xlsx", [(*ROW, "D", "CIMIC", "Module")], header)

    reading, review = read_matrix(path)

    (course,) = review.courses.values()
    assert course.values["cmcoord_level"] == "module"
    assert codes(reading.issues) == ["column-unknown", "column-unknown"]


def test_one_head_with_a_coder_is_simply_the_level(tmp_path):
    path = write_rows(tmp_path / "m.xlsx", [(*ROW, "D")], (*PLACES, "Niveau (codeur A)"))

    reading, review = read_matrix(path)

    assert [course.values["cmcoord_level"] for course in review.courses.values()] == ["dedicated"]
    assert not reading.issues


@pytest.mark.parametrize(
    "groups",
    [
        ((None, None, None, "UN-CMCoord content", None), (*PLACES, "Coder A", "Coder B")),
        (
            (None, None, None, "Coder A", "Coder B"),
            (*PLACES, "UN-CMCoord level", "UN-CMCoord level"),
        ),
        ((None, None, None, "Coder A", "Coder B"), (*PLACES, "Level", "Level")),
    ],
)
def test_a_row_of_groups_may_name_the_coders_or_the_level(tmp_path, groups):
    path = write_grid(tmp_path / "m.xlsx", [*groups, (*ROW, "Module", "CIMIC")])

    reading, review = read_matrix(path)

    assert [course.values["cmcoord_level"] for course in review.courses.values()] == ["module"]
    assert codes(reading.issues) == ["column-duplicate"]
    assert "Two codings" in reading.issues[0].message
