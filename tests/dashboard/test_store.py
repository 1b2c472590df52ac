"""The store: tables as they were written, joined once, and clear words when something is wrong."""

import json
import os

import pytest

from dashboard.edition import store
from dashboard.edition.store import TablesDamaged, TablesMissing

COURSES = [("AAA", {"cmcoord_level": "module"})]


def test_text_that_looks_like_a_missing_value_stays_text(write_edition):
    place = write_edition(courses=COURSES, names={"AAA": "NA"}, persons={"NAN": 3})

    tables = store.read(place)

    assert set(tables.countries["country_name"]) == {"NA", "Land NAN"}
    assert "NAN" in set(tables.countries["country_iso3"])


def test_an_empty_number_is_unknown_and_a_zero_is_zero(write_edition):
    place = write_edition(courses=[("AAA", {"year_from": "2010"})], persons={"AAA": 0})

    tables = store.read(place)

    assert str(tables.courses["year_to"].item()) == "<NA>"
    assert tables.courses["year_from"].item() == 2010
    assert tables.contributions["persons"].item() == 0


def test_a_course_knows_its_centre_and_country(write_edition):
    course = store.read(write_edition(courses=COURSES, persons={"AAA": 1})).courses.iloc[0]

    assert (course["country_iso3"], course["country_name"], course["centre_name"]) == (
        "AAA",
        "Land AAA",
        "Centre 0",
    )


@pytest.fixture
def processed(write_edition, tmp_path, monkeypatch):
    """Two editions in a folder that the store reads."""
    write_edition(courses=COURSES, persons={"AAA": 1}, name="zeta")
    write_edition(courses=COURSES, persons={"AAA": 1}, name=store.DEFAULT_EDITION)
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(tmp_path))
    return tmp_path


def test_the_default_edition_comes_first(processed):
    assert [edition.code for edition in store.editions()] == [store.DEFAULT_EDITION, "zeta"]


def test_an_edition_that_is_still_being_written_is_not_listed(processed):
    (processed / "zeta").rename(processed / ".zeta")

    assert [edition.code for edition in store.editions()] == [store.DEFAULT_EDITION]


def test_loading_twice_gives_the_same_tables(processed):
    assert store.load("zeta") is store.load("zeta")


def test_a_rebuilt_edition_is_read_again(processed, write_edition):
    before = store.load("zeta")
    write_edition(courses=COURSES * 2, persons={"AAA": 1}, name="zeta")

    assert (len(before.courses), len(store.load("zeta").courses)) == (1, 2)


def test_without_any_edition_the_message_says_what_to_run(tmp_path, monkeypatch):
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(tmp_path / "nothing"))

    with pytest.raises(TablesMissing, match="make build"):
        store.editions()


def _replace(path, old, new):
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda place: (place / "courses.csv").unlink(), "courses.csv"),
        (lambda place: (place / "courses.csv").write_text(""), "courses.csv"),
        (lambda place: (place / "courses.csv").write_bytes(b"\xff\xfe\x00"), "courses.csv"),
        (lambda place: _replace(place / "courses.csv", "cmcoord_level", "level"), "cmcoord_level"),
        (lambda place: _replace(place / "courses.csv", "module", "modul"), "modul"),
        (lambda place: _replace(place / "courses.csv", "AAA-centre-0", "AAA-other"), "zeta"),
        (lambda place: _replace(place / "contributions.csv", ",1", ",many"), "contributions.csv"),
        (lambda place: (place / "datapackage.json").write_text("{"), "datapackage.json"),
        (lambda place: (place / "datapackage.json").write_text("[1]"), "datapackage.json"),
    ],
)
def test_a_damaged_edition_is_named_with_what_to_do(processed, damage, message):
    damage(processed / "zeta")

    with pytest.raises(TablesDamaged) as caught:
        store.load("zeta")

    assert message in str(caught.value)
    assert "make build" in str(caught.value)


def test_a_damaged_edition_does_not_hide_the_others(processed):
    (processed / "zeta" / "datapackage.json").write_text("{")

    assert [edition.title for edition in store.editions()] == [
        f"Tiny edition {store.DEFAULT_EDITION}",
        "zeta",
    ]
    assert len(store.load(store.DEFAULT_EDITION).courses) == 1


def test_the_edition_s_own_date_is_the_default_though_there_are_later_ones(
    processed, write_edition
):
    write_edition(persons={"AAA": 1}, later={"AAA": 2}, name="zeta")

    assert store.load("zeta").default_date == "2018-01-31"


def test_a_date_without_figures_gives_way_to_the_newest_one(write_edition):
    place = write_edition(persons={"AAA": 1})
    package = json.loads((place / "datapackage.json").read_text())
    package["edition"]["contributions_as_of"] = "1999-12-31"
    (place / "datapackage.json").write_text(json.dumps(package))

    assert store.read(place).default_date == "2018-01-31"


def test_the_folder_can_be_named_by_the_environment(processed):
    assert os.environ[store.FOLDER_VARIABLE] == str(store.folder())


def test_editions_by_code_are_loaded_when_asked_for_and_a_damaged_one_is_left_out(
    write_edition, tmp_path, monkeypatch
):
    for name in ("one", "two"):
        write_edition(name=name, persons={"AAA": 1})
    (tmp_path / "two" / "courses.csv").write_text("nonsense")
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(tmp_path))

    every = store.Editions()

    assert list(every) == ["one", "two"] and len(every) == 2
    assert every["one"].edition == "one"
    assert list(store.readable()) == ["one"]
    with pytest.raises(KeyError):
        every["three"]
    with pytest.raises(store.TablesDamaged):
        every["two"]
