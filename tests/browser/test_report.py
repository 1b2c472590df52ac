"""The report page in a browser: a small report by keyboard, and a large one that is cancelled."""

import re
import zipfile

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SECONDS = 120
MAKE, CANCEL = "Make these documents", "Cancel"


def test_a_small_word_report_is_made_by_keyboard_and_taken_away(open_page):
    page = open_page("/report?parts=coverage,world&documents=word").page

    page.get_by_role("checkbox", name="Missions", exact=True).focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(r"parts=coverage%2Cworld%2Cmissions|coverage,world,miss"))
    page.get_by_role("button", name=MAKE).focus()
    page.keyboard.press("Enter")
    ready = page.get_by_role("button", name=re.compile(r"Word \("))
    expect(ready).to_be_visible(timeout=SECONDS * 1000)
    with page.expect_download() as download:
        ready.click()

    assert download.value.suggested_filename == "report_desk-review-2018_2018-01-31_all_module.docx"
    with zipfile.ZipFile(download.value.path()) as word:
        pictures = [name for name in word.namelist() if name.endswith(".png")]
        text = word.read("word/document.xml").decode("utf-8")
    # A figure that is higher than a page is cut into several pictures.
    assert len(pictures) >= 3
    assert "UN-CMCoord in the training of peacekeepers" in text


def test_a_job_tells_its_progress_can_be_cancelled_and_blocks_nobody(open_page):
    mine = open_page("/report?documents=word,slides,packs")
    mine.page.get_by_role("button", name=MAKE).click()
    progress = mine.page.get_by_test_id("stProgress")
    expect(progress).to_contain_text(re.compile(r"\d+ of \d+: .+"), timeout=SECONDS * 1000)

    # Somebody else meanwhile.
    expect(open_page("/contributors").page.get_by_role("heading", level=1)).to_be_visible()
    mine.page.get_by_role("button", name=CANCEL).click()

    expect(mine.page.get_by_text("Cancelled. Nothing was kept.")).to_be_visible(
        timeout=SECONDS * 1000
    )
    expect(progress).to_have_count(0)
    mine.settle()
