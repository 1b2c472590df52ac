"""A matrix brought in a browser: taught, used, kept; hostile files; two people with two matrices."""

import io
import re
import time
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboard.screen.your_matrix.process import PREFIX
from tests.fixtures.hostile_workbooks import BROKEN, HEAVY, HOSTILE
from tests.fixtures.own_matrices import MESSY, messy
from tests.fixtures.workbooks import write_grid

pytestmark = pytest.mark.browser

SECONDS = 120
PAGE, WORKBOOK = "/your_matrix", "Your matrix (.xlsx)"
# The page answers a small file within this time, however busy the machine.
ANSWERED = SECONDS * 1000
ANSWERED_IN_A_BROWSER = (
    "empty",
    "picture",
    "password",
    "broken-checksum",
    "unclosed-xml",
    "entities-in-xl/workbook.xml",
    "many-members",
    "nested-in-a-cell",
)


@pytest.fixture(autouse=True)
def nothing_stays_on_disk(server):
    """No file of a matrix is left when a test is over."""
    yield
    deadline = time.monotonic() + SECONDS
    while left := list(
        server.temporary.glob(f"{PREFIX}*")
    ):  # what was cancelled ends a moment later
        assert time.monotonic() < deadline, left
        time.sleep(0.1)


def _bring(page: Page, path: Path) -> None:
    page.locator('[data-testid="stFileUploaderDropzone"] input').first.set_input_files(path)


def _heading(page: Page, text: str):
    return page.get_by_role("heading", name=text)


def _read(visit, path: Path) -> None:
    _bring(visit.page, path)
    expect(visit.page.get_by_text(re.compile(rf"{re.escape(path.name)}, read in"))).to_be_visible(
        timeout=ANSWERED
    )
    visit.settle()


def _answer(visit, label: str, option: str) -> None:
    box = visit.page.get_by_role("combobox", name=label)
    # A list closes when the page scrolls.
    box.evaluate("box => box.scrollIntoView({block: 'center', behavior: 'instant'})")
    visit.settle()
    box.click()
    visit.page.get_by_role("option", name=option, exact=True).click()
    visit.settle()


def _download(page: Page, label: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=label).click()
    return download.value.path().read_bytes()


def _use(visit) -> None:
    visit.page.get_by_role("button", name="Use it on all pages").click()
    expect(visit.page).to_have_url(re.compile("edition=your-matrix"))
    visit.settle()


def test_a_messy_matrix_is_brought_taught_used_and_kept(open_page, tmp_path, language="fr"):
    """The page without a browser is tried in every language."""
    told, path = MESSY[language], messy(tmp_path, language)
    visit = open_page(PAGE)
    page = visit.page

    _read(visit, path)
    expect(page.get_by_text("6 = 3 + 0 + 3 + 0.")).to_be_visible()
    _answer(visit, told.country, "Nigeria")
    _answer(visit, told.level, "UN-CMCoord module")
    _answer(visit, f"The column “{told.column}” is", "Leave it out")
    page.get_by_role("button", name="Apply three answers").click()
    expect(page.get_by_text("6 = 5 + 0 + 1 + 0.")).to_be_visible(timeout=ANSWERED)
    expect(page.get_by_text('"Nigera" stands for Nigeria (NGA).')).to_be_visible()
    visit.settle()

    marked = zipfile.ZipFile(io.BytesIO(_download(page, "Workbook with every issue marked")))
    assert any("comments" in name for name in marked.namelist())
    answers = zipfile.ZipFile(io.BytesIO(_download(page, "Your answers (zip)")))
    assert "country,Nigera,NGA" in answers.read("answers/aliases.csv").decode()
    kept = zipfile.ZipFile(io.BytesIO(_download(page, "Edition folder (zip)")))
    assert kept.read(f"messy-{language}/matrix.xlsx") == path.read_bytes()

    _use(visit)
    page.get_by_role("button", name="Editions: what moved").click()
    expect(_heading(page, "What moved between two editions, and why?")).to_be_visible()
    visit.settle()
    statements = page.get_by_text(
        "A matrix that a person brought, read by the program as it stands"
    )
    assert statements.count() >= 3  # two cards and the foot of the page


def test_a_blank_matrix_comes_back_without_an_issue(open_page, tmp_path):
    visit = open_page(PAGE)
    path = tmp_path / "blank.xlsx"
    path.write_bytes(_download(visit.page, "Spanish"))

    _read(visit, path)

    expect(visit.page.get_by_text("Nothing to mend: every cell was read.")).to_be_visible()


def test_broken_and_hostile_files_are_answered_and_the_server_lives(open_page, tmp_path):
    """One of each kind: that each file has its answer is tried where it is read (tests/etl)."""
    visit = open_page(PAGE)
    for number, name in enumerate(ANSWERED_IN_A_BROWSER):
        write, said = {**BROKEN, **HOSTILE}[name]
        path = tmp_path / f"file-{number}.xlsx"
        write(path)

        _bring(visit.page, path)

        alert = visit.page.get_by_test_id("stAlert").filter(has_text=path.name)
        expect(alert, name).to_contain_text(said, timeout=ANSWERED)
        assert "Traceback" not in visit.page.inner_text("body")
        visit.settle()
    assert open_page("/contributors").page.get_by_role("heading", level=1).is_visible()


def test_a_file_that_is_heavy_work_is_answered_while_others_go_on(open_page, tmp_path):
    name = "too-many-rows"
    path = tmp_path / f"{name}.xlsx"
    HEAVY[name](path)
    visit, other = open_page(PAGE), open_page(PAGE)

    _bring(visit.page, path)
    _read(other, messy(tmp_path))  # somebody else, meanwhile

    expect(
        visit.page.get_by_test_id("stAlert")
        .or_(visit.page.get_by_text(f"{path.name}, read in"))
        .first
    ).to_be_visible(timeout=ANSWERED)
    visit.settle()


def test_a_reading_is_cancelled_and_nothing_is_kept(open_page, tmp_path):
    path = tmp_path / "heavy.xlsx"
    HEAVY["four-million-cells"](path)
    visit = open_page(PAGE)

    _bring(visit.page, path)
    # The place for files has a button to cancel an upload.
    visit.page.get_by_role("button", name="Cancel", exact=True).click()

    expect(visit.page.get_by_text("Cancelled. Nothing of that reading was kept.")).to_be_visible()
    visit.settle()
    expect(_heading(visit.page, "2. What was recognised")).to_have_count(0)


def test_two_people_at_once_never_see_each_others_matrix(open_page, tmp_path):
    words = ("Onlyhere", "Onlythere")
    people = [(open_page(PAGE, stranger=True), word) for word in words]
    for visit, word in people:
        grid = [
            ["Country", "Training centre", "Course title", "UN-CMCoord content"],
            ["Ghana", word, f"Course of {word}", "Module"],
        ]
        _bring(visit.page, write_grid(tmp_path / f"{word}.xlsx", grid))
    for visit, word in people:
        expect(visit.page.get_by_text(f"{word}.xlsx, read in")).to_be_visible(timeout=ANSWERED)
        visit.settle()
        _use(visit)
    for visit, word in people:
        visit.page.get_by_role("button", name="Overview: the answer in one sentence").click()
        expect(visit.page.get_by_role("heading", level=1)).not_to_have_text(
            "What does your own matrix say?"
        )
        visit.settle()
        other = next(one for one in words if one != word)
        text = visit.page.inner_text("body")
        assert word in text and other not in text


def test_a_link_to_it_is_not_offered_to_somebody_else(open_page, tmp_path):
    visit = open_page(PAGE)
    _read(visit, messy(tmp_path))
    _use(visit)

    stranger = open_page("/?edition=your-matrix", stranger=True)

    expect(stranger.page.get_by_text("Not offered in this edition, so left out")).to_be_visible()
    assert "messy-en" not in stranger.page.inner_text("body")


def test_let_go_forgets_it(open_page, tmp_path):
    visit = open_page(PAGE)
    _read(visit, messy(tmp_path))
    _use(visit)

    visit.page.get_by_role("button", name="Let it go").click()

    expect(_heading(visit.page, "2. What was recognised")).to_have_count(0)
    expect(visit.page).not_to_have_url(re.compile("your-matrix"))
    visit.settle()
    expect(visit.page.get_by_test_id("stFileUploaderFile")).to_have_count(0)


def test_the_briefing_shows_a_matrix_that_was_brought(open_page, tmp_path):
    visit = open_page(PAGE)
    _read(visit, messy(tmp_path))
    _use(visit)
    visit.page.get_by_role("button", name="Storyline: a briefing of it").click()
    expect(_heading(visit.page, "Which story does the briefing tell?")).to_be_visible()
    visit.settle()

    visit.page.keyboard.press("p")

    expect(visit.page).to_have_url(re.compile(r"/briefing\?.*edition=your-matrix"))
    slide = visit.page.get_by_test_id("stPlotlyChart").filter(has_text="1 / 10").first
    expect(slide).to_contain_text(
        "A matrix that a person brought, read by the program as it stands."
    )


def test_two_coders_are_compared_decided_and_resolved(open_page, tmp_path):
    grid = [
        ["Country", "Training centre", "Course title", "level (coder A)", "level (coder B)"],
        *(
            ["Ghana", "KAIPTC", f"Course {n}", "Module", "CIMIC" if n == 7 else "Module"]
            for n in range(12)
        ),
    ]
    visit = open_page(PAGE)
    page = visit.page
    page.locator('[data-testid="stFileUploaderDropzone"] input').last.set_input_files(
        write_grid(tmp_path / "coded.xlsx", grid)
    )
    visit.settle()

    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text(re.compile("0 of (1|one) course"))).to_be_visible(timeout=ANSWERED)
    visit.settle()
    _answer(visit, "Level", "UN-CMCoord module")
    page.get_by_role("textbox", name="Who decided").fill("Desk officer")
    page.get_by_role("textbox", name="Who decided").press("Tab")
    page.get_by_role("button", name="Keep this decision").click()
    visit.settle()
    page.get_by_role("button", name="Make the resolved matrix").click()
    expect(page.get_by_role("button", name="Resolved matrix (Excel)")).to_be_visible(
        timeout=ANSWERED
    )

    levels = _download(page, "Resolved levels (CSV)").decode()
    assert "Desk officer" in levels and levels.count("agreed") == 11
