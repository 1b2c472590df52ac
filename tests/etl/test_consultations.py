"""What conversations added is laid over the desk review, and told apart from it."""

import csv
import json
import shutil
from dataclasses import asdict

import pytest

from etl.build import contract
from etl.build.pipeline import build_edition
from etl.review.conversation_rows import ConversationEntry
from etl.review.conversations import ConversationsBroken, apply
from etl.workbook.cells import ExcelError
from tests.fixtures.editions import HEADER, ROOT, codes, write_rows

COLUMNS = ("Date", "Country", "Training centre", "Course", "Field", "New value", "Source", "Note")
MATRIX = [
    ("Ghana", "Kofi Annan Centre", "UN-CIMIC course", "CIMIC only", "KAIPTC"),
    ("Kenya", "IPSTC", "Police course", "?", None),
]


@pytest.fixture
def overlay(review_of, tmp_path):
    """Return a function: consultation rows (from Country to New value) -> (review, what was applied)."""

    def lay(rows, columns=COLUMNS[1:6]):
        review = review_of(MATRIX, (*HEADER, "Acronym"))
        path = write_rows(tmp_path / "consultations.xlsx", rows, columns, "Consultations")
        return review, apply(review, path)

    return lay


def levels(review):
    return {
        course.title: (course.values["cmcoord_level"], course.level_basis)
        for course in review.courses.values()
    }


def test_a_row_changes_one_field_of_one_course_and_says_on_what_it_rests(overlay):
    review, applied = overlay(
        [("Ghana", "Kofi Annan Centre", "UN-CIMIC course", "UN-CMCoord content", "Module")]
    )

    assert levels(review) == {
        "UN-CIMIC course": ("module", "consultation"),
        "Police course": ("not-documented", "desk-review"),
    }
    assert (applied.rows, applied.applied, applied.unmatched) == (1, 1, 0)


def test_a_field_other_than_the_level_leaves_the_basis_of_the_level(overlay):
    review, _ = overlay([("Ghana", "KAIPTC", "UN-CIMIC course", "Duration", "2 weeks")])

    course = next(iter(review.courses.values()))
    assert (course.values["duration"], course.level_basis) == ((10.0, 10.0), "desk-review")


@pytest.mark.parametrize(
    "centre", ["Kofi Annan Centre", "kofi annan centre ", "KAIPTC", "GHA-kaiptc"]
)
@pytest.mark.parametrize(
    "course", ["UN-CIMIC course", "un cimic Course", "GHA-kaiptc-un-cimic-course"]
)
def test_centres_and_courses_are_found_by_name_acronym_or_identifier(overlay, centre, course):
    _review, applied = overlay([("Ghana", centre, course, "cmcoord_level", "Module")])

    assert applied.applied == 1


def test_rows_add_a_centre_and_its_course(overlay):
    review, applied = overlay(
        [
            ("Togo", "New School", None, "new centre", None),
            ("Togo", "New School", "First course", "nouveau cours", "Module"),
        ]
    )

    assert applied.applied == 2
    assert levels(review)["First course"] == ("module", "consultation")
    assert "TGO" in review.countries


@pytest.mark.parametrize(
    "row",
    [
        ("Ghana", "No such centre", "UN-CIMIC course", "Duration", "2 weeks"),
        ("Ghana", "KAIPTC", "No such course", "Duration", "2 weeks"),
        ("Ghana", "KAIPTC", "UN-CIMIC course", "No such field", "2 weeks"),
        ("Ghana", "KAIPTC", "UN-CIMIC course", "Duration", "a good while"),
        ("Nigera", "KAIPTC", "UN-CIMIC course", "Duration", "2 weeks"),
        ("Ghana", "KAIPTC", "UN-CIMIC course", "new course", "Module"),
    ],
)
def test_a_row_that_matches_nothing_changes_nothing_and_is_listed(overlay, review_of, row):
    review, applied = overlay([row])

    assert applied.unmatched == 1
    assert "consultation-unmatched" in codes(review.issues)
    assert levels(review) == levels(review_of(MATRIX, (*HEADER, "Acronym")))


def test_what_a_conversation_changed_can_be_traced_to_its_cell_and_source(overlay):
    rows = [
        (
            "2019-03-01",
            "Ghana",
            "KAIPTC",
            "UN-CIMIC course",
            "Language(s)",
            "English",
            "Email of the commandant",
            "By phone first",
        )
    ]
    review, _ = overlay(rows, COLUMNS)

    (told,) = [issue for issue in review.issues if issue.code == "consultation-applied"]
    assert (told.sheet, told.cell, told.used) == ("consultations.xlsx", "F2", "en")
    assert "Email of the commandant" in told.message


def test_what_was_learnt_last_holds_whatever_the_order_of_the_rows(overlay):
    told = ("Ghana", "KAIPTC", "UN-CIMIC course", "Level")
    rows = [
        ("2019-06-01", *told, "Dedicated", None, None),
        ("2019-03-01", *told, "No", None, None),
    ]
    review, _ = overlay(rows, COLUMNS)

    assert levels(review)["UN-CIMIC course"] == ("dedicated", "consultation")


@pytest.mark.parametrize(
    "row",
    [
        ("Ghana", "KAIPTC", "UN-CIMIC course", "Level", None),
        ("Ghana", "KAIPTC", "UN-CIMIC course", "Level", " "),
        ("Ghana", "KAIPTC", None, "new course", None),
        ("Ghana", None, None, "new centre", None),
        ("Nowhere", "No such centre", "No such course", "No such field", None),
    ],
)
def test_a_question_without_an_answer_changes_nothing_and_is_no_issue(overlay, row):
    review, applied = overlay([row])

    assert (applied.rows, applied.applied, applied.unmatched, applied.open) == (1, 0, 0, 1)
    assert levels(review)["UN-CIMIC course"] == ("cimic", "desk-review")
    assert not [code for code in codes(review.issues) if code.startswith("consultation")]


def test_an_answer_that_excel_could_not_calculate_is_not_taken_for_an_open_question():
    texts = {"field": "Level", "new_value": "", "centre": "KAIPTC", "course": "Police course"}
    entry = ConversationEntry(2, "", texts, ExcelError("#REF!"), "E2", "F2")

    assert not entry.is_open


def test_every_change_is_told_with_what_stood_before_and_the_identifiers_of_the_tables(overlay):
    told = ("Email", "By phone first")
    rows = [
        ("2019-03-01", "Ghana", "KAIPTC", "UN-CIMIC course", "Level", "Module", *told),
        ("2019-04-01", "Ghana", "KAIPTC", None, "Acronym", "KA", None, None),
        ("2019-05-01", "Togo", "New School", None, "new centre", None, None, None),
        ("2019-05-02", "Togo", "New School", "First course", "new course", "Module", None, None),
    ]
    _, applied = overlay(rows, COLUMNS)

    changes = [tuple(asdict(change).values()) for change in applied.changes]
    assert changes == [
        (
            "2019-03-01",
            "GHA",
            "GHA-ka",
            "GHA-ka-un-cimic-course",
            "cmcoord_level",
            "cimic",
            "module",
            *told,
        ),
        ("2019-04-01", "GHA", "GHA-ka", "", "acronym", "KAIPTC", "KA", "", ""),
        ("2019-05-01", "TGO", "TGO-new-school", "", "centre_name", "", "New School", "", ""),
        (
            "2019-05-02",
            "TGO",
            "TGO-new-school",
            "TGO-new-school-first-course",
            "course_title",
            "",
            "First course",
            "",
            "",
        ),
    ]


def test_whoever_was_asked_and_has_not_answered_is_told(overlay):
    rows = [
        ("2019-04-01", "Kenya", "IPSTC", None, "new course", None, "Phone", "Other courses?"),
        ("2019-03-01", "Ghana", "KAIPTC", "UN-CIMIC course", "Level", None, None, None),
        (None, "Ghana", "KAIPTC", "UN-CIMIC course", "Duration", None, None, None),
    ]
    _, applied = overlay(rows, COLUMNS)

    assert [tuple(asdict(question).values()) for question in applied.asked] == [
        ("2019-03-01", "GHA", "GHA-kaiptc", "GHA-kaiptc-un-cimic-course", "cmcoord_level", "", ""),
        ("2019-04-01", "KEN", "KEN-ipstc", "", "add-course", "Phone", "Other courses?"),
    ]
    assert applied.open == 3


def test_rows_without_the_needed_columns_are_refused_in_words(overlay):
    with pytest.raises(ConversationsBroken, match="country, centre, course, field and new value"):
        overlay([("Ghana", "Module")], ("Country", "Level"))


@pytest.mark.parametrize("name", ["desk-review-2018", "public-sources-2026"])
def test_the_template_of_each_edition_is_empty_and_changes_nothing(review_of, name):
    review = review_of(MATRIX, (*HEADER, "Acronym"))
    before = levels(review)

    assert apply(review, ROOT / "data" / "raw" / name / "consultations.xlsx").rows == 0
    assert levels(review) == before


def test_the_package_keeps_both_counts(raw, tmp_path):
    rows = [
        ("Ghana", "KAIPTC", "Civil-military course", "Level", "Dedicated"),
        ("Ghana", "KAIPTC", "None", "Level", "Module"),
    ]
    write_rows(raw / "small" / "consultations.xlsx", rows, COLUMNS[1:6])
    build_edition(raw, "small", tmp_path / "processed")
    built = tmp_path / "processed" / "small"
    package = json.loads((built / "datapackage.json").read_text())

    contract.validate(built)
    assert package["consultations"] == {
        "rows": 2,
        "applied": 1,
        "unmatched": 1,
        "open": 0,
        "changes": [
            {
                "date": "",
                "country_iso3": "GHA",
                "centre_id": "GHA-kaiptc",
                "course_id": "GHA-kaiptc-civil-military-course",
                "field": "cmcoord_level",
                "before": "module",
                "after": "dedicated",
                "source": "",
                "note": "",
            }
        ],
        "asked": [],
        "levels": {"desk-review": 0, "consultation": 1},
    }
    with open(built / "courses.csv", newline="") as file:
        assert [row["level_basis"] for row in csv.DictReader(file)] == ["consultation"]


def test_a_build_without_consultations_is_a_build(raw, tmp_path):
    shutil.rmtree(tmp_path / "processed", ignore_errors=True)

    assert build_edition(raw, "small", tmp_path / "processed").consultations["rows"] == 0
