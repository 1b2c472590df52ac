"""The blank matrix in three languages: what it offers is understood, and it reads without an issue."""

import subprocess
import sys
from itertools import combinations

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from etl.build.pipeline import read_matrix
from etl.build.publish import NotPlaced
from etl.matrix.headers import NEEDED, best_header
from etl.matrix.synonyms import load_synonyms
from etl.meaning import countries, fields, vocabulary
from etl.meaning.vocabulary import tick_headers
from etl.review.model import CENTRE_FIELDS, COURSE_FIELDS
from etl.workbook.reader import open_workbook
from etl.writing import codes as code_lists
from etl.writing import matrix_sheet, template, words
from tests.fixtures.editions import ROOT

FIRST = matrix_sheet.HEADER_ROW + 2  # the first row below the header, from 1
PLACES = {heading.field: place for place, heading in enumerate(words.headings(), start=1)}
each_language = pytest.mark.parametrize("language", words.LANGUAGES)


@pytest.fixture(scope="module")
def blanks(tmp_path_factory):
    """The template in each language: language -> path."""
    folder = tmp_path_factory.mktemp("templates")
    paths = {language: folder / f"{language}.xlsx" for language in words.LANGUAGES}
    for language, path in paths.items():
        template.write_template(path, language)
    return paths


def filled(blank, path, rows):
    """The template with these rows (field -> cell) instead of its examples."""
    book = openpyxl.load_workbook(blank)
    sheet = book.worksheets[1]
    sheet.delete_rows(FIRST, 2)
    for number, cells in enumerate(rows, start=FIRST):
        for name, value in cells.items():
            sheet.cell(number, PLACES[name], value)
    book.save(path)
    return path


def coded(value):
    """The codes of an interpreted value, as `code_lists` writes them."""
    value = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
    return value if isinstance(value, str) else code_lists.SEPARATOR.join(value)


@each_language
def test_the_blank_template_reads_back_without_one_issue(blanks, language):
    reading, review = read_matrix(blanks[language])

    assert review.issues == []
    assert reading.sheet == words.text("sheet_matrix", language)
    assert [column.field for column in reading.columns] == [h.field for h in words.headings()]
    assert [column.code for column in reading.columns] == [None] * len(PLACES)


@each_language
def test_its_rows_are_clearly_examples_of_every_column(blanks, language):
    _, review = read_matrix(blanks[language])
    shout = {"en": "EXAMPLE", "fr": "EXEMPLE", "es": "EJEMPLO"}[language]
    (centre,) = review.centres.values()
    full, bare = review.courses.values()

    assert review.countries == {"LIE"}
    assert shout in centre.name and shout in full.title and shout in bare.title
    assert all(centre.values.get(name) not in (None, "") for name in CENTRE_FIELDS)
    assert all(full.values[name] not in (None, "", (), (None, None)) for name in COURSE_FIELDS)
    assert (full.values["cmcoord_level"], bare.values["cmcoord_level"]) == (
        "module",
        "not-documented",
    )


@each_language
def test_every_code_of_every_list_reads_back_to_itself_without_an_issue(blanks, language, tmp_path):
    lists = {field: code_lists.entries(field, language) for field in code_lists.FIELDS}
    chosen = [
        {field: entries[number % len(entries)] for field, entries in lists.items()}
        for number in range(max(map(len, lists.values())))
    ]
    words_of_row = [
        {"centre_name": f"Centre {number}", "course_title": f"Course {number}"}
        | {field: entry.word for field, entry in row.items()}
        for number, row in enumerate(chosen)
    ]
    _, review = read_matrix(filled(blanks[language], tmp_path / "filled.xlsx", words_of_row))

    assert review.issues == []
    assert review.courses_kept == len(chosen)
    for row, course, centre in zip(
        chosen, review.courses.values(), review.centres.values(), strict=True
    ):
        values = {**centre.values, **course.values, "country": centre.country_iso3}
        assert {field: coded(values[field]) for field in row} == {
            field: entry.code for field, entry in row.items()
        }


@each_language
def test_every_list_has_every_code_and_every_country(language):
    for field, name in code_lists.VOCABULARIES.items():
        codes = [entry.code for entry in code_lists.entries(field, language)]
        assert codes[: len(vocabulary.load(name).codes)] == list(vocabulary.load(name).codes)
    listed = {entry.code for entry in code_lists.entries("country", language)}
    assert listed == set(countries.all_iso3())


@each_language
@pytest.mark.parametrize("field", ["audience", "language", "topics"])
def test_several_words_together_mean_each_of_them(field, language):
    """Two terms side by side must not happen to spell a third."""
    name = code_lists.VOCABULARIES[field]
    for codes in combinations(vocabulary.load(name).codes, 2):
        written = code_lists.in_words(field, codes, language)
        assert fields.FIELDS[field](written) == fields.Finding(codes), written
    everything = vocabulary.load(name).codes
    assert fields.FIELDS[field](code_lists.in_words(field, everything, language)) == (
        fields.Finding(everything)
    )


@each_language
def test_the_lists_of_the_sheet_hold_the_words_and_the_code_lists_is_no_matrix(blanks, language):
    book = openpyxl.load_workbook(blanks[language])
    help_sheet, sheet, codes = book.worksheets
    rules = {
        str(rule.sqref).split(":")[0].rstrip("0123456789"): rule
        for rule in sheet.data_validations.dataValidation
    }
    for field in code_lists.FIELDS:
        rule = rules[get_column_letter(PLACES[field])]
        title, area = rule.formula1.replace("'", "").replace("$", "").split("!")
        offered = [row[0].value for row in book[title][area]]
        assert rule.type == "list" and title == codes.title
        assert offered == [entry.word for entry in code_lists.entries(field, language)]
        assert bool(rule.showErrorMessage) is (field not in code_lists.OPEN)
    assert {len(rule.prompt) <= 255 and len(rule.promptTitle) <= 32 for rule in rules.values()} == {
        True
    }
    assert len(rules) == len(PLACES)
    assert help_sheet is book.active


@each_language
def test_only_the_matrix_is_taken_for_a_matrix(blanks, language):
    sheets = open_workbook(blanks[language])
    found = [best_header(sheet, load_synonyms(), tick_headers()) for sheet in sheets]
    needed = [header.score[0] if header else 0 for header in found]

    assert needed[1] == len(NEEDED)
    assert max(needed[0], needed[2]) < 2


@each_language
def test_every_column_is_headed_so_that_it_is_recognised_and_explained(blanks, language):
    told = [
        cell.value
        for row in openpyxl.load_workbook(blanks[language]).worksheets[0].iter_rows()
        for cell in row
        if cell.value
    ]
    for heading in words.headings():
        assert load_synonyms().field_of(heading.headers[language]) == heading.field
        assert heading.helps[language] in told
    assert {heading.field for heading in words.headings()} == {
        *CENTRE_FIELDS,
        *COURSE_FIELDS,
        "country",
        "centre_name",
        "course_title",
    }


def test_every_word_has_its_translations_and_its_definitions():
    for field, name in code_lists.VOCABULARIES.items():
        for code in vocabulary.load(name).codes:
            for language in ("fr", "es"):
                assert (name, code) in words._terms() and words._terms()[name, code][language]
                explained = words.meaning(name, code, language)
                assert bool(explained) is (field != "language"), (name, code, language)


def test_words_that_were_not_translated_are_those_of_the_vocabulary():
    assert words.word("levels", "module", "en") == vocabulary.load("levels").label("module")
    assert words.word("recognition", "yes", "en") == "Yes"
    with pytest.raises(KeyError):
        words.word("levels", "unheard-of", "fr")


def test_what_is_typed_in_a_text_column_stays_text(blanks):
    sheet = openpyxl.load_workbook(blanks["en"]).worksheets[1]
    for name in ("duration", "year", "course_title", "evidence"):
        assert sheet.column_dimensions[get_column_letter(PLACES[name])].width
        assert sheet.cell(FIRST, PLACES[name]).number_format == "@"
    assert sheet.cell(FIRST, PLACES["latitude"]).value == 47.14


@each_language
def test_the_same_language_gives_the_same_bytes(blanks, language, tmp_path):
    template.write_template(tmp_path / "again.xlsx", language)

    assert (tmp_path / "again.xlsx").read_bytes() == blanks[language].read_bytes()


def test_a_place_that_cannot_be_written_is_a_clear_message(tmp_path):
    with pytest.raises(NotPlaced, match="Choose another place"):
        template.write_template(tmp_path / "nowhere" / "x.xlsx", "en")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("--language", "fr"), 0),
        ((), 0),
        (("--language", "de"), 2),
    ],
)
def test_the_command_writes_a_template_or_says_why_not(arguments, status, tmp_path):
    result = subprocess.run(
        [sys.executable, "-m", "etl", "template", *arguments, "--out", tmp_path / "x.xlsx"],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )

    assert "Traceback" not in result.stderr
    assert (result.returncode, (tmp_path / "x.xlsx").exists()) == (status, status == 0)
    assert bool(result.stderr) is (status != 0)
