"""The sheet "Issues" of a marked copy: all of them in one list, each linked to its cell."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from etl.reading.marked.package import CONTENT, Package, is_strict
from etl.reading.marked.sheet import RELATED, RELATED_STRICT
from etl.reading.marked.styles import Styles
from etl.text import address

TITLE = "Issues"
HEADERS = (
    "Severity",
    "Where",
    "Found here",
    "What is wrong",
    "What was done",
    "What to do",
    "In full",
)
_WIDTHS = (10, 22, 30, 40, 34, 40, 90)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def add(package: Package, issues: Sequence[dict], total: int, styles: Styles) -> str:
    """Add the sheet; return its title. `total`: number of all issues, of which these are told."""
    main = package.tree(package.contents.main)
    strict = is_strict(main)
    namespace = etree.QName(main).namespace
    listed = main.find(f"{{{namespace}}}sheets")
    title = _free_title([one.get("name", "") for one in listed])
    part = package.free_name("xl/worksheets/sheet{}.xml")
    identifier = package.relate(package.contents.main, "worksheet", part, strict)
    package.declare(part, f"{CONTENT}.spreadsheetml.worksheet+xml")
    related = RELATED_STRICT if strict else RELATED
    number = max((int(one.get("sheetId", "0")) for one in listed), default=0) + 1
    etree.SubElement(
        listed,
        f"{{{namespace}}}sheet",
        {"name": title, "sheetId": str(number), f"{{{related}}}id": identifier},
    )
    package.write(part, _sheet(issues, total, styles, namespace).encode())
    return title


def _free_title(taken: Sequence[str]) -> str:
    folded = {title.casefold() for title in taken}
    titles = [TITLE, *(f"{TITLE} ({number})" for number in range(2, len(taken) + 3))]
    return next(title for title in titles if title.casefold() not in folded)


# What stands beside severity and place of an issue, in the order of the headers.
_TOLD = ("found", "problem", "done", "do", "message")


def _sheet(issues: Sequence[dict], total: int, styles: Styles, namespace: str) -> str:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(_WIDTHS, start=1)
    )
    rows = [_row(1, HEADERS)]
    links = []
    for number, issue in enumerate(issues, start=2):
        cell = issue["cell"].partition(" ")[0]
        where = "!".join(filter(None, (issue["sheet"], issue["cell"])))
        rows.append(
            _row(
                number,
                (issue["severity"], where, *(issue[name] for name in _TOLD)),
                styles.marked(0, issue["severity"]),
            )
        )
        if issue["marked"]:
            link = f"'{issue['sheet'].replace(chr(39), chr(39) * 2)}'!{cell}"
            links.append(
                f'<hyperlink ref="B{number}" location={quoteattr(link)} '
                f"display={quoteattr(where)}/>"
            )
    last = len(issues) + 1
    if total > len(issues):
        rows.append(_row(last + 2, (f"{total - len(issues):,} more: issues.csv has them all",)))
    linked = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="{namespace}">'
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        f'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>{columns}</cols>'
        f'<sheetData>{"".join(rows)}</sheetData><autoFilter ref="A1:G{last}"/>{linked}</worksheet>'
    )


def _row(number: int, texts: Sequence[str], style: int = 0) -> str:
    cells = "".join(
        f'<c r="{address(number, column)}"{f" s={chr(34)}{style}{chr(34)}" if column == 1 else ""} '
        f't="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
        for column, text in enumerate(texts, start=1)
        if text
    )
    return f'<row r="{number}">{cells}</row>'
