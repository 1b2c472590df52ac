"""What a person answered: applied on the next reading, marked as theirs, never mixed up."""

import json
from pathlib import Path

import pytest

from etl.build import edition
from etl.build.pipeline import build_edition, read_matrix
from etl.reading.read import Brought, read
from etl.review.answers import AnswersBroken, load
from tests.fixtures import uploads
from tests.fixtures.editions import HEADER, ROOT, add_edition, write_rows
from tests.fixtures.workbooks import write_grid
from tools.stale import stale_editions

RAW = ROOT / "data" / "raw"
COUNTS = ("courses_kept", "duplicates_merged", "rows_held_back", "rows_without_course")


def ask(path: Path, folder: Path, answers: Path | None = None) -> dict:
    return read(Brought(workbook=path, out=folder / "out", raw=RAW, answers=answers))


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_answers_settle_issues_at_once_and_the_counts_still_add_up(tmp_path, language):
    path = uploads.write_messy(tmp_path / "m.xlsx", language)
    before = ask(path, tmp_path)
    answers = uploads.write_answers(tmp_path / "answers", uploads.ANSWERS[language])
    after = ask(path, tmp_path, answers)

    for report in (before, after):
        counts = report["counts"]
        assert counts["rows_read"] == sum(counts[name] for name in COUNTS)
    assert before["severities"]["error"] == 3 and after["severities"]["error"] == 0
    assert after["severities"]["warning"] == 0 < before["severities"]["warning"]
    assert before["counts"]["courses_kept"] + 2 == after["counts"]["courses_kept"]
    assert (after["counts"]["rows_held_back"], after["counts"]["rows_left_out"]) == (1, 1)
    assert all(answer["used"] for answer in after["answers"])


def test_every_value_that_rests_on_an_answer_is_an_issue_of_its_own_with_its_line(tmp_path):
    path = uploads.write_messy(tmp_path / "m.xlsx")
    answers = uploads.write_answers(tmp_path / "answers", uploads.ANSWERS["en"])
    report = ask(path, tmp_path, answers)
    told = {
        (issue["cell"], issue["found"], issue["used"])
        for issue in uploads.all_issues(report, "answered")
    }
    kept = {
        (row["severity"], row["cell"])
        for row in uploads.rows_of(tmp_path / "out", "issues")
        if row["code"].startswith("answered")
    }

    assert {
        ("A3", "Nigera", "NGA"),
        ("A3 (row 4)", "Nigera", "NGA"),
        ("D5", "Modul", "module"),
        ("E5", "Polizei", "police"),
        ("F5", "a good while", "8 days"),
    } <= told
    assert kept == {("note", cell) for cell, _, _ in told} | {("note", "A7")}
    assert "A person answered" in uploads.all_issues(report, "answered")[0]["message"]
    assert any(
        "(aliases.csv line 2)" in issue["message"]
        for issue in uploads.all_issues(report, "answered")
    )
    (left_out,) = uploads.all_issues(report, "answered-left-out")
    assert (left_out["cell"], left_out["found"]) == ("A7", "Ghana/Togo")


def test_an_answer_adds_to_what_was_read_and_changes_none_of_it(tmp_path):
    rows = [("Ghana", "A", "One", "Module", "Mil; Polizei"), ("Ghana", "A", "Two", "?", "Mil")]
    path = write_rows(tmp_path / "m.xlsx", rows, (*HEADER, "Target audience"))
    said = load(uploads.write_answers(tmp_path / "a", [("audience", "Polizei", "police;civilian")]))
    plain, taught = read_matrix(path)[1], read_matrix(path, said)[1]

    assert [course.values["audience"] for course in plain.courses.values()] == [
        ("military",),
        ("military",),
    ]
    assert [course.values["audience"] for course in taught.courses.values()] == [
        ("military", "police", "civilian"),
        ("military",),
    ]


def test_one_part_of_a_cell_is_answered_and_the_others_are_still_asked_about(tmp_path):
    rows = [("Ghana", "A", "One", "Module", "Polizei; Heer; Mil")]
    path = write_rows(tmp_path / "m.xlsx", rows, (*HEADER, "Target audience"))
    answers = uploads.write_answers(tmp_path / "a", [("audience", "Heer", "leave-out")])
    report = ask(path, tmp_path, answers)
    (issue,) = uploads.all_issues(report, "value-unknown")

    assert '"Polizei" is not known' in issue["message"] and "Heer" not in issue["message"]
    assert issue["used"] == "military"
    assert [group["value"] for group in report["groups"] if group["code"] == "value-unknown"] == [
        "Polizei"
    ]


def test_an_answer_reaches_no_further_than_case_and_spaces(tmp_path):
    rows = [("NIGERA ", "A", "One", "?"), ("Nigéra", "A", "Two", "?"), ("Nig-era", "A", "3", "?")]
    path = write_rows(tmp_path / "m.xlsx", rows)
    said = load(uploads.write_answers(tmp_path / "a", [("country", "Nigera", "NGA")]))

    assert read_matrix(path, said)[1].rows_held_back == 2


def test_marks_in_columns_of_ticks_can_be_answered(tmp_path):
    rows = [("Ghana", "A", "One", "?", "(x)"), ("Ghana", "A", "Two", "?", "perhaps")]
    path = write_rows(tmp_path / "m.xlsx", rows, (*HEADER, "Gender"))
    before = ask(path, tmp_path)
    answers = uploads.write_answers(
        tmp_path / "a", [("tick", "(x)", "yes"), ("tick", "perhaps", "leave-out")]
    )
    after = ask(path, tmp_path, answers)

    assert {group["question"]["kind"] for group in before["groups"]} == {"tick"}
    assert [row["topic"] for row in uploads.rows_of(tmp_path / "out", "course_topics")] == [
        "gender"
    ]
    assert after["severities"] == {"error": 0, "warning": 0, "note": 2}


def test_columns_are_answered_as_fields_as_ticks_and_left_out(tmp_path):
    header = ("Land", "Training centre", "Course title", "School", "CMCoord-Inhalt", "Genderfragen")
    path = write_rows(tmp_path / "m.xlsx", [("Togo", "A", "One", "B", "CIMIC", "x")], header)
    answers = uploads.write_answers(
        tmp_path / "a",
        columns=[
            {"field": "country", "header": "Land"},
            {"field": "leave-out", "header": "School"},
            {"field": "cmcoord_level", "header": "CMCoord-Inhalt"},
            {"field": "topics:gender", "header": "Genderfragen"},
        ],
    )
    report = ask(path, tmp_path, answers)
    columns = {column["header"]: column for column in report["columns"]}

    assert report["status"] == "read" and report["severities"]["warning"] == 0
    assert {header for header, column in columns.items() if column["rule"] == "answer"} == {
        "Land",
        "School",
        "CMCoord-Inhalt",
        "Genderfragen",
    }
    assert columns["School"]["without_answer"] == "centre_name"
    assert columns["Land"]["where"] == "columns.csv line 2"
    assert [row["topic"] for row in uploads.rows_of(tmp_path / "out", "course_topics")] == [
        "gender"
    ]


def test_a_known_column_can_be_answered_otherwise_and_that_is_said(tmp_path):
    rows = [("Togo", "A", "One", "?", "police academy")]
    path = write_rows(tmp_path / "m.xlsx", rows, (*HEADER, "Type of course"))
    answers = uploads.write_answers(
        tmp_path / "a", columns=[{"field": "provider_type", "header": "Type of course"}]
    )
    report = ask(path, tmp_path, answers)

    assert report["columns"][4]["field"] == "provider_type"
    assert report["columns"][4]["without_answer"] == "course_type"
    assert uploads.all_issues(report, "answered")[0]["cell"] == "E1"


def test_a_column_is_answered_under_its_group_alone(tmp_path):
    grid = [
        ["PAYS", "CENTRE", None, "COURS", None],
        ["Country", "Training centre", "Etikett", "Course title", "Etikett"],
        ["Togo", "A", "Lomé", "One", "Module"],
    ]
    path = write_grid(tmp_path / "m.xlsx", grid, merges=["B1:C1", "D1:E1"])
    before = ask(path, tmp_path)
    (asked,) = [group["question"] for group in before["groups"] if group["question"]]
    answers = uploads.write_answers(
        tmp_path / "a",
        columns=[
            {"field": "city", "header": "Etikett", "group": "CENTRE"},
            {"field": "cmcoord_level", "header": "Etikett", "group": "COURS"},
        ],
    )
    after = ask(path, tmp_path, answers)

    assert {one["fills"]["group"] for one in asked["candidates"]} == {"CENTRE", "COURS"}
    assert [column["field"] for column in after["columns"]] == [
        "country",
        "centre_name",
        "city",
        "course_title",
        "cmcoord_level",
    ]


def test_an_answer_that_meets_nothing_is_said(tmp_path):
    path = write_rows(tmp_path / "m.xlsx", [("Togo", "A", "One", "?")])
    answers = uploads.write_answers(
        tmp_path / "a", [("country", "Nigera", "NGA")], [{"field": "city", "header": "Ort"}]
    )
    report = ask(path, tmp_path, answers)

    assert [issue["found"] for issue in uploads.all_issues(report, "answer-unused")] == [
        "Nigera",
        "Ort",
    ]
    assert [answer["used"] for answer in report["answers"]] == [0, 0]


def test_text_that_a_spreadsheet_would_run_is_answered_as_it_stands(tmp_path):
    path = write_rows(tmp_path / "m.xlsx", [("=Nigera", "A", "One", "?")])
    said = load(uploads.write_answers(tmp_path / "a", [("country", "'=Nigera", "NGA")]))

    assert read_matrix(path, said)[1].countries == {"NGA"}


BROKEN = [
    ([("country", "Nigera", "NGA"), ("country", "NIGERA", "NER")], "line 3 contradicts"),
    ([("country", "Niger", "NGA")], "'Niger' is read as Niger already"),
    ([("country", "Nigera", "Nigeria")], "'Nigeria' is no country"),
    ([("cmcoord_level", "CIMIC", "module")], "read as 'cimic' already"),
    ([("cmcoord_level", "Modul", "modul")], "no code of cmcoord_level; write one of dedicated"),
    ([("cmcoord_level", "Modul", "module;cimic")], "no code of cmcoord_level"),
    ([("audience", "Heer", "soldiers")], "no code of audience"),
    ([("duration", "a good while", "long")], "could not be read as a duration"),
    ([("duration", "a good while", "")], "says nothing"),
    ([("source_url", "see file", "javascript:alert(1)")], "is not a web address"),
    ([("weather", "fine", "x")], "'weather' is no field"),
    ([("country", " ", "NGA")], "written is empty"),
]


@pytest.mark.parametrize(("aliases", "said"), BROKEN)
def test_a_contradictory_or_unknown_answer_is_one_message_with_its_line(tmp_path, aliases, said):
    folder = uploads.write_answers(tmp_path / "answers", aliases)

    with pytest.raises(AnswersBroken) as broken:
        load(folder)

    assert said in str(broken.value)
    assert f"aliases.csv line {len(aliases) + 1}" in str(broken.value)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (
            [{"field": "country", "header": "Land"}, {"field": "city", "header": "LAND"}],
            "columns.csv line 3 contradicts columns.csv line 2",
        ),
        ([{"field": "land", "header": "Land"}], "line 2: 'land' is no field; write one of country"),
        ([{"field": "topics:weather", "header": "Land"}], "is no field"),
        ([{"field": "country", "header": "--"}], "line 2: the column header is empty"),
    ],
)
def test_a_column_that_cannot_be_answered_so_is_one_message(tmp_path, columns, said):
    with pytest.raises(AnswersBroken, match=said):
        load(uploads.write_answers(tmp_path / "answers", columns=columns))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("aliases.csv", "field,written\n", "lacks the columns code"),
        ("aliases.csv", "field,written,code\ncountry,Nigera\n", "line 2: expected 3 cells"),
        ("aliases.csv", "", "lacks the columns"),
        ("columns.csv", b"\xff\xfe", "cannot be read"),
        ("alias.csv", "x", "is no table of answers"),
        ("aliases.csv", "field,written,code\n" + "country,Nigera,NGA\n" * 5001, "more than 5,000"),
    ],
)
def test_a_file_of_answers_that_cannot_be_read_is_one_message(tmp_path, name, text, said):
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())

    with pytest.raises(AnswersBroken, match=said):
        load(tmp_path)


def test_a_repeated_or_redundant_answer_does_no_harm(tmp_path):
    said = load(
        uploads.write_answers(
            tmp_path / "a",
            [
                ("country", "Nigera", "NGA"),
                ("country", "nigera", "NGA"),
                ("country", "Niger", "NER"),
                ("language", "n/a", "leave-out"),
            ],
        )
    )

    assert len(said.aliases) == 3


def test_build_applies_the_answers_beside_a_matrix_and_names_them_as_inputs(raw, tmp_path):
    folder = add_edition(raw, "mine", [("Nigera", "School", "Course", "Modul")])
    plain = build_edition(raw, "mine", tmp_path / "out")
    uploads.write_answers(
        folder / "answers", [("country", "Nigera", "NGA"), ("cmcoord_level", "Modul", "module")]
    )
    assert stale_editions(raw, tmp_path / "out")["mine"] == "mine/answers/aliases.csv is new"
    built = build_edition(raw, "mine", tmp_path / "out")
    package = json.loads((tmp_path / "out" / "mine" / "datapackage.json").read_text())

    assert (plain.reconciliation["rows_held_back"], built.reconciliation["courses_kept"]) == (1, 1)
    assert {item["path"]: item["sha256"] for item in package["inputs"]}[
        "mine/answers/aliases.csv"
    ] == edition.sha256(folder / "answers" / "aliases.csv")
    assert "mine" not in stale_editions(raw, tmp_path / "out")
    (course,) = uploads.rows_of(tmp_path / "out" / "mine", "courses")
    assert (course["cmcoord_level"], course["level_basis"]) == ("module", "desk-review")


def test_a_broken_answer_stops_the_build_of_its_edition_alone(raw, tmp_path):
    folder = add_edition(raw, "mine", [("Nigera", "School", "Course", "?")])
    uploads.write_answers(folder / "answers", [("country", "Nigera", "XYZ")])

    with pytest.raises(AnswersBroken, match="aliases.csv line 2"):
        build_edition(raw, "mine", tmp_path / "out")

    assert build_edition(raw, "small", tmp_path / "out").reconciliation["courses_kept"] == 1
