"""The page of one country in a Word document. Lists are cut where the page ends, and say so."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

import pandas as pd
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from dashboard.edition.tables import Tables
from dashboard.edition.wording import count, counted, long_date
from dashboard.exports.checked_numbers.marks import mark_number, plain
from dashboard.exports.origin import PREFIX, Origin
from dashboard.exports.word.blocks import Blocks, add_picture
from dashboard.exports.word.look import SMALL, TEXT_WIDTH
from dashboard.exports.word.one_pager_facts import Facts
from dashboard.exports.word.tables import Printed, add_table
from dashboard.figures.figure import Number
from dashboard.measures.questions import DETAIL

# What one page of A4 holds beside its picture: items of each list, and their lines together.
MOST_CENTRES, MOST_COURSES, MOST_QUESTIONS, MOST_MISSIONS = 5, 3, 4, 5
MOST_LINES, LETTERS_OF_A_LINE = 10, 98
LONGEST_NAME, LONGEST_TITLE, LONGEST_EVIDENCE = 56, 80, 160
_CENTRE_WIDTHS = (0.52, 0.14, 0.09, 0.25)


def add_page(blocks: Blocks, page: Facts, picture: bytes, tables: Tables, origin: Origin) -> None:
    """One country on a page of its own. `picture`: its courses and personnel, empty for none."""
    heading = blocks.heading(page.country.title, 1, new_page=bool(blocks.headings))
    heading.paragraph_format.space_after = Pt(3)
    _personnel(blocks, page)
    blocks.small(page.country.reason, "Why this class")
    blocks.small(page.country.next_step, "What it asks for")
    if picture:
        _picture(blocks, page, picture)
    _training(blocks, page, tables)
    _evidence(blocks, page)
    _questions(blocks, page)
    _sources(blocks, page, tables, origin)


def _personnel(blocks: Blocks, page: Facts) -> None:
    line = blocks.paragraph(SMALL)
    if page.share is None or not page.share.n:
        line.add_run(plain(f"{page.country.persons or 'No personnel under these filters'}."))
        return
    if page.rank:
        line.add_run(f"Rank {count(page.rank)}: ").bold = True
    _marked(blocks, line, page.share)
    line.add_run(" of the personnel")
    if page.women:
        line.add_run("; women: ")
        _marked(blocks, line, page.women)
    line.add_run(f". {plain(page.filters)}.")
    types = "; ".join(f"{label} {count(n)}" for label, n in page.types.items() if n)
    if types:
        blocks.small(f"{types}.", "By type")
    if page.missions:
        _missions(blocks, page.missions)


def _missions(blocks: Blocks, missions: Sequence[Number]) -> None:
    line = blocks.paragraph(SMALL)
    line.add_run("By mission: ").bold = True
    for place, number in enumerate(missions[:MOST_MISSIONS]):
        line.add_run("; " * bool(place))
        line.add_run(f"{plain(number.id.rpartition('.')[2])} ")
        _marked(blocks, line, number)
    others = len(missions) - MOST_MISSIONS
    line.add_run(f"; {counted(others, 'other mission')}." if others > 0 else ".")


def _picture(blocks: Blocks, page: Facts, picture: bytes) -> None:
    paragraph = blocks.paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(4), Pt(0)
    paragraph.paragraph_format.line_spacing = 1.0
    shown = [figure for figure in (page.levels, page.personnel) if not figure.empty]
    width = TEXT_WIDTH if len(shown) > 1 else TEXT_WIDTH // 2
    name = f"Courses and personnel, {page.country.name}"
    alt = " ".join(figure.alt for figure in shown)
    add_picture(paragraph.add_run(), picture, width, name, alt)


def _training(blocks: Blocks, page: Facts, tables: Tables) -> None:
    _section(blocks, "Centres and courses")
    centres = page.centres
    if centres.empty:
        blocks.small(page.levels.empty or "No training centre is on record.")
        return
    if page.by_level:
        line = blocks.paragraph(SMALL)
        line.add_run("Courses by level: ").bold = True
        for place, number in enumerate(page.by_level):
            line.add_run("; " * bool(place))
            line.add_run(f"{plain(number.label)} ")
            _marked(blocks, line, number)
        line.add_run(f". {plain(page.languages)}")
    else:
        blocks.small(page.levels.empty)
    rows = tuple(
        (
            _cut(row["centre_name"], LONGEST_NAME),
            plain(row["city"]),
            count(row["courses"]),
            plain(row["level"]),
        )
        for row in centres.head(MOST_CENTRES).to_dict("records")
    )
    widths = tuple(int(TEXT_WIDTH * part) for part in _CENTRE_WIDTHS)
    heads = ("Centre", "City", "Courses", "Highest level")
    table = Printed(heads, rows, (False, False, True, False), widths)
    add_table(blocks.document, table, f"Training centres of {page.country.name}")
    _more(blocks, len(centres) - MOST_CENTRES, "centre")


def _evidence(blocks: Blocks, page: Facts) -> None:
    _section(blocks, "Evidence")
    if page.grade:
        blocks.small(page.grade, "Quality of the evidence")
    shown = _bullets(blocks, map(_course, page.courses.to_dict("records")), MOST_COURSES)
    _more(blocks, len(page.courses) - shown, "course")


def _course(row: dict) -> tuple[str, str]:
    said = _cut(row["evidence"], LONGEST_EVIDENCE) or "No words of evidence are recorded."
    facts = (
        row["level"],
        row["evidence_kind"],
        row["years"],
        _site(row["source_url"]),
        row["workbook_cell"],
    )
    about = ", ".join(plain(fact) for fact in facts if fact)
    return _cut(row["course_title"], LONGEST_TITLE), f" ({about}): {said}"


def _questions(blocks: Blocks, page: Facts) -> None:
    _section(blocks, "What to ask next")
    questions: pd.DataFrame = page.questions
    if questions.empty:
        blocks.small("No question is open.")
        return
    # Details fill up the list only where there is nothing about content.
    content = questions[questions["priority"] < DETAIL]
    rows = (content if len(content) else questions).to_dict("records")
    shown = _bullets(blocks, map(_question, rows), MOST_QUESTIONS)
    _more(blocks, len(questions) - shown, "open question")


def _question(row: dict) -> tuple[str, str]:
    centre = _cut(row["centre_name"], LONGEST_NAME)
    return f"{centre}: " if centre else "", plain(row["question"])


def _sources(blocks: Blocks, page: Facts, tables: Tables, origin: Origin) -> None:
    package = tables.package
    made = [f"Made from SHA-256 {origin.inputs[:PREFIX]}."] * bool(origin.inputs)
    view = [f"View: {origin.link}"] * bool(origin.link)
    told = [
        page.country.source,
        package.statement,
        *made,
        f"Accessed {long_date(origin.accessed.isoformat())}.",
        *view,
    ]
    blocks.small(" ".join(told), "Source").paragraph_format.space_before = Pt(6)


def _section(blocks: Blocks, title: str) -> None:
    heading = blocks.heading(title, 2)
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(6), Pt(2)


def _bullets(blocks: Blocks, items: Iterable[tuple[str, str]], most: int) -> int:
    """Items, each with its first words in bold, as far as the page has room. Returns how many."""
    shown = lines = 0
    for strong, text in items:
        lines += -(-len(strong + text) // LETTERS_OF_A_LINE)
        if shown == most or (shown and lines > MOST_LINES):
            break
        paragraph = blocks.paragraph("List Bullet")
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.paragraph_format.line_spacing = 1.0
        paragraph.add_run(strong).bold = True
        paragraph.add_run(text)
        shown += 1
    return shown


def _marked(blocks: Blocks, line: Paragraph, number: Number) -> None:
    mark_number(line, number, blocks.marks).bold = True


def _more(blocks: Blocks, others: int, what: str) -> None:
    if others > 0:
        blocks.small(f"And {counted(others, f'other {what}')}.")


def _cut(text: str, most: int) -> str:
    """Text of at most so many letters, cut between words."""
    text = plain(text)
    if len(text) <= most:
        return text
    return f"{text[:most].rsplit(' ', 1)[0].rstrip(',;:. ')} …"


def _site(address: str) -> str:
    return urlsplit(address).netloc.removeprefix("www.") if address.startswith("http") else ""
