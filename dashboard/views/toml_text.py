"""Small TOML files that anybody may have written: read in time that grows with their size, no more."""

import json
import re
import tomllib
from typing import Any

from dashboard.edition.wording import shortened

# Of a line, strings and comments aside. The parser of Python takes hours for a name as a.b.c of a
# hundred thousand parts, fails at a number of thousands of digits, and is slow at many tables.
_MOST_DOTS, _LONGEST_BARE, _MOST_LINES = 20, 1000, 10_000
# Strings of TOML in their four forms, a comment, or anything else up to the next of them.
_PIECE = re.compile(
    r'''"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}|"(?!"")(?:[^"\\\n]++|\\.)*+"'''
    r"""|'''(?:[^']++|'(?!''))*+'{3,5}|'(?!'')[^'\n]*+'|#[^\n]*+|[^"'#]++""",
    re.DOTALL,
)


def read_toml(text: str) -> dict[str, Any]:
    """What a text in TOML says. Raises ValueError, which says what is wrong and in which line."""
    lines = _bare(text).split("\n")
    if len(lines) > _MOST_LINES:
        raise ValueError(f"{len(lines):,} lines are more than the {_MOST_LINES:,} that are read")
    for line in lines:
        if line.count(".") > _MOST_DOTS or len(line) > _LONGEST_BARE:
            raise ValueError(f"“{shortened(line)}” is too long outside quotation marks")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("too many brackets within brackets") from None


def quoted(text: str) -> str:
    """A TOML string. JSON writes the same, but leaves one control character as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _bare(text: str) -> str:
    """A text without its strings and comments, up to a string without an end: there TOML ends too."""
    at, bare = 0, []
    while piece := _PIECE.match(text, at):
        at = piece.end()
        if piece[0][0] not in "\"'#":
            bare.append(piece[0])
    return "".join(bare)
