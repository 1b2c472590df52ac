"""The page of one's own matrix, and every other page on it: for this session and for no other."""

import io
import tempfile
import time
import zipfile
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.edition import store
from dashboard.edition.store import BROUGHT as TITLE
from dashboard.screen.frame.editions import CODE
from dashboard.screen.your_matrix import answers, jobs, keep, session, teach
from dashboard.screen.your_matrix.jobs import Busy
from tests.fixtures.hostile_workbooks import BROKEN
from tests.fixtures.own_matrices import MESSY, UNHEADED, messy
from tests.fixtures.workbooks import write_grid

pytestmark = pytest.mark.app

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
PAGES = sorted(f"app_pages/{path.name}" for path in (APP.parent / "app_pages").glob("*.py"))
SECONDS = 60
NIGERA, MODUL = "Country: “Nigera” is", "UN-CMCoord content: “Modul” is"


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """The folder for temporary files, which must be empty in the end. The built editions are real."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    yield place
    deadline = time.monotonic() + SECONDS
    while any(place.iterdir()):  # what was cancelled ends a moment later
        assert time.monotonic() < deadline, list(place.rglob("*"))
        time.sleep(0.02)


def _open(**link):
    app = AppTest.from_file(str(APP), default_timeout=SECONDS)
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    return _go(app, "app_pages/your_matrix.py")


def _go(app, page):
    app.switch_page(page).run()
    assert not app.exception, app.exception
    return app


def _settled(app):
    """Until nothing is being read any more."""
    deadline = time.monotonic() + SECONDS
    while "_own_work" in app.session_state:
        assert time.monotonic() < deadline, "not in time"
        job = app.session_state["_own_work"]
        if job.is_over:
            app.run()
        else:
            time.sleep(0.02)
    assert not app.exception, app.exception
    return app


def _bring(app, path):
    app.file_uploader[0].set_value((path.name, path.read_bytes(), "application/octet-stream"))
    app.run()
    return _settled(app)


def _press(app, key):
    app.button(key=key).click().run()
    return _settled(app)


def _own(app):
    return app.session_state["_own_edition"]


def _question(app, label):
    (found,) = [box for box in [*app.selectbox, *app.multiselect] if box.label == label]
    return found


def _kept(app):
    return _own(app).reading["counts"]["courses_kept"]


@pytest.fixture
def brought(temporary, tmp_path):
    return _bring(_open(), messy(tmp_path))


def test_without_a_matrix_the_page_says_how_to_bring_one(temporary):
    app = _open()

    assert [one.value for one in app.subheader] == [
        "1. Bring a workbook",
        "Answered by you",
        "Two coders",
        "Limits",
    ]
    assert [b.label for b in app.get("download_button")] == ["English", "French", "Spanish"]
    assert "25 MB" in app.dataframe[0].value["limit_value"][0]


def test_at_once_it_says_what_was_recognised_read_kept_and_held_back(brought):
    tables = {next(iter(table.value.columns)): table.value for table in brought.dataframe}

    assert any(
        "messy-en.xlsx" in text.value and "header in row 3" in text.value
        for text in brought.markdown
    )
    assert tables["sign"]["rows"].tolist() == [6, 3, 0, 3, 0]
    assert any("6 = 3 + 0 + 3 + 0" in text.value for text in brought.caption)
    assert tables["header_cell"]["taken_for"].tolist() == [
        "Country",
        "Training centre",
        "Course title",
        "UN-CMCoord content",
        "",
    ]
    assert tables["severity"]["fixing_brings"].tolist() == [
        "two courses more",
        "one course more",
        "the coding of one course",
        "",
    ]
    assert tables["severity"]["cells"].tolist() == ["A5", "A7", "D8", "E3"]


def test_the_likely_answers_stand_first_and_nothing_is_chosen(brought):
    box = _question(brought, NIGERA)

    assert box.options[:3] == ["Nigeria", "Niger", "Leave it out"]
    assert box.value is None
    assert brought.button(key="own-apply").disabled


def test_an_answer_is_applied_told_apart_and_undone(brought):
    _question(brought, NIGERA).set_value("NGA").run()
    _question(brought, MODUL).set_value("module").run()
    assert brought.button(key="own-apply").label == "Apply two answers"
    _press(brought, "own-apply")

    assert _kept(brought) == 5
    told = [text.value for text in brought.markdown if text.value.startswith(":material/person:")]
    assert len(told) == 2 and "stands for Nigeria" in told[0]
    issues = next(t.value for t in brought.dataframe if "fixing_brings" in t.value.columns)
    assert not issues["issue"].str.contains("Nigera|Modul").any()

    _press(brought, "own-undo-0")
    assert _kept(brought) == 3
    assert len(_own(brought).answers) == 1


@pytest.mark.parametrize("language", sorted(MESSY.keys() - {"en"}))
def test_a_matrix_of_every_language_is_taught(temporary, tmp_path, language):
    told, app = MESSY[language], _bring(_open(), messy(tmp_path, language))
    assert _kept(app) == 3

    _question(app, told.country).set_value("NGA")
    _question(app, told.level).set_value("module")
    _press(app.run(), "own-apply")

    assert _kept(app) == 5
    assert len(_own(app).answers) == 2


def test_an_answer_may_be_to_leave_out_and_the_sum_still_adds_up(brought):
    _question(brought, NIGERA).set_value("leave-out").run()
    _press(brought, "own-apply")

    assert _kept(brought) == 3
    assert any(
        "two of those" in text.value or "2 of those" in text.value for text in brought.caption
    )


def test_answers_wait_until_they_are_applied_and_can_be_forgotten(brought):
    _question(brought, NIGERA).set_value("NGA").run()
    _go(brought, "app_pages/overview.py")
    _go(brought, "app_pages/your_matrix.py")
    assert _question(brought, NIGERA).value == "NGA"

    brought.button(key="own-forget").click().run()

    assert _question(brought, NIGERA).value is None


def test_many_questions_come_in_parts(temporary, tmp_path):
    rows = [[f"Land {'abcdefghijklmnopqrst'[n]}", "X", "Course", "Module"] for n in range(20)]
    path = write_grid(tmp_path / "many.xlsx", [["Country", *UNHEADED[0][1:]], *rows])
    app = _bring(_open(), path)

    app.button(key="own_questions_from-later").click().run()

    asked = [box for box in app.selectbox if box.label.startswith("Country: “Land")]
    assert len(asked) == 20 - teach.QUESTIONS
    assert any(text.value == "Questions 13 to 20 of 20" for text in app.caption)


def test_a_missing_column_is_asked_for(temporary, tmp_path):
    app = _bring(_open(), write_grid(tmp_path / "land.xlsx", UNHEADED))
    assert any("No matrix could be read" in text.value for text in app.warning)
    assert TITLE not in app.selectbox(key="edition_shown").options

    _question(app, "Which column is “Country”?").set_value("A").run()
    _press(app, "own-apply")

    assert _kept(app) == 2
    assert TITLE in app.selectbox(key="edition_shown").options


def test_answers_are_loaded_again(brought):
    _question(brought, NIGERA).set_value("NGA").run()
    _press(brought, "own-apply")
    data = answers.zipped(_own(brought).answers)
    _press(brought, "own-undo-0")

    brought.file_uploader(key="own_answers_file").set_value(("answers.zip", data, "x"))
    brought.run()
    _settled(brought)

    assert _kept(brought) == 5


def test_answers_that_contradict_are_told_and_change_nothing(brought):
    wrong = answers.zipped([answers.Answer("aliases.csv", ("country", "Ghana", "TGO"))])

    brought.file_uploader(key="own_answers_file").set_value(("answers.zip", wrong, "x"))
    brought.run()
    _settled(brought)

    assert "read as Ghana already" in brought.error[0].value
    assert _kept(brought) == 3 and _own(brought).answers == ()
    assert session._ANSWERS in brought.session_state


def test_a_file_that_is_no_workbook_is_told_and_what_was_read_stays(brought, tmp_path):
    path = tmp_path / "csv.xlsx"
    BROKEN["csv"][0](path)

    _bring(brought, path)

    assert "not an Excel workbook" in brought.error[0].value
    assert "messy-en.xlsx stays as it was" in brought.error[0].value
    assert _kept(brought) == 3


def test_a_title_and_a_date_are_used_and_may_come_later(brought):
    brought.text_input(key="own_title").set_value("Review of 2027").run()
    _settled(brought)
    brought.date_input(key="own_as_of").set_value(date(2018, 2, 28)).run()
    _settled(brought)

    package = _own(brought).tables.package
    assert package.title == "Review of 2027"
    assert package.edition["as_of"] == "2018-02-28"


def test_a_server_that_is_busy_says_so(temporary, tmp_path, monkeypatch):
    def start(_):
        raise Busy("Try again in a minute.")

    monkeypatch.setattr(jobs, "start", start)
    app = _bring(_open(), messy(tmp_path))

    assert app.error[0].value == "Try again in a minute."


def test_a_reading_can_be_cancelled(temporary, tmp_path, monkeypatch):
    app = _open()
    path = messy(tmp_path)
    app.file_uploader[0].set_value((path.name, path.read_bytes(), "x")).run()
    assert any("Reading messy-en.xlsx" in text.value for text in app.markdown)

    app.button(key="own-cancel").click().run()

    assert "Cancelled" in app.info[0].value
    assert "_own_edition" not in app.session_state


# --- used -----------------------------------------------------------------------------------------


def test_every_page_works_on_it_and_every_card_says_what_it_is(brought):
    _press(brought, "own-use")

    for page in PAGES:
        _go(brought, page)

        assert brought.text_input(key="edition").value == CODE, page
        cards = [text.value for text in brought.main.caption if "\nSource: " in text.value]
        assert all("A matrix that a person brought" in text for text in cards), page


def test_every_page_works_when_no_row_was_kept(temporary, tmp_path):
    grid = [["Country", *UNHEADED[0][1:]], ["Nigera", "X", "Course", "Module"]]
    app = _bring(_open(), write_grid(tmp_path / "none.xlsx", grid))
    assert any("No course of it was kept" in text.value for text in app.caption)
    _press(app, "own-use")

    for page in PAGES:
        _go(app, page)


def test_it_is_compared_with_a_built_edition(brought):
    _press(brought, "own-use")
    _go(brought, "app_pages/editions.py")

    built = [edition.title for edition in store.editions()]
    assert brought.selectbox(key="against_shown").options == built
    moved = next(t.value for t in brought.dataframe if "difference" in t.value.columns)
    assert moved.set_index("figure").loc["Courses", ["before", "after"]].tolist() == [315, 3]


def test_a_thread_beside_the_page_finds_it_too(brought):
    tables, found = _own(brought).tables, []
    editions = store.Editions(tables)

    thread = Thread(target=lambda: found.append(editions[CODE]))
    thread.start()
    thread.join()

    assert found == [tables]


def test_let_go_forgets_everything(brought):
    _question(brought, NIGERA).set_value("NGA").run()
    _press(brought, "own-apply")
    _press(brought, "own-use")
    assert _own(brought) is not None

    _press(brought, "own-let-go")

    for key in ("_own_edition", "_own_answers", "_own_pending", "_own_dropped"):
        assert not (brought.session_state.get(key))
    assert brought.text_input(key="edition").value == ""
    assert TITLE not in brought.selectbox(key="edition_shown").options
    assert not brought.error


def test_what_is_kept_is_an_edition_folder(brought):
    _question(brought, NIGERA).set_value("NGA").run()
    _press(brought, "own-apply")

    with zipfile.ZipFile(io.BytesIO(keep.folder(_own(brought)))) as archive:
        names = archive.namelist()
        kept = archive.read("messy-en/answers/aliases.csv").decode()

    assert names == [
        f"messy-en/{n}" for n in ("matrix.xlsx", "edition.toml", "answers/aliases.csv")
    ]
    assert kept == "field,written,code\ncountry,Nigera,NGA\n"
    assert any("data/raw/messy-en/matrix.xlsx" in text.value for text in brought.caption)


# --- two people -----------------------------------------------------------------------------------


def test_another_session_never_sees_it(brought, tmp_path):
    _press(brought, "own-use")

    other = _open(edition=CODE)

    assert any(f"edition: {CODE}" in toast.value for toast in other.toast)
    assert TITLE not in other.selectbox(key="edition_shown").options
    assert "_own_edition" not in other.session_state


def test_two_people_with_two_matrices_see_their_own(brought, tmp_path):
    other = _bring(_open(), messy(tmp_path, "fr"))
    for app in (brought, other):
        _press(app, "own-use")
        _go(app, "app_pages/courses.py")

    seen = [
        {name for table in app.dataframe for name in table.value.get("centre_name", ())}
        for app in (brought, other)
    ]
    assert seen == [{"KAIPTC", "IPSTC"}, {"CPADD"}]


def test_a_built_edition_of_the_same_name_does_not_stand_beside_it(
    brought, write_edition, tmp_path, monkeypatch
):
    for name in (CODE, store.DEFAULT_EDITION):
        write_edition(name=name, courses=[("AAA", {})], persons={"AAA": 1})
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(tmp_path))
    brought.run()

    options = brought.selectbox(key="edition_shown").options
    assert options == [f"Tiny edition {store.DEFAULT_EDITION}", TITLE]
