"""The parts of a Word or PowerPoint file, which is a zip of XML: added, and read with care.

Both programs keep what is added here when they save: a custom XML part for programs, and custom
document properties, which people can look at in the file's information.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from posixpath import normpath
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from lxml import etree

# Kind -> the name of its program and the folder of its parts.
KINDS: Mapping[str, tuple[str, str]] = {
    "docx": ("Word document (.docx)", "word"),
    "pptx": ("PowerPoint presentation (.pptx)", "ppt"),
}
# A report of this project with every figure and every country has some 25 MB, 400 parts and 6 MB of
# XML in its largest part. What is far above that is not one.
MOST_BYTES, MOST_PARTS = 200_000_000, 20_000
LARGEST_PART, MOST_XML = 32_000_000, 128_000_000
# Compound files: documents with a password, and the formats before 2007.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TYPES, _ROOT = "[Content_Types].xml", "_rels/.rels"
_TYPES_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_CUSTOM, _VALUES = f"{_OFFICE}custom-properties", f"{_OFFICE}docPropsVTypes"
_PROPERTIES = "docProps/custom.xml"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


class NotADocument(ValueError):
    """A file is not what it should be, or not safe to read; the message is for people."""


# --- writing --------------------------------------------------------------------------------------


def with_records(data: bytes, record: bytes, properties: Mapping[str, str]) -> bytes:
    """A file made here with a custom XML part `record` and text `properties` (name -> text)."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    number = 1
    while f"customXml/item{number}.xml" in parts:
        number += 1
    name = f"customXml/item{number}.xml"
    relations = _relations_of(_main_part(etree.fromstring(parts[_ROOT])))
    kinds = (f"{_OFFICE}relationships/customXml", f"{_OFFICE}relationships/custom-properties")
    parts[name], parts[_PROPERTIES] = record, _properties(properties)
    parts[relations] = _related(parts[relations], kinds[0], f"/{name}")
    parts[_ROOT] = _related(parts[_ROOT], kinds[1], _PROPERTIES)
    parts[_TYPES] = _typed(parts[_TYPES], _PROPERTIES, _PROPERTIES_TYPE)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return target.getvalue()


def _related(relations: bytes, kind: str, target: str) -> bytes:
    root = etree.fromstring(relations)
    known = {one.get("Id") for one in root}
    free = (f"rId{number}" for number in range(1, len(known) + 2))
    id = next(id for id in free if id not in known)
    etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=id, Type=kind, Target=target)
    return _written(root)


def _typed(types: bytes, part: str, media_type: str) -> bytes:
    root = etree.fromstring(types)
    etree.SubElement(
        root, f"{{{_TYPES_SPACE}}}Override", PartName=f"/{part}", ContentType=media_type
    )
    return _written(root)


def _properties(texts: Mapping[str, str]) -> bytes:
    root = etree.Element(f"{{{_CUSTOM}}}Properties", nsmap={None: _CUSTOM, "vt": _VALUES})
    # The first identifier that is not reserved is 2.
    for number, (name, text) in enumerate(texts.items(), start=2):
        one = etree.SubElement(
            root, f"{{{_CUSTOM}}}property", fmtid=_FORMAT_ID, pid=str(number), name=name
        )
        etree.SubElement(one, f"{{{_VALUES}}}lpwstr").text = text
    return _written(root)


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


# --- reading what people hand in ------------------------------------------------------------------


class OfficeFile:
    """A .docx or .pptx that came from outside: bounded, without document types or entities."""

    def __init__(self, data: bytes, kind: str) -> None:
        """`kind`: a key of `KINDS`. Raises NotADocument."""
        program, folder = KINDS[kind]
        self._archive = _opened(data, program)
        self._read = 0
        self._names = frozenset(self._archive.namelist())
        if _ROOT not in self._names:
            raise NotADocument(f"This file is not a {program}: it is some other kind of zip.")
        self.main = _main_part(self.xml(_ROOT))
        if not self.main.startswith(f"{folder}/") or self.main not in self._names:
            raise NotADocument(f"This file is not a {program}: it belongs to another program.")

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def xml(self, name: str) -> Element:
        """The root of a part. Raises NotADocument."""
        content = self._content(name)
        try:
            return fromstring(content, forbid_dtd=True)
        except DefusedXmlException:
            raise NotADocument(
                f"The part {_shown(name)} declares a document type or entities. No office program "
                "writes that, so it is not read."
            ) from None
        except (ParseError, ValueError, LookupError) as problem:
            raise NotADocument(f"The part {_shown(name)} is damaged: {problem}.") from None

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Relationships of a part: id -> (last word of its type, target).

        A target inside the file is the name of a part.
        """
        name = _relations_of(part)
        if name not in self._names:
            return {}
        found = {}
        for one in self.xml(name).iter(f"{{{_RELATIONS}}}Relationship"):
            target = one.get("Target", "")
            if one.get("TargetMode") != "External":
                target = _resolved(part, target)
            found[one.get("Id", "")] = (one.get("Type", "").rpartition("/")[2], target)
        return found

    def parts_of(self, part: str, *kinds: str) -> Iterator[str]:
        """Names of the parts that a part is related to as one of `kinds`, and that are there."""
        for kind, target in self.related(part).values():
            if kind in kinds and target in self._names:
                yield target

    def properties(self) -> dict[str, str]:
        """The custom text properties: name -> text."""
        if _PROPERTIES not in self._names:
            return {}
        return {
            one.get("name", ""): "".join(one.itertext()).strip()
            for one in self.xml(_PROPERTIES).iter(f"{{{_CUSTOM}}}property")
        }

    def _content(self, name: str) -> bytes:
        room = min(LARGEST_PART, MOST_XML - self._read)
        try:
            with self._archive.open(name) as part:
                content = part.read(room + 1)
        except Exception as problem:  # whatever zipfile, zlib, bz2 or lzma say of a damaged part
            raise NotADocument(f"The part {_shown(name)} cannot be read: {problem}.") from None
        if len(content) > room:
            raise NotADocument(
                f"The part {_shown(name)} unpacks to more than any report holds, so it is not read."
            )
        self._read += len(content)
        return content


def _opened(data: bytes, program: str) -> zipfile.ZipFile:
    if len(data) > MOST_BYTES:
        raise NotADocument(f"The file is larger than {MOST_BYTES // 1_000_000} MB.")
    if data.startswith(_COMPOUND):
        raise NotADocument(
            "The file is protected by a password or in a format from before 2007. Open it and save "
            f"it as a {program} without a password."
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = len(archive.namelist())
    except Exception:  # whatever a damaged directory of a zip leads to
        raise NotADocument(f"This file is not a {program}.") from None
    if parts > MOST_PARTS:
        raise NotADocument(f"The file has more than {MOST_PARTS} parts, so it is not read.")
    return archive


def _main_part(root: Element) -> str:
    """The part that everything else of a file hangs on."""
    for one in root.iter(f"{{{_RELATIONS}}}Relationship"):
        if one.get("Type", "").endswith("/officeDocument"):
            return _resolved("", one.get("Target", ""))
    return ""


def _relations_of(part: str) -> str:
    path = PurePosixPath(part)
    return f"{path.parent}/_rels/{path.name}.rels"


def _resolved(part: str, target: str) -> str:
    """The name of a part that another one points to."""
    if target.startswith("/"):
        return target[1:]
    return normpath(f"{PurePosixPath(part).parent}/{target}").removeprefix("./")


def _shown(name: str) -> str:
    return f"“{name[:80]}”"
