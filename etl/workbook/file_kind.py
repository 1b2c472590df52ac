"""What a file is, told from its first bytes: a zip file that may be a workbook, or something else.

Every refusal says in one sentence what is wrong and in one what to do.
"""

import os
import re
import stat
from io import BufferedReader
from pathlib import Path

from etl.issues import NotReadable
from etl.text import clean

# A consolidated matrix is below 1 MB; a hundred times the published size is about 3 MB. Larger
# files are workbooks with pictures or exports, which no one should wait for.
MAX_FILE_BYTES = 25_000_000

REPAIR = "Open it in Excel or LibreOffice, save it again as .xlsx and try once more"
SAVE_AS = "Open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx)"
UNLOCK = "Open it in Excel, remove the password, save it again and try once more"
CHOOSE = "Choose the Excel workbook (.xlsx) that holds the matrix"

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # the container of Office before 2007, and of encrypted files
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OTHERS = (
    (b"%PDF", "is a PDF document"),
    (b"\x89PNG", "is a picture"),
    (b"\xff\xd8\xff", "is a picture"),
    (b"GIF8", "is a picture"),
    (b"{\\rtf", "is a text document"),
)
_NOT_LETTERS = re.compile(rb"[\x00\s\xef\xbb\xbf\xff\xfe]+")


def shown_name(path: Path) -> str:
    """Return the name of `path` as it can be printed anywhere."""
    return clean(path.name.encode("utf-8", "replace").decode()) or str(path)


def refusal(name: str, what: str, remedy: str) -> NotReadable:
    """Return the exception that says what is wrong with the file `name` and what to do."""
    return NotReadable(f"{name} {what}. {remedy}.")


def open_zip(path: Path) -> BufferedReader:
    """Open the file at `path`, which begins like a zip file; raises NotReadable for any other."""
    name = shown_name(path)
    try:
        _check_file(path.stat(), name)
        file = path.open("rb")
    except FileNotFoundError as error:
        raise refusal(name, "does not exist", "Check the folder and the spelling") from error
    except PermissionError as error:
        raise refusal(
            name,
            "may not be read by this user",
            "Change its permissions, or copy it to a folder of yours",
        ) from error
    except (OSError, ValueError) as error:
        raise refusal(name, f"cannot be opened ({error})", "Check the folder and name") from error
    try:
        _check_start(file, name)
    except BaseException:
        file.close()
        raise
    return file


def _check_file(status: os.stat_result, name: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise refusal(name, "is a folder", "Name the Excel workbook (.xlsx) in it")
    if not stat.S_ISREG(status.st_mode):
        raise refusal(name, "is not a file", CHOOSE)
    if status.st_size == 0:
        raise refusal(name, "is empty (0 bytes)", "Copy or download it again")
    if status.st_size > MAX_FILE_BYTES:
        raise refusal(
            name,
            f"is larger than {MAX_FILE_BYTES // 1_000_000} MB",
            "Copy the sheet with the matrix to a new workbook, without pictures",
        )


def _check_start(file: BufferedReader, name: str) -> None:
    start = file.read(4096)
    if start.startswith(_OLD_OFFICE):
        if _ENCRYPTED_PACKAGE in start + file.read():
            raise refusal(name, "is protected by a password", UNLOCK)
        raise refusal(
            name, "is in the old Excel format (.xls) or another old Office format", SAVE_AS
        )
    for signature, what in _OTHERS:
        if start.startswith(signature):
            raise refusal(name, f"{what}, not an Excel workbook", CHOOSE)
    if not start.startswith(_ZIP):
        if _NOT_LETTERS.sub(b"", start).lower().startswith((b"<!doctypehtml", b"<html")):
            raise refusal(
                name,
                "is a web page, not an Excel workbook",
                f"Download the file itself, or: {SAVE_AS[0].lower()}{SAVE_AS[1:]}",
            )
        raise refusal(
            name, "is not an Excel workbook (perhaps text or CSV with another name)", SAVE_AS
        )
    file.seek(0)
