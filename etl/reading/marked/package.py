"""A workbook file that is copied part by part, with some of its parts changed or added."""

import posixpath
import zipfile
from pathlib import Path

from lxml import etree

from etl.reading.marked.sheet import RELATED, RELATED_STRICT, STRICT, NotMarked
from etl.workbook.container import MAX_UNPACKED_BYTES, open_container
from etl.workbook.contents import Contents, list_contents

TYPES = "[Content_Types].xml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT = "application/vnd.openxmlformats-officedocument"
_MAIN_TYPE = f"{CONTENT}.spreadsheetml.sheet.main+xml"
# Parts that are parsed whole; comments and styles of people's workbooks are far below.
MAX_PARSED_BYTES = 32_000_000
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same bytes for the same input


class Package:
    """The parts of a workbook, with what changes in them; `save` writes the copy.

    Raises NotMarked where the file has something that cannot be changed safely.
    """

    def __init__(self, path: Path):
        with open_container(path) as container:
            self.contents: Contents = list_contents(container)
        self._archive = zipfile.ZipFile(path)
        self._members = {
            member.filename.replace("\\", "/").lstrip("/").lower(): member
            for member in self._archive.infolist()
        }
        if sum(member.file_size for member in self._members.values()) > MAX_UNPACKED_BYTES:
            self.close()
            raise NotMarked("The workbook holds too much besides its table.")
        self._new: dict[str, bytes] = {}
        self._trees: dict[str, etree._Element] = {}
        self._dropped: set[str] = set()

    def close(self) -> None:
        """Close the file."""
        self._archive.close()

    def has(self, part: str) -> bool:
        """Return whether the workbook has `part`."""
        return part.lower() in self._members or part in self._new or part in self._trees

    def read(self, part: str) -> bytes:
        """Return the bytes of `part` as they are stored."""
        return self._archive.read(self._members[part.lower()])

    def write(self, part: str, data: bytes) -> None:
        """Put `data` in the place of `part`, or add it."""
        self._new[part] = data

    def tree(self, part: str, empty: str = "") -> etree._Element:
        """Return the root of `part`, whose changes are saved; `empty` is what it begins as."""
        if part not in self._trees:
            data = self.read(part) if self.has(part) else empty.encode()
            self._trees[part] = _parse(data)
        return self._trees[part]

    def free_name(self, pattern: str) -> str:
        """Return the first name of a part that is not taken: "xl/comments{}.xml"."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Return id -> (kind, part name) of what belongs to `part`."""
        name = _rels(part)
        if not self.has(name):
            return {}
        found = {}
        for one in self.tree(name):
            if isinstance(one.tag, str) and one.get("TargetMode") != "External":
                target = posixpath.join("/", posixpath.dirname(part), one.get("Target", ""))
                kind = one.get("Type", "").rpartition("/")[2]
                found[one.get("Id", "")] = (kind, posixpath.normpath(target).lstrip("/"))
        return found

    def relate(self, part: str, kind: str, target: str, is_strict: bool = False) -> str:
        """Say that `target` belongs to `part`; return the id of the relationship."""
        root = self.tree(_rels(part), f'<Relationships xmlns="{PACKAGE}/relationships"/>')
        taken = {one.get("Id") for one in root}
        number = next(n for n in range(1, len(taken) + 2) if f"atlas{n}" not in taken)
        namespace = RELATED_STRICT if is_strict else RELATED
        etree.SubElement(
            root,
            f"{{{PACKAGE}/relationships}}Relationship",
            {"Id": f"atlas{number}", "Type": f"{namespace}/{kind}", "Target": f"/{target}"},
        )
        return f"atlas{number}"

    def declare(self, part: str, content_type: str) -> None:
        """Say what kind of part `part` is."""
        self._add_type("Override", "PartName", f"/{part}", content_type)

    def declare_extension(self, extension: str, content_type: str) -> None:
        """Say what kind of parts end in `extension`."""
        self._add_type("Default", "Extension", extension, content_type)

    def _add_type(self, tag: str, name: str, value: str, content_type: str) -> None:
        root = self.tree(TYPES, f'<Types xmlns="{PACKAGE}/content-types"/>')
        if any((one.get(name) or "").lower() == value.lower() for one in root):
            return
        node = etree.Element(
            f"{{{PACKAGE}/content-types}}{tag}", {name: value, "ContentType": content_type}
        )
        root.insert(0, node) if tag == "Default" else root.append(node)

    def drop_macros(self) -> bool:
        """Leave the macros out, which an .xlsx may not have; return whether there were any."""
        main = self.contents.main
        root, found = self.tree(TYPES), False
        for one in root:
            if (one.get("PartName") or "").lstrip("/").lower() == main.lower():
                one.set("ContentType", _MAIN_TYPE)
        for identifier, (kind, part) in self.related(main).items():
            if kind == "vbaProject":
                found = True
                self._dropped.add(part.lower())
                rels = self.tree(_rels(main))
                rels.remove(next(one for one in rels if one.get("Id") == identifier))
        for one in list(root):
            if (one.get("PartName") or "").lstrip("/").lower() in self._dropped:
                root.remove(one)
        return found

    def save(self, path: Path) -> None:
        """Write the copy to `path`."""
        new = {**self._new, **{part: _bytes(root) for part, root in self._trees.items()}}
        by_key = {part.lower(): data for part, data in new.items()}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as copy:
            for key, member in self._members.items():
                if key in self._dropped or member.is_dir():
                    continue
                data = by_key.pop(key, None)
                copy.writestr(
                    _info(member.filename),
                    self._archive.read(member) if data is None else data,
                    zipfile.ZIP_DEFLATED,
                )
            for part, data in new.items():
                if part.lower() in by_key:
                    copy.writestr(_info(part), data, zipfile.ZIP_DEFLATED)


def _info(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, _LONG_AGO)


def _rels(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _parse(data: bytes) -> etree._Element:
    if len(data) > MAX_PARSED_BYTES:
        raise NotMarked("A part of the workbook is too large to be changed.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NotMarked(f"A part of the workbook is not valid XML ({error}).") from error
    if root.getroottree().docinfo.doctype:
        raise NotMarked("A part of the workbook holds a document type declaration.")
    return root


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def is_strict(root: etree._Element) -> bool:
    """Return whether a part is of the strict variant of the format."""
    return (etree.QName(root).namespace or "").startswith(STRICT)
