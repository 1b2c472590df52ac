"""The words of the method: sections, glossary, dictionary, and examples from the data."""

import re

import pytest

from dashboard.edition.definitions import dictionary, glossary, method_sections, vocabulary
from dashboard.measures.level_words import level_examples


def test_every_section_of_the_method_has_a_title_a_text_and_a_code_of_its_own():
    sections = method_sections()

    assert len(sections) > 8
    assert all(re.fullmatch(r"[a-z0-9-]+", code) for code in sections)
    assert all(title and text for title, text in sections.values())


def test_links_within_the_repository_become_words_and_others_stay(tmp_path):
    path = tmp_path / "method.md"
    path.write_text("# T\n\n[here](x.md#a) first\n\n## One, two\n\n[a](b.md) [c](https://d.org)\n")

    assert method_sections(path) == {"one-two": ("One, two", "a [c](https://d.org)")}


def test_the_glossary_is_sorted_and_no_term_stands_twice():
    terms = [term.lower() for term in glossary()["term"]]

    assert terms == sorted(set(terms))
    assert glossary()["meaning"].str.endswith(".").all()


@pytest.mark.parametrize(
    "term", ["UN-CMCoord", "CIMIC", "Troop-contributing country", "Formed police unit"]
)
def test_the_terms_that_are_mixed_up_are_explained(term):
    assert term in set(glossary()["term"])


def test_an_unknown_table_or_vocabulary_has_no_rows(edition):
    package = edition().package

    assert dictionary(package, "nothing").empty and vocabulary(package, "nothing").empty


def test_examples_prefer_words_then_whole_then_other_countries(edition):
    tables = edition(
        courses=[
            ("AAA", {"course_title": "A without words", "evidence": ""}),
            ("AAA", {"course_title": "B in part", "evidence_type": "news-report"}),
            ("AAA", {"course_title": "C whole"}),
            ("BBB", {"course_title": "D in part", "evidence_type": "news-report"}),
        ]
    )

    examples = level_examples(tables)

    assert list(examples["related"]["course_title"]) == ["C whole", "D in part"]
    assert list(examples) == list(tables.package.codes("levels"))
    assert examples["dedicated"].empty
    assert list(examples["related"]["workbook_cell"]) == ["Matrix!row 7"] * 2
