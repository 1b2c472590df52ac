"""Markdown of the method as paragraphs and tables of Word: as much of it as the method uses."""

import re
from collections.abc import Iterator

from docx.shared import Mm
from docx.text.paragraph import Paragraph

from dashboard.exports.word.blocks import Blocks
from dashboard.exports.word.look import TEXT_WIDTH
from dashboard.exports.word.tables import Printed, add_table

_INLINE = re.compile(
    r"\*\*(?P<bold>.+?)\*\*|`(?P<code>[^`]+)`|(?<![\w*])\*(?P<italic>[^*]+)\*(?![\w*])"
    r"|\[(?P<link>[^\]]+)\]\((?P<address>[^)\s]+)\)"
)
_RULE = re.compile(r"\|?[\s:|-]+\|?")
_BULLET = re.compile(r"[-*] ")
_NUMBERED = re.compile(r"\d+\. ")


def add_markdown(blocks: Blocks, text: str, level: int) -> None:
    """Add Markdown at the end of a document; its `###` become headings of `level`."""
    for kind, lines in _blocks(text):
        joined = " ".join(line.strip() for line in lines)
        if kind == "heading":
            blocks.heading(_bare(joined.lstrip("# ")), level)
        elif kind == "table":
            _table(blocks, lines)
        else:
            style = "List Bullet" if kind == "bullet" else None
            mark = {"bullet": _BULLET, "quote": re.compile("> ?")}.get(kind)
            paragraph = blocks.paragraph(style)
            if kind == "quote":
                joined = " ".join(line.strip().lstrip("> ") for line in lines)
                paragraph.paragraph_format.left_indent = Mm(6)
            elif mark:
                joined = mark.sub("", joined, count=1)
            _inline(paragraph, joined)


def _blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """Kind and lines of each block: heading, table, bullet, quote or text."""
    kind, lines = "", []
    for line in [*text.splitlines(), ""]:
        found = _kind(line, kind)
        starts = found in ("heading", "bullet") and not line.startswith("  ")
        if lines and (found != kind or starts):
            yield kind, lines
            lines = []
        kind = found
        if found:
            lines.append(line)


def _kind(line: str, before: str) -> str:
    if not line.strip():
        return ""
    if line.startswith("#"):
        return "heading"
    if line.lstrip().startswith("|"):
        return "table"
    if line.startswith(">"):
        return "quote"
    if _BULLET.match(line.lstrip()) or _NUMBERED.match(line):
        return "bullet"
    # A line that hangs below a bullet belongs to it.
    return before if before == "bullet" else "text"


def _table(blocks: Blocks, lines: list[str]) -> None:
    rows = [
        [_bare(cell.strip()) for cell in line.strip().strip("|").split("|")]
        for line in lines
        if not _RULE.fullmatch(line.strip())
    ]
    columns = len(rows[0])
    rows = [(*row, *[""] * columns)[:columns] for row in rows]
    lengths = [min(max(len(row[place]) for row in rows), 60) + 4 for place in range(columns)]
    widths = tuple(int(TEXT_WIDTH * length / sum(lengths)) for length in lengths)
    heads, *rest = (tuple(row) for row in rows)
    add_table(blocks.document, Printed(heads, tuple(rest), (False,) * columns, widths), "Table")
    blocks.text("").paragraph_format.space_after = Mm(0)


def _inline(paragraph: Paragraph, text: str) -> None:
    at = 0
    for found in _INLINE.finditer(text):
        paragraph.add_run(text[at : found.start()])
        words = found["bold"] or found["code"] or found["italic"] or found["link"]
        run = paragraph.add_run(words)
        run.bold, run.italic = bool(found["bold"]) or None, bool(found["italic"]) or None
        if found["address"]:
            paragraph.add_run(f" ({found['address']})")
        at = found.end()
    paragraph.add_run(text[at:])


def _bare(text: str) -> str:
    return _INLINE.sub(lambda found: next(filter(None, found.groups())), text)
