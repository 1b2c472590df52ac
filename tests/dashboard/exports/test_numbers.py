"""Marked numbers: found again after editing, computed again, and listed when the data left them."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace

import docx
import pptx
import pytest

from dashboard.edition.selection import Selection, default_selection
from dashboard.edition.tables import Tables
from dashboard.exports.checked_numbers import office_file
from dashboard.exports.checked_numbers.marks import (
    LONGEST_NAME,
    Marks,
    finding,
    mark_name,
    mark_number,
    mark_number_in_run,
    mark_text,
    mark_text_in_run,
    marks,
    number_label,
    number_text,
)
from dashboard.exports.checked_numbers.read_back import number_places
from dashboard.exports.checked_numbers.registry import (
    REASONS,
    NotADocument,
    check,
    checked,
    findings,
)
from dashboard.exports.origin import Origin
from dashboard.figures import catalogue
from dashboard.figures.figure import Figure, Number, number

COURSES = [
    ("AAA", {"cmcoord_level": "module"}),
    ("BBB", {"cmcoord_level": "related"}),
    ("CCC", {"cmcoord_level": "related", "evidence_type": "news-report"}),
]
BEFORE = {"AAA": 200, "BBB": 300, "CCC": 500, "DDD": 1000}
FIGURES = ("coverage", "contributors", "world")
KINDS = ("docx", "pptx")


@pytest.fixture
def before(edition) -> Tables:
    return edition(courses=COURSES, persons=BEFORE)


def _figures(tables: Tables, selection: Selection | None = None, **options) -> list[Figure]:
    chosen = selection or default_selection(tables)
    return [catalogue.figure(id, tables, chosen, **options) for id in FIGURES]


def _written(kind: str, figures: list[Figure], into: Marks) -> bytes:
    """A document with the title and every number of the figures."""
    target = io.BytesIO()
    if kind == "docx":
        document = docx.Document()
        for figure in figures:
            heading = document.add_heading("", 1)
            mark_text(heading, finding(figure), figure.title, into)
            for one in figure.numbers:
                mark_number(document.add_paragraph(f"{one.label}: "), one, into)
        document.save(target)
    else:
        deck = pptx.Presentation()
        for figure in figures:
            slide = deck.slides.add_slide(deck.slide_layouts[1])
            title = slide.shapes.title.text_frame.paragraphs[0].add_run()
            mark_text_in_run(title, finding(figure), figure.title, into)
            for one in figure.numbers:
                paragraph = slide.placeholders[1].text_frame.add_paragraph()
                paragraph.add_run().text = f"{one.label}: "
                mark_number_in_run(paragraph.add_run(), one, into)
                paragraph.add_run().text = "."
        deck.save(target)
    return into.sealed(target.getvalue())


def _document(kind: str, tables: Tables, origin: Origin) -> bytes:
    selection = default_selection(tables)
    return _written(kind, _figures(tables), marks(tables, selection, origin))


def _edited(data: bytes, changes: Mapping[str, str]) -> bytes:
    """The file with texts replaced in its main parts, as an editor would."""
    missing = set(changes)

    def replaced(name: str, content: bytes) -> bytes:
        if not re.search(r"document\.xml$|slides/slide\d+\.xml$", name):
            return content
        text = content.decode()
        for old, new in changes.items():
            missing.difference_update({old} if old in text else ())
            text = text.replace(old, new)
        return text.encode()

    edited = _rezipped(data, replaced)
    assert not missing
    return edited


def _rezipped(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target.getvalue()


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (number("a.b", "", 6521, 92511), "7 per cent (6,521 of 92,511)"),
        (number("a.b", "", 3, 7), "3 of 7"),
        (number("a.b", "", 0, 0), "0"),
        (
            number("a.b", "", 200, 2000, lower=200, upper=1700),
            "10 per cent (200 of 2,000), between 10 and 85 per cent",
        ),
        (number("a.b", "", 3, 7, lower=3, upper=5), "3 of 7, between 3 and 5 of 7"),
        (number("a.b", "", 20, 20, lower=20, upper=20), "100 per cent (20 of 20)"),
    ],
)
def test_a_number_has_one_form_in_all_documents(one: Number, text: str):
    assert number_text(one) == text


@pytest.mark.parametrize(
    ("id", "label", "shown"),
    [
        ("coverage.covered", "Covered", "Covered"),
        ("coverage.documented", "20 per cent documented (2 of 10); nothing open", "Documented"),
        ("indicators.top", "Reached among the 2 largest", "Reached among the 2 largest"),
        ("missions.UNMISS", "3 of UNMISS, 2 of 10", "UNMISS"),
    ],
)
def test_no_label_says_the_number_again(id: str, label: str, shown: str):
    assert number_label(number(id, label, 2, 10)) == shown


def test_no_name_of_a_mark_is_longer_than_word_takes():
    ids = [f"function-topics.armed-groups.{'negotiation-' * times}" for times in (1, 5, 6)]
    names = [mark_name(id, "1a2b3c4d") for id in ids]

    assert all(len(name) <= LONGEST_NAME for name in names)
    assert len(set(names)) == len(ids)
    assert all(name.partition(".")[0] == "function-topics" for name in names)


# --- findings.json --------------------------------------------------------------------------------


def test_findings_hold_every_number_with_what_it_rests_on(before, made_from):
    figures = _figures(before)
    told = json.loads(json.dumps(findings(figures, before, default_selection(before), made_from)))
    rows = [row for figure in told["figures"] for row in figure["numbers"]]

    assert [row["id"] for row in rows] == [one.id for figure in figures for one in figure.numbers]
    headline = rows[0]
    assert (headline["n"], headline["N"], headline["value"]) == (200, 2000, 0.1)
    assert (headline["lower"], headline["upper"]) == (200, 1700)
    assert headline["text"] == "10 per cent (200 of 2,000), between 10 and 85 per cent"
    assert headline["selection"] == told["selection"]["query"] == "edition=tiny&as_of=2018-01-31"
    assert told["inputs"] == [{"path": "tiny/matrix.xlsx", "sha256": "0" * 64}]
    assert told["accessed"] == "2026-01-02"


# --- checking -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_that_nobody_touched_is_supported(kind, before, made_from):
    result = checked(_document(kind, before, made_from), kind, {"tiny": before})

    assert result.numbers == sum(1 + len(figure.numbers) for figure in _figures(before))
    assert result.stale == ()


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_that_the_data_left_are_listed_with_old_and_new_value(
    kind, before, made_from, edition
):
    data = _document(kind, before, made_from)
    after = edition(courses=COURSES, persons=BEFORE | {"AAA": 700, "DDD": 500}, name="tiny")
    listed = {one.id: one for one in check(data, kind, {"tiny": after})}

    then = {one.id: number_text(one) for figure in _figures(before) for one in figure.numbers}
    now = {one.id: number_text(one) for figure in _figures(after) for one in figure.numbers}
    moved = {id for id, text in then.items() if now[id] != text}
    titles = {
        finding(new).id
        for old, new in zip(_figures(before), _figures(after), strict=True)
        if old.title != new.title
    }
    assert listed.keys() == moved | titles and moved
    headline, old = listed["coverage.covered"], "10 per cent (200 of 2,000)"
    assert (headline.stands, headline.old) == (old, old)
    assert headline.new == "35 per cent (700 of 2,000)"
    assert headline.why == "changed" and headline.label == "Covered"
    assert headline.where.startswith("paragraph " if kind == "docx" else "slide 1")


@pytest.mark.parametrize("kind", KINDS)
def test_a_number_edited_by_hand_is_listed_as_such_and_no_other(kind, before, made_from):
    data = _edited(_document(kind, before, made_from), {"25 per cent (500 of 2,000)": "a quarter"})
    listed = check(data, kind, {"tiny": before})

    assert {one.id for one in listed} == {"coverage.partial", "contributors.CCC"}
    assert {(one.stands, one.old, one.new, one.why) for one in listed} == {
        ("a quarter", "25 per cent (500 of 2,000)", "25 per cent (500 of 2,000)", "edited")
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_number_brought_up_to_date_by_hand_is_supported(kind, before, made_from, edition):
    after = edition(courses=COURSES, persons=BEFORE | {"AAA": 700, "DDD": 500}, name="tiny")
    data = _edited(
        _document(kind, before, made_from),
        {"50 per cent (1,000 of 2,000)": "25 per cent (500 of 2,000)"},
    )

    assert "contributors.DDD" not in {one.id for one in check(data, kind, {"tiny": after})}


@pytest.mark.parametrize("kind", KINDS)
def test_a_title_in_own_words_falls_only_with_its_finding(kind, before, made_from, edition):
    title = _figures(before)[0].title
    data = _edited(_document(kind, before, made_from), {title: "What we do not know"})
    after = edition(courses=COURSES, persons=BEFORE | {"AAA": 700, "BBB": 1800}, name="tiny")

    assert check(data, kind, {"tiny": before}) == []
    listed = {one.id: one for one in check(data, kind, {"tiny": after})}
    assert listed["coverage.finding"].stands == "What we do not know"
    assert listed["coverage.finding"].new == _figures(after)[0].title


def test_a_country_that_is_no_longer_among_the_largest_keeps_its_number(before, made_from, edition):
    data = _document("docx", before, made_from)
    larger = {f"X{number:02d}": 9000 + number for number in range(20)}
    after = edition(courses=COURSES, persons=BEFORE | larger, name="tiny")
    listed = {one.id: one for one in check(data, "docx", {"tiny": after})}

    assert listed["contributors.AAA"].new.endswith("(200 of 182,190)")


def test_a_number_that_is_no_more_says_so(before, made_from, edition):
    data = _document("docx", before, made_from)
    after = edition(courses=COURSES[1:], persons={"BBB": 300, "CCC": 500, "DDD": 1000}, name="tiny")
    listed = {one.id: one for one in check(data, "docx", {"tiny": after})}

    assert (listed["contributors.AAA"].why, listed["contributors.AAA"].new) == ("gone", "")


def test_numbers_of_a_country_are_computed_for_that_country(before, made_from):
    selection = default_selection(before)
    into = marks(before, selection, made_from)
    figures = [
        catalogue.figure("country-levels", before, selection, iso3=iso3) for iso3 in ("BBB", "CCC")
    ]

    assert check(_written("docx", figures, into), "docx", {"tiny": before}) == []


def test_numbers_are_computed_for_the_filters_of_the_document(before, made_from, edition):
    selection = replace(default_selection(before), threshold="related", missions=("MINX",))
    into = marks(before, selection, made_from)
    data = _written("docx", _figures(before, selection), into)

    assert "threshold=related" in into.query and "mission=MINX" in into.query
    assert check(data, "docx", {"tiny": before}) == []
    elsewhere = edition(courses=COURSES, persons={("AAA", "troops", "MINY"): 200}, name="tiny")
    listed = check(data, "docx", {"tiny": elsewhere})
    assert {(one.why, one.detail, one.new) for one in listed} == {
        ("not-offered", "mission: MINX", "")
    }


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_copied_into_a_document_without_records_are_found_by_their_marks(
    kind, before, made_from
):
    """What Word does with content controls that are copied, and LibreOffice with custom parts."""
    selection = replace(default_selection(before), threshold="related")
    for chosen, why in ((default_selection(before), set()), (selection, {"no-view"})):
        into = marks(before, chosen, made_from)
        data = _written(kind, _figures(before, chosen), into)
        bare = _rezipped(data, _without_records)

        listed = check(bare, kind, {"tiny": before})
        assert {one.why for one in listed} == why
        assert len(number_places(bare, kind).places) == len(number_places(data, kind).places)


def _without_records(name: str, content: bytes) -> bytes | None:
    if name.startswith("customXml/") or name == "docProps/custom.xml":
        return None
    if name.endswith(".rels"):
        return re.sub(rb"<Relationship [^>]*(customXml|custom-properties)[^>]*/>", b"", content)
    return content


def test_text_that_tracked_changes_took_away_does_not_count(before, made_from):
    old, new = "25 per cent (500 of 2,000)", "30 per cent (600 of 2,000)"
    tracked = (
        f"<w:del><w:r><w:delText>{old}</w:delText></w:r></w:del>"
        f"<w:ins><w:r><w:t>{new}</w:t></w:r></w:ins>"
    )
    data = _edited(_document("docx", before, made_from), {f"<w:r><w:t>{old}</w:t></w:r>": tracked})

    assert {one.stands for one in check(data, "docx", {"tiny": before})} == {new}


def test_a_number_that_editing_has_split_into_runs_is_one_number(before, made_from):
    data = _document("pptx", before, made_from)
    whole = "25 per cent (500 of 2,000)"

    def split(name: str, content: bytes) -> bytes:
        run = rb"<a:r>((?:(?!</a:r>).)*)<a:t>" + re.escape(whole).encode() + rb"</a:t></a:r>"
        parts = (rb"26 per cent ", rb"(500 of 2,000)")
        return re.sub(
            run, b"".join(rb"<a:r>\1<a:t>" + one + rb"</a:t></a:r>" for one in parts), content
        )

    listed = check(_rezipped(data, split), "pptx", {"tiny": before})
    assert {one.stands for one in listed} == {"26 per cent (500 of 2,000)"}


def test_a_document_of_others_has_no_numbers_and_is_no_error():
    target = io.BytesIO()
    docx.Document().save(target)

    assert checked(target.getvalue(), "docx", {}).numbers == 0


def test_every_reason_has_words():
    assert set(REASONS) == {"changed", "edited", "gone", "no-view", "not-offered"}


@pytest.mark.office
@pytest.mark.parametrize("kind", KINDS)
def test_marks_survive_saving_in_libreoffice(kind, before, made_from, office):
    data = _document(kind, before, made_from)
    saved = office(data, kind, kind).read_bytes()

    there, back = number_places(data, kind), number_places(saved, kind)
    assert [(p.name, p.text) for p in back.places] == [(p.name, p.text) for p in there.places]
    assert back.views == there.views
    assert check(saved, kind, {"tiny": before}) == []


# --- files from outside ---------------------------------------------------------------------------

_DOCTYPE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'
)
_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    b"<x>&b;</x>"
)


def _main_part(content: bytes) -> Callable[[str, bytes], bytes]:
    return lambda name, old: content if name == "word/document.xml" else old


def _zip_of(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("hostile", "said"),
    [
        (lambda data: b"", "not a Word document"),
        (lambda data: b"PK\x03\x04 and then nothing", "not a Word document"),
        (lambda data: data[: len(data) // 2], "not a Word document"),
        (lambda data: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
        (lambda data: _zip_of({"a.txt": b"a"}), "some other kind of zip"),
        (lambda data: _rezipped(data, _main_part(_DOCTYPE)), "document type or entities"),
        (lambda data: _rezipped(data, _main_part(_LAUGHS)), "document type or entities"),
        (lambda data: _rezipped(data, _main_part(b"<w:document")), "damaged"),
        (lambda data: _rezipped(data, _main_part(b"\xff\xfe\x00")), "damaged"),
        (lambda data: _rezipped(data, _main_part(bytes(40_000_000))), "unpacks to more"),
        (
            lambda data: _rezipped(data, lambda name, old: None if "document.xml" in name else old),
            "another program",
        ),
    ],
)
def test_what_is_not_safe_to_read_is_refused_in_words(hostile, said, before, made_from):
    data = hostile(_document("docx", before, made_from))

    with pytest.raises(NotADocument, match=said):
        check(data, "docx", {"tiny": before})


def test_a_file_of_the_other_program_is_refused(before, made_from):
    with pytest.raises(NotADocument, match="another program"):
        check(_document("pptx", before, made_from), "docx", {"tiny": before})
    with pytest.raises(NotADocument, match="no marked numbers"):
        check(b"", "odt", {"tiny": before})


def test_limits_of_size_hold(monkeypatch, before, made_from):
    data = _document("docx", before, made_from)
    for limit, said in (
        ("MOST_BYTES", "larger than"),
        ("MOST_PARTS", "more than"),
        ("MOST_XML", "unpacks to more"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(office_file, limit, 5)
            with pytest.raises(NotADocument, match=said):
                check(data, "docx", {"tiny": before})


def test_deep_nesting_and_strange_names_do_no_harm(before, made_from):
    deep = b"<w:sdt>" * 3000 + b"</w:sdt>" * 3000
    strange = (
        b"<w:p><w:sdt><w:sdtPr><w:tag w:val='../../etc.passwd@00000000'/></w:sdtPr>"
        b"<w:sdtContent><w:r><w:t>1</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    data = _rezipped(
        _document("docx", before, made_from),
        lambda name, old: (
            old.replace(b"<w:body>", b"<w:body>" + deep + strange)
            if name == "word/document.xml"
            else old
        ),
    )

    assert [(one.why, one.id) for one in check(data, "docx", {"tiny": before})] == [
        ("no-view", "../../etc.passwd")
    ]
