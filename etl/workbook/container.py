"""The .xlsx file as a container: a zip of XML parts, opened and parsed within limits.

Everything that is read from a workbook comes through `ZipPart.parse`. It refuses a document type
declaration where it begins (only there can entities be declared, so nothing can be expanded or
fetched), builds no tree, and counts what passes.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from xml.parsers import expat

from etl.issues import NotReadable
from etl.workbook.file_kind import REPAIR, UNLOCK, open_zip, refusal, shown_name

# Unpacked XML of the parts that are read. The largest matrix allowed (`workbook.MAX_CELLS`) needs
# about 150 MB; a zip bomb announces or delivers thousands of times its size.
MAX_UNPACKED_BYTES = 256_000_000
# XML elements that are read: three million filled cells have six; ten take some five seconds.
MAX_ELEMENTS = 10_000_000
# A workbook has a handful of members for each sheet and picture.
MAX_MEMBERS = 10_000
# XML without a new element, in bytes: 32,767 characters, each written as a character reference of
# ten bytes, are 0.3 MB. More is one endless text, comment or attribute.
MAX_SILENT_BYTES = 1_000_000
# SpreadsheetML nests about ten deep.
MAX_DEPTH = 64
# Large pieces, because the parser starts a long token again with each piece.
READ_BYTES = 131_072

# What to do when an element starts (with its attributes) and ends, by its local name.
OnStart = Mapping[str, Callable[[dict[str, str]], object]]
OnEnd = Mapping[str, Callable[[], object]]


class Container:
    """An open workbook file, and how much of it may still be read."""

    def __init__(self, name: str, archive: zipfile.ZipFile):
        self.name = name
        self._archive = archive
        # Part names count without regard to case (OPC), and some writers use backslashes.
        self._members = {
            member.filename.replace("\\", "/").lstrip("/").lower(): member
            for member in archive.infolist()
        }
        # Over all parts together, so that many cannot add up to what one may not.
        self.bytes_left, self.elements_left = MAX_UNPACKED_BYTES, MAX_ELEMENTS

    def has(self, part: str) -> bool:
        """Return whether the container has `part` ("xl/workbook.xml")."""
        return part.lower() in self._members

    def refuse(self, what: str, remedy: str) -> NotReadable:
        """Return the exception for something that is wrong with this file."""
        return refusal(self.name, what, remedy)

    def open(self, part: str) -> IO[bytes]:
        """Open `part`; raises NotReadable when it is missing, locked or announces too much."""
        member = self._members.get(part.lower())
        if member is None:
            raise self.refuse(f"is damaged: its part {part} is missing", REPAIR)
        if member.flag_bits & 0x1:
            raise self.refuse("is protected by a password", UNLOCK)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self.refuse("is packed in a way that Excel does not use", REPAIR)
        if member.file_size > self.bytes_left:  # zipfile never gives more than is announced
            raise self.refuse(
                f"unpacks to more than {MAX_UNPACKED_BYTES // 1_000_000} MB, far more than a "
                "matrix needs",
                "Delete rows and columns that are only formatted, and other "
                "sheets, or copy the table to a new workbook",
            )
        return self._archive.open(member)

    def too_many(self) -> NotReadable:
        """Return the exception for more elements than may be read."""
        return self.refuse(
            f"holds more than {MAX_ELEMENTS:,} rows, cells and values, filled or only formatted",
            "Delete the empty rows and columns that are only formatted, or copy the table to a "
            "new workbook",
        )


class ZipPart:
    """One XML part of a container, parsed from beginning to end."""

    def __init__(self, container: Container, name: str):
        self._container, self._name = container, name
        self._pieces: list[str] = []
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype

    def listen(self) -> None:
        """Keep the text that follows."""
        self._pieces.clear()
        self._parser.CharacterDataHandler = self._pieces.append

    def heard(self) -> str:
        """Return the text since `listen`, and keep no more of it."""
        self._parser.CharacterDataHandler = None
        return "".join(self._pieces)

    def parse(self, on_start: OnStart, on_end: OnEnd | None = None) -> None:
        """Parse the part; elements count when they are in the namespace of the root.

        So it does not matter whether that is the transitional or the strict one. Raises
        NotReadable when the part is missing, damaged or beyond a limit, and what the callables do.
        """
        self._set_handlers(on_start, on_end or {})
        try:
            with self._container.open(self._name) as source:
                self._feed(source)
        except expat.ExpatError as error:
            raise self._container.refuse(
                f"is damaged: its part {self._name} is not valid XML ({error})", REPAIR
            ) from error
        except (zipfile.BadZipFile, OSError, EOFError, zlib.error) as error:
            raise self._container.refuse(
                f"is damaged: its part {self._name} cannot be unpacked", REPAIR
            ) from error

    def _set_handlers(self, on_start: OnStart, on_end: OnEnd) -> None:
        container = self._container
        starts: dict[str, Callable] = {}
        ends: dict[str, Callable] = {}
        depth = 0

        def root(name: str, attributes: dict[str, str]) -> None:
            namespace = name[: name.find("}") + 1]
            starts.update((namespace + local, handler) for local, handler in on_start.items())
            ends.update((namespace + local, handler) for local, handler in on_end.items())
            self._parser.StartElementHandler = start
            start(name, attributes)

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            container.elements_left -= 1
            if depth > MAX_DEPTH or container.elements_left < 0:
                raise self._refuse_nesting() if depth > MAX_DEPTH else container.too_many()
            if name in starts:
                starts[name](attributes)

        def end(name: str) -> None:
            nonlocal depth
            depth -= 1
            if name in ends:
                ends[name]()

        self._parser.StartElementHandler = root
        self._parser.EndElementHandler = end

    def _feed(self, source: IO[bytes]) -> None:
        container, silent = self._container, 0
        while data := source.read(READ_BYTES):
            container.bytes_left -= len(data)
            before = container.elements_left
            self._parser.Parse(data)
            silent = 0 if container.elements_left < before else silent + len(data)
            if silent > MAX_SILENT_BYTES:
                raise container.refuse(
                    f"holds one text, comment or attribute of more than {MAX_SILENT_BYTES:,} "
                    "bytes; Excel allows 32,767 characters",
                    REPAIR,
                )
        self._parser.Parse(b"", True)

    def _refuse_doctype(self, *_declaration: object) -> None:
        raise self._container.refuse(
            "holds a document type declaration, which no workbook has: it could multiply text "
            "without end or ask for other files",
            REPAIR,
        )

    def _refuse_nesting(self) -> NotReadable:
        return self._container.refuse(
            f"is damaged: its part {self._name} is nested as no workbook is", REPAIR
        )


@contextmanager
def open_container(path: Path) -> Iterator[Container]:
    """Open the workbook file at `path`; raises NotReadable for anything that is not one."""
    name = shown_name(path)
    with open_zip(path) as file:
        try:
            archive = zipfile.ZipFile(file)
        except Exception as error:  # zipfile raises a dozen kinds for a broken directory
            raise refusal(
                name,
                "is damaged or incomplete (its end is missing or broken)",
                "Copy or download it again, or open it in Excel and save it again",
            ) from error
        with archive:
            if len(archive.infolist()) > MAX_MEMBERS:
                raise refusal(name, f"holds more than {MAX_MEMBERS:,} parts", REPAIR)
            yield Container(name, archive)
