"""Meaning is data: the files in etl/vocab are sound, and every spelling in them is understood."""

from pathlib import Path

import pytest

from etl.meaning import choices, durations, vocabulary, years
from etl.text import fold

SPECIAL = {"country_aliases", "country_regions", "country_points"}
NAMES = sorted(path.stem for path in vocabulary.FOLDER.glob("*.csv") if path.stem not in SPECIAL)
READERS = {
    "course_types": choices.course_type,
    "evidence_types": choices.evidence_type,
    "provider_types": choices.provider_type,
    "operators": choices.operator,
    "scopes": choices.scope,
    "levels": choices.level,
}
LIST_READERS = {
    "audiences": choices.audiences,
    "languages": choices.languages,
    "topics": choices.topics,
}


def spellings(name: str) -> list[tuple[str, str]]:
    return [
        (spelling, term.code) for term in vocabulary.load(name).terms for spelling in term.spellings
    ]


def write(folder: Path, *lines: str) -> Path:
    path = folder / "colours.csv"
    path.write_text(
        "\n".join(("code,label,definition,aliases,shade", *lines)) + "\n", encoding="utf-8"
    )
    return path


@pytest.mark.parametrize("name", NAMES)
def test_every_vocabulary_can_be_read_and_its_spellings_lead_to_their_codes(name):
    loaded = vocabulary.load(name)
    assert loaded.codes
    for spelling, code in spellings(name):
        assert loaded.code_for(spelling) == code, spelling


def test_the_contracts_codes_are_there_in_the_order_of_the_contract():
    assert vocabulary.load("levels").codes == (
        "dedicated",
        "module",
        "cimic",
        "related",
        "none-found",
        "not-documented",
    )
    assert vocabulary.load("audiences").codes == ("military", "police", "civilian")
    assert vocabulary.load("evidence_types").codes == (
        "curriculum",
        "course-page",
        "training-calendar",
        "news-report",
        "official-report",
        "other",
    )
    assert vocabulary.load("topics").codes == (
        "un-cmcoord",
        "cimic",
        "protection-of-civilians",
        "ihl",
        "human-rights",
        "child-protection",
        "gender",
        "csrv",
        "humanitarian-principles",
        "disaster-relief",
        "rule-of-law",
        "logistics",
        "military-observer",
        "staff-officer",
        "police",
        "ddr-ssr",
        "election",
        "security-safety",
        "c-ied-eod",
        "medical",
        "leadership",
        "mission-planning",
        "negotiation-mediation",
        "engineering",
        "intelligence",
        "other",
    )


def test_case_accents_spaces_and_punctuation_do_not_matter_and_nothing_is_guessed():
    levels = vocabulary.load("levels")
    assert levels.code_for("  DEDICATED-course ") == "dedicated"
    assert levels.code_for("cours dedie") == "dedicated"
    assert levels.code_for("?") == "not-documented"
    assert levels.code_for("Dedicatd course") is None
    assert levels.nearest("Dedicatd course")[0] == "Dedicated course"
    assert levels.nearest("zzzz") == []


def test_further_columns_travel_with_the_term():
    assert vocabulary.load("levels").term("dedicated").extra == {"letter": "D"}
    assert vocabulary.load("levels").label("cimic") == "CIMIC only"
    with pytest.raises(KeyError):
        vocabulary.load("levels").label("no-such-code")


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (["red,Red,,rouge,x", "red,Crimson,,,x"], "line 3: the code 'red' stands twice"),
        (
            ["red,Red,,rouge;rojo,x", "blue,Blue,,Rójo,x"],
            "line 3: 'Rójo' is claimed by 'blue' and by 'red'",
        ),
        (["red,Red,,,x", "blue,red,,,x"], "line 3: 'red' is claimed by 'blue' and by 'red'"),
        (["red,,,,x"], "line 2: a term needs a code and a label"),
        (["red,Red"], "line 2: expected 5 cells"),
        (["red,Red,,,x,y"], "line 2: expected 5 cells"),
    ],
)
def test_a_broken_vocabulary_is_refused_with_file_and_line(tmp_path, lines, complaint):
    with pytest.raises(ValueError, match="colours.csv") as caught:
        vocabulary.read(write(tmp_path, *lines))
    assert complaint in str(caught.value)


@pytest.mark.parametrize("name", READERS)
def test_every_spelling_of_a_single_choice_is_read_as_its_code(name):
    for spelling, code in spellings(name):
        finding = READERS[name](spelling)
        assert (finding.value, finding.code) == (code, ""), spelling


@pytest.mark.parametrize("name", LIST_READERS)
def test_every_spelling_in_a_list_is_read_as_its_code(name):
    for spelling, code in spellings(name):
        finding = LIST_READERS[name](spelling)
        assert (finding.value, finding.code) == ((code,), ""), spelling


def test_every_spelling_of_an_audience_group_is_read_as_its_audiences():
    for term in vocabulary.load("audience_groups").terms:
        for spelling in term.spellings:
            assert ";".join(choices.audiences(spelling).value) == term.extra["audiences"], spelling


def test_every_spelling_of_recognition_is_read_as_yes_or_no():
    for spelling, code in spellings("recognition"):
        assert choices.recognised(spelling).value is (code == "yes"), spelling


def test_every_tick_is_a_tick_a_recognition_and_a_module():
    for spelling, _ in spellings("ticks"):
        if spelling == "tick":
            continue
        assert choices.ticked(spelling).value is True, spelling
        assert choices.recognised(spelling).value is True, spelling
        assert choices.level(spelling).value == "module", spelling


@pytest.mark.parametrize("name", ["no_centre", "blanks", "blank_signs"])
def test_every_word_for_no_centre_and_every_blank_names_nothing(name):
    for term in vocabulary.load(name).terms:
        for alias in term.aliases:
            assert choices.names_nothing(alias), alias


@pytest.mark.parametrize("name", ["blanks", "blank_signs"])
def test_every_blank_is_empty_without_an_issue(name):
    aliases = [alias for term in vocabulary.load(name).terms for alias in term.aliases]
    assert aliases
    for alias in aliases:
        assert choices.topics(alias).value == () and not choices.topics(alias).code, alias
        assert choices.ticked(alias).value is False and not choices.ticked(alias).code, alias
        assert choices.recognised(alias).value is None and not choices.recognised(alias).code, alias
        assert durations.duration(alias).value is None and not durations.duration(alias).code, alias
        assert years.years(alias).value == (None, None) and not years.years(alias).code, alias
        assert choices.level(alias).value in ("not-documented", "none-found"), alias
        assert not choices.level(alias).code, alias


def test_no_word_is_both_a_blank_and_a_tick():
    blank = {vocabulary.key(spelling) for spelling, _ in spellings("blanks")}
    assert not blank & {vocabulary.key(spelling) for spelling, _ in spellings("ticks")}


def test_every_unit_is_read_after_a_number():
    units = vocabulary.load("duration_units")
    for spelling, code in spellings("duration_units"):
        days = 4 * float(units.term(code).extra["days"])
        assert durations.duration(f"4 {spelling}").value == (days, days), spelling


def test_every_number_word_is_read_before_a_unit():
    for spelling, code in spellings("number_words"):
        if not spelling[0].isdigit() and code != "0.5":
            days = 5 * float(code)
            assert durations.duration(f"{spelling} weeks").value == (days, days), spelling


def test_the_headers_of_tick_columns_name_topics_and_audiences():
    topics, audiences = vocabulary.topic_headers(), vocabulary.audience_headers()
    assert topics[fold("Child protection")] == ("topics", "child-protection")
    assert topics[fold("DIH")] == ("topics", "ihl")
    assert audiences[fold("Militaires")] == ("audience", "military")
    assert vocabulary.tick_headers().items() <= {**audiences, **topics}.items()
    assert "autres" not in vocabulary.tick_headers()
    assert vocabulary.tick_headers()[fold("Police")] == ("topics", "police")
    assert not [header for header in vocabulary.tick_headers() if len(header) < 2]


def test_functions_and_regions_name_only_codes_that_exist():
    topics = set(vocabulary.load("topics").codes)
    for term in vocabulary.load("functions").terms:
        assert set(term.extra["topics"].split(";")) <= topics
    regions = {
        row["ocha_region"] for _, row in vocabulary.rows(vocabulary.FOLDER / "country_regions.csv")
    }
    assert regions - {""} == set(vocabulary.load("ocha_regions").codes)
