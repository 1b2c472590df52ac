"""Which parts of a workbook file hold its worksheets, and what they share."""

import posixpath
from dataclasses import dataclass
from typing import NamedTuple

from etl.text import clean
from etl.workbook.container import Container, ZipPart
from etl.workbook.file_kind import CHOOSE, REPAIR, SAVE_AS

# Each sheet is searched for a header; workbooks of people have at most some dozens.
MAX_SHEETS = 100

# A member that gives away what a zip file without a workbook in it is.
_OTHER_KINDS = (
    ("xl/workbook.bin", "is a binary workbook (.xlsb)", SAVE_AS),
    ("content.xml", "is an OpenDocument file (.ods)", SAVE_AS),
    ("index/document.iwa", "is an Apple Numbers or Pages file", SAVE_AS),
    ("word/document.xml", "is a Word document", CHOOSE),
    ("ppt/presentation.xml", "is a PowerPoint presentation", CHOOSE),
)
_MAIN_TYPES = ("sheet.main+xml", "template.main+xml", ".macroEnabled.main+xml")


class SheetPart(NamedTuple):
    """One worksheet as the workbook part announces it."""

    title: str
    part: str
    hidden: bool


@dataclass(frozen=True)
class Contents:
    """Which parts of a container hold the worksheets, in order, and what they share.

    `main` is the part that lists them.
    """

    sheets: tuple[SheetPart, ...]
    texts: str | None
    styles: str | None
    counts_from_1904: bool
    main: str


def list_contents(container: Container) -> Contents:
    """Return the parts to read; chart, dialog and macro sheets are left out.

    Raises NotReadable when the container is something else than an Excel workbook.
    """
    for part, what, remedy in _OTHER_KINDS:
        if container.has(part):
            raise container.refuse(f"{what}, not an Excel workbook (.xlsx)", remedy)
    main = _main_part(container)
    related = _relationships(container, main)
    shared = {kind: part for kind, part in related.values() if container.has(part)}
    sheets: list[SheetPart] = []
    properties: dict[str, str] = {}

    def add_sheet(attributes: dict[str, str]) -> None:
        if sheet := _sheet(container, attributes, related):
            sheets.append(sheet)

    ZipPart(container, main).parse({"sheet": add_sheet, "workbookPr": properties.update})
    if not sheets:
        raise container.refuse("holds no worksheet", CHOOSE)
    if len(sheets) > MAX_SHEETS:
        raise container.refuse(
            f"holds more than {MAX_SHEETS} sheets",
            "Copy the sheet with the matrix to a new workbook",
        )
    return Contents(
        tuple(sheets),
        shared.get("sharedStrings"),
        shared.get("styles"),
        is_true(properties.get("date1904")),
        main,
    )


def is_true(flag: str | None) -> bool:
    """Return what an XML Schema boolean says; absent is false."""
    return flag is not None and flag.strip() in ("1", "true", "on")


def _main_part(container: Container) -> str:
    """Return the name of the part that lists the sheets, usually xl/workbook.xml."""
    found: list[str] = []

    def add(attributes: dict[str, str]) -> None:
        if attributes.get("ContentType", "").endswith(_MAIN_TYPES):
            found.append(attributes.get("PartName", "").lstrip("/"))

    if container.has("[Content_Types].xml"):
        ZipPart(container, "[Content_Types].xml").parse({"Override": add})
    main = found[0] if found else "xl/workbook.xml"
    if not container.has(main):
        raise container.refuse("is a zip file without a workbook in it", CHOOSE)
    return main


def _relationships(container: Container, main: str) -> dict[str, tuple[str, str]]:
    """Return id -> (kind, part name) of what belongs to the part `main`."""
    folder, file_name = posixpath.split(main)
    related = {}

    def add(attributes: dict[str, str]) -> None:
        if attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            related[attributes.get("Id", "")] = (kind, part)

    ZipPart(container, posixpath.join(folder, "_rels", f"{file_name}.rels")).parse(
        {"Relationship": add}
    )
    return related


def _sheet(
    container: Container, attributes: dict[str, str], related: dict[str, tuple[str, str]]
) -> SheetPart | None:
    identifier = next((value for key, value in attributes.items() if key.endswith("}id")), "")
    title = clean(attributes.get("name", ""))
    kind, part = related.get(identifier, ("", ""))
    if not kind:
        raise container.refuse(f"is damaged: its sheet '{title}' is missing", REPAIR)
    if kind != "worksheet":
        return None
    return SheetPart(title, part, attributes.get("state", "visible") != "visible")
