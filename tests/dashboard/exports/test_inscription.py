"""What is written into a picture, tried on small files that no browser drew."""

import io
import xml.etree.ElementTree as ET
from datetime import date

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from dashboard.exports.pictures.inscription import (
    Inscription,
    inscribed_pdf,
    inscribed_png,
    inscribed_svg,
)

SAID = Inscription(
    "Türkiye & <b>Côte d'Ivoire</b>",
    'Says "all"\x0b of it',
    "The source",
    "Nobody",
    date(2018, 2, 28),
    "coverage",
)
SVG = """<svg xmlns="http://www.w3.org/2000/svg" class="main-svg" width="10" height="10" style="">\
<defs id="defs-{0}"><clipPath id="clip{0}"><path d="M0.123456789,1H2"/></clipPath></defs>\
<g class="trace trace{0}" clip-path="url(#clip{0})"><path style="fill: url('#p{0}')"/></g>\
<pattern id="p{0}"/><text>n = 5\x0b &amp; more</text></svg>"""
NAMESPACE = "{http://www.w3.org/2000/svg}"


def _svg(uid="a1b2c3", on_paper=False):
    return inscribed_svg(SVG.format(uid).encode(), SAID, 96.0, 48.0, on_paper)


def test_an_svg_is_an_image_with_title_and_description_first():
    root = ET.fromstring(_svg())

    title, description = root[0], root[1]
    assert (title.tag, description.tag) == (f"{NAMESPACE}title", f"{NAMESPACE}desc")
    assert title.text == "Türkiye & <b>Côte d'Ivoire</b>" and description.text == 'Says "all" of it'
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert root.find(f"{NAMESPACE}text").text == "n = 5 & more"


@pytest.mark.parametrize(
    ("on_paper", "size"), [(False, ("96", "48")), (True, ("25.4mm", "12.7mm"))]
)
def test_an_svg_declares_its_size_in_the_unit_of_its_sheet(on_paper, size):
    root = ET.fromstring(_svg(on_paper=on_paper))

    assert (root.get("width"), root.get("height")) == size
    assert root.get("viewBox") == "0 0 96 48"


def test_random_names_become_the_same_names_and_still_point_to_each_other():
    text = _svg("a1b2c3").decode()

    assert text == _svg("ffee00").decode() and "a1b2c3" not in text
    root = ET.fromstring(text)
    names = {element.get("id") for element in root.iter()} - {None}
    group = root.find(f"{NAMESPACE}g")
    assert group.get("clip-path").removeprefix("url(#").removesuffix(")") in names
    assert group[0].get("style").removeprefix("fill: url(#").removesuffix(")") in names


def test_numbers_have_no_more_digits_than_can_be_seen():
    assert 'd="M0.123,1H2"' in _svg().decode()


def test_each_line_of_a_text_has_a_place_of_its_own():
    text = """<svg xmlns="http://www.w3.org/2000/svg"><text x="1" y="11" style="font-size: 10px;">\
<tspan dy="0em" x="1" y="11">One</tspan><tspan dy="1.3em" x="1" y="11">two</tspan></text></svg>"""

    root = ET.fromstring(inscribed_svg(text.encode(), SAID, 96, 48, on_paper=False))

    lines = list(root.iter(f"{NAMESPACE}tspan"))
    assert [line.get("y") for line in lines] == ["11", "24"]
    assert not any(line.get("dy") for line in lines)


def test_a_png_has_its_resolution_its_words_and_no_transparency():
    target = io.BytesIO()
    Image.new("RGBA", (20, 10), (255, 255, 255, 255)).save(target, "PNG")

    with Image.open(io.BytesIO(inscribed_png(target.getvalue(), SAID, 300))) as picture:
        picture.load()

        assert picture.mode == "RGB" and picture.size == (20, 10)
        assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.01)
        assert picture.text == {
            "Title": SAID.title,
            "Description": SAID.description,
            "Source": SAID.source,
        }


def test_a_pdf_has_a_title_a_subject_the_date_of_the_edition_and_the_size_of_the_sheet():
    target, writer = io.BytesIO(), PdfWriter()
    writer.add_blank_page(72.4, 36.4)
    writer.add_metadata({"/Creator": "A browser", "/CreationDate": "D:20261121000000Z"})
    writer.write(target)

    data = inscribed_pdf(target.getvalue(), SAID, 96.0, 48.0)

    reader = PdfReader(io.BytesIO(data))
    assert reader.metadata.title == SAID.title and reader.metadata.subject == SAID.description
    assert reader.metadata.author == "Nobody" and reader.metadata.creator is None
    assert reader.metadata.creation_date.date() == date(2018, 2, 28)
    assert [float(side) for side in reader.pages[0].mediabox] == [0, 0, 72, 36]
    assert data == inscribed_pdf(target.getvalue(), SAID, 96.0, 48.0)
