"""Figures as pictures, looked at by other programs: Pillow, poppler, an XML parser."""

import io
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from dashboard.charts.marks.look import BOUNDARIES, DISCLAIMER
from dashboard.charts.marks.sheets import SHEETS, DoesNotFit
from dashboard.edition import store
from dashboard.edition.selection import default_selection
from dashboard.exports.origin import origin
from dashboard.exports.pictures import browser
from dashboard.exports.pictures import picture as picturing
from dashboard.exports.pictures.browser import NoBrowser
from dashboard.exports.pictures.picture import FORMATS, Job, picture, pictures, why_not
from dashboard.figures.catalogue import figure

PUBLISHED = Path(__file__).parents[3] / "data" / "processed" / store.DEFAULT_EDITION
LINK = "https://example.org/contributors?personnel=police"
PIXELS = {"slide": (1920, 1080), "half-slide": (960, 1080), "square": (1080, 1080)}
WIDE = {"a4": 170, "a4-column": 80}  # mm
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '=1+1 & <b>Côte d\'Ivoire</b> "said"\x0b'


@pytest.fixture(scope="module")
def tables():
    return store.read(PUBLISHED)


@pytest.fixture(scope="module")
def made_from(tables):
    return origin(tables, LINK, date(2026, 11, 21))


@pytest.fixture(scope="module")
def bar(tables):
    """A figure with hatched bars, a bracket and a legend."""
    return figure("coverage", tables, default_selection(tables))


@pytest.fixture(scope="module")
def drawn(bar, made_from):
    """(sheet, format) -> the figure as that picture."""
    jobs = [Job(bar, sheet, format, made_from) for sheet in SHEETS for format in FORMATS]
    made = dict(zip(((job.sheet, job.format) for job in jobs), pictures(jobs), strict=True))
    yield made
    browser.stop()


@pytest.fixture(scope="module")
def world(tables, made_from):
    whole = figure("world", tables, default_selection(tables))
    jobs = [Job(whole, "a4", format, made_from) for format in FORMATS]
    return dict(zip(FORMATS, pictures(jobs), strict=True))


def _pdf(program, data, tmp_path):
    path = tmp_path / "figure.pdf"
    path.write_bytes(data)
    if shutil.which(program) is None:
        pytest.skip("needs poppler (Debian: poppler-utils)")
    arguments = [program, "-layout", path, "-"] if program == "pdftotext" else [program, path]
    return subprocess.run(arguments, capture_output=True, text=True, check=True).stdout


def _words(text):
    return " ".join(text.split())


def _svg_text(root):
    """The text of an SVG in the order of its elements, whatever lines it stands on."""
    parts = [*root.iter(f"{SVG}tspan"), *root.iter(f"{SVG}text")]
    return _words(" ".join("".join(part.itertext()) for part in parts))


@pytest.mark.browser
@pytest.mark.parametrize("sheet", SHEETS)
def test_a_png_has_the_pixels_and_the_resolution_of_its_sheet(drawn, bar, sheet):
    with Image.open(io.BytesIO(drawn[sheet, "png"])) as seen:
        seen.load()

        assert seen.info["dpi"][0] == pytest.approx(SHEETS[sheet].ppi, abs=0.01)
        if sheet in PIXELS:
            assert seen.size == PIXELS[sheet]
        else:
            assert seen.size[0] / 300 * 25.4 == pytest.approx(WIDE[sheet], abs=0.1)
        assert {seen.getpixel((0, 0)), seen.getpixel((seen.width - 1, 0))} == {(255, 255, 255)}
        assert seen.text["Title"] == bar.title and seen.text["Description"] == bar.alt
        assert bar.source in seen.text["Source"] and LINK in seen.text["Source"]


@pytest.mark.browser
@pytest.mark.parametrize("sheet", SHEETS)
def test_a_pdf_is_one_page_of_exactly_the_size_of_its_sheet(drawn, bar, sheet, tmp_path):
    told = _pdf("pdfinfo", drawn[sheet, "pdf"], tmp_path)

    width, height = map(float, re.search(r"Page size: +([\d.]+) x ([\d.]+) pts", told).groups())
    assert re.search(r"Pages: +1\n", told)
    assert width == pytest.approx(SHEETS[sheet].width * 0.75, abs=0.01)
    assert SHEETS[sheet].height is None or height == pytest.approx(SHEETS[sheet].height * 0.75)
    assert bar.title in told and bar.alt[:60] in told


@pytest.mark.browser
def test_a_picture_says_what_it_shows_for_whom_from_where_and_how_it_is_found_again(
    drawn, bar, made_from, tmp_path
):
    seen = _words(_pdf("pdftotext", drawn["a4", "pdf"], tmp_path)).replace("- ", "-")

    for words in (
        bar.title,
        bar.subtitle,
        bar.note,
        f"Source: {bar.source}",
        bar.statement,
        made_from.line,
    ):
        assert _words(words) in seen
    assert made_from.inputs[:12] in seen and DISCLAIMER not in seen


@pytest.mark.browser
def test_an_svg_has_a_name_and_its_text_stays_text(drawn, bar):
    root = ET.fromstring(drawn["slide", "svg"])

    assert [root[0].tag, root[0].text] == [f"{SVG}title", bar.title]
    assert [root[1].tag, root[1].text] == [f"{SVG}desc", bar.alt]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby").split() == [root[0].get("id"), root[1].get("id")]
    assert (root.get("width"), root.get("height")) == ("1280", "720")
    assert root.get("viewBox") == "0 0 1280 720"
    text = _svg_text(root)
    assert "Established gap" in text and "lower bound" in text and _words(bar.title)[:30] in text


@pytest.mark.browser
def test_an_svg_asks_nobody_for_anything(drawn, world):
    for data in (drawn["a4", "svg"], world["svg"]):
        text = re.sub(rb'xmlns(:\w+)?="[^"]+"', b"", data)
        addresses = re.findall(rb'(?:href|src)="([^"#][^"]*)"|url\((?!#)', text)
        assert addresses == []


@pytest.mark.browser
def test_hatches_are_lines_in_svg_and_pdf_and_not_pictures_of_lines(drawn):
    root = ET.fromstring(drawn["a4", "svg"])
    page = PdfReader(io.BytesIO(drawn["a4", "pdf"])).pages[0]

    assert not list(root.iter(f"{SVG}pattern"))
    hatches = [path for path in root.iter(f"{SVG}path") if path.get("class") == "hatch"]
    assert len(hatches) >= 4 and all(path.get("d").count("M") > 1 for path in hatches)
    resources = page["/Resources"]
    assert "/Pattern" not in resources and "/XObject" not in resources


@pytest.mark.browser
def test_a_map_names_the_source_of_its_boundaries(world, tmp_path):
    seen = _words(_pdf("pdftotext", world["pdf"], tmp_path))

    assert f"{BOUNDARIES} {DISCLAIMER}" in seen
    assert len(re.findall(rb"<path", world["svg"])) > 150  # the countries are drawn


@pytest.mark.browser
def test_the_same_figure_gives_the_same_picture(drawn, world, bar, tables, made_from):
    again = figure("coverage", tables, default_selection(tables))
    shapes = figure("world", tables, default_selection(tables))
    jobs = [Job(again, "a4", format, made_from) for format in FORMATS]
    jobs += [Job(shapes, "a4", format, made_from) for format in FORMATS]

    made = list(pictures(jobs))

    assert made[:3] == [drawn["a4", format] for format in FORMATS]
    assert made[3:] == [world[format] for format in FORMATS]


@pytest.mark.browser
def test_an_edited_title_is_shown_as_it_is_and_the_filters_stay(bar, made_from, tmp_path):
    svg = picture(bar, "a4", "svg", made_from, title=HOSTILE, caption="Our own words & <more>")
    pdf = picture(bar, "a4", "pdf", made_from, title=HOSTILE)

    root = ET.fromstring(svg)
    shown = HOSTILE.replace("\x0b", "").strip()
    assert root[0].text.strip() == shown and root[1].text == bar.alt
    assert "=1+1 & <b>Côte d'Ivoire</b>" in _svg_text(root)
    assert "Our own words & <more>" in _svg_text(root) and bar.note[:30] not in _svg_text(root)
    seen = _words(_pdf("pdftotext", pdf, tmp_path))
    assert '=1+1 & <b>Côte d\'Ivoire</b> "said"' in seen and _words(bar.subtitle)[:60] in seen


@pytest.mark.browser
def test_a_browser_that_has_died_is_replaced(bar, made_from, drawn):
    browser.renderer()._kaleido.subprocess.kill()

    assert picture(bar, "a4", "png", made_from) == drawn["a4", "png"]


def test_a_figure_that_does_not_fit_is_told_before_it_is_drawn(bar, made_from, monkeypatch):
    whole = picturing.finish

    def finish(*chart, sheet, **how):
        if sheet.height:
            raise DoesNotFit(f"Too high for {sheet.label}.")
        return whole(*chart, sheet=sheet, **how)

    monkeypatch.setattr(picturing, "finish", finish)

    assert why_not(bar, "square", made_from) == "Too high for Square, 1080 × 1080."
    assert why_not(bar, "a4", made_from) == ""
    with pytest.raises(DoesNotFit, match="Too high"):
        picture(bar, "square", "png", made_from)


def test_without_a_browser_people_are_told_what_to_install(bar, made_from, monkeypatch):
    monkeypatch.setattr(browser, "_kept", [])
    monkeypatch.setattr(browser, "find", lambda: None)

    with pytest.raises(NoBrowser, match="install"):
        picture(bar, "a4", "png", made_from)
    assert "install" in browser.missing()
