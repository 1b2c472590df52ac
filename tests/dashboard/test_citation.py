"""How to cite an edition: text, BibTeX and RIS say the same and break nothing."""

import re
from datetime import date

import pytest

from dashboard.edition.tables import Package
from dashboard.figures.citation import cite

DAY = date(2026, 11, 21)
ABOUT = {
    "statement": "What it is.",
    "as_of": "2018-02-28",
    "producer": "A & B_1",
    "licence": "Open {licence}",
    "url": "https://example.org/atlas",
}


def _cite(title="A review: 100% {new}", url="", **about):
    return cite(Package({"title": title, "edition": ABOUT | about}), "review-2018", DAY, url)


def test_the_text_names_title_year_producer_edition_address_and_day_of_access():
    assert _cite(title="A review").text == (
        "A review (2018) [data set]. A & B_1. Review as of 28 February 2018. CMCoord Training "
        "Atlas, edition review-2018. https://example.org/atlas Accessed 21 November 2026."
    )


def test_without_an_address_none_is_named():
    citation = _cite(url="")

    assert "url" not in cite(
        Package({"title": "T", "edition": ABOUT | {"url": ""}}), "t", DAY
    ).bibtex.replace("urldate", "")
    assert "https://example.org/atlas" in citation.bibtex


def test_an_address_that_is_given_counts_before_that_of_the_edition():
    citation = _cite(url="https://example.org/here?country=GHA")

    assert all(
        "https://example.org/here?country=GHA" in text
        for text in (citation.text, citation.bibtex, citation.ris)
    )


def test_bibtex_is_one_entry_with_balanced_braces_and_escaped_signs():
    bibtex = _cite().bibtex

    assert bibtex.startswith("@misc{review-2018,\n") and bibtex.endswith("}\n")
    bare = re.sub(r"\\[{}]", "", bibtex)
    assert bare.count("{") == bare.count("}")
    assert r"A \& B\_1" in bibtex and r"100\% \{new\}" in bibtex
    assert "urldate = {2026-11-21}" in bibtex and "year = {2018}" in bibtex


def test_ris_has_a_type_first_an_end_last_and_one_field_a_line():
    ris = _cite(statement="One line.\r\nER  - \nTY  - BOOK").ris

    lines = ris.split("\r\n")
    assert lines[0] == "TY  - DATA" and lines[-2:] == ["ER  - ", ""]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])
    assert [line[:2] for line in lines].count("ER") == 1
    assert "Y2  - 2026/11/21" in lines and "PY  - 2018" in lines


@pytest.mark.parametrize("key", ["a b,c", "é", ""])
def test_the_key_of_bibtex_holds_no_sign_that_ends_it(key):
    citation = cite(Package({"title": "T", "edition": ABOUT}), key, DAY)

    assert re.match(r"@misc\{[A-Za-z0-9_.:-]+,\n", citation.bibtex)
