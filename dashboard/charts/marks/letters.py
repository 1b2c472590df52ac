"""How wide text will be, before a browser draws it, and where its lines break.

The widths are those of Arial and of the fonts made to its measure (Helvetica, Liberation Sans);
Roboto and Source Sans, which come before them in `look.FONT`, are a little narrower.
"""

import html
import re
import unicodedata
from functools import cache

LINE = 1.3  # height of a line, as Plotly sets it, in sizes of the type
SHORTEST_LAST_LINE = 0.3  # of the room: a last line that is shorter takes words from those above
# Width in hundredths of the size -> letters.
_REGULAR = {
    19: "'",
    22: "ijl‘’",
    26: "|",
    28: " !,./:;I[\\]ft·",
    33: "()-`r{}“”",
    35: '"',
    39: "*⋮",
    47: "^",
    50: "Jcksvxyz↓",
    56: "#$0123456789?L_abdeghnopqu–",
    58: "+<=>~×≥±",
    61: "FTZ",
    67: "&ABEKPSVXY",
    72: "CDHNRUw",
    78: "GOQ",
    83: "Mm",
    89: "%",
    94: "W",
    100: "—…→",
    102: "@",
}
_BOLD = {
    24: "'",
    28: " ,./I\\ijl|·‘’",
    33: "!()-:;[]`ft",
    39: "*r{}⋮",
    47: '"',
    50: "z“”↓",
    56: "#$0123456789J_aceksvxy–",
    58: "+<=>^~×≥±",
    61: "?FLTZbdghnopqu",
    67: "EPSVXY",
    72: "&ABCDHKNRU",
    78: "GOQw",
    83: "M",
    89: "%m",
    94: "W",
    98: "@",
    100: "—…→",
}
_WIDTHS = tuple(
    {letter: width / 100 for width, letters in table.items() for letter in letters}
    for table in (_REGULAR, _BOLD)
)
_UNKNOWN = 0.72  # of the size: the width of a capital
_TAG = re.compile(r"(</?\w+[^>]*>)")
# What reads badly in two lines: "(6,521 of 92,511)", "31 January 2018", "7 per cent".
_TOGETHER = re.compile(
    r"\([\d,]+ of [\d,]+\)|[\d,]+ of [\d,]+|\d{1,2} [A-Z][a-z]+ \d{4}|\d+ per cent|\s+·"
)
_NO_BREAK = "\N{NO-BREAK SPACE}"
# Where an address may break.
_JOINT = re.compile(r"(?<=[/?&=_.-])")


def width(text: str, size: float, bold: bool = False) -> float:
    """Width in px of Plotly's text at `size` px: of its longest line; `<b>` counts as bold."""
    widest = line = 0.0
    for part in _TAG.split(text):
        if part.startswith("<br"):
            line = 0.0
        elif _TAG.fullmatch(part):
            bold = part == "<b>" or (bold and part != "</b>")
        else:
            line += plain_width(html.unescape(part), size, bold)
        widest = max(widest, line)
    return widest


def plain_width(text: str, size: float, bold: bool = False) -> float:
    """The same of text without markup."""
    return size * sum(_width_of(letter, bold) for letter in text)


def height(lines: int, size: float) -> float:
    """Height in px of so many lines."""
    return size * (1.17 + LINE * (lines - 1)) if lines else 0.0


def wrapped(text: str, size: float, room: float, bold: bool = False) -> list[str]:
    """Plain lines no wider than `room` px; the last holds more than a word or two."""
    lines = _filled(text, size, room, bold)
    narrower, least = room, max(room / 2, _longest(text, size, bold))
    while len(lines) > 1 and plain_width(lines[-1], size, bold) < SHORTEST_LAST_LINE * room:
        narrower -= size
        again = _filled(text, size, narrower, bold)
        if len(again) > len(lines) or narrower < least:
            break
        lines = again
    return lines


def parted(text: str, size: float, room: float, bold: bool = False) -> list[str]:
    """The same, with lines that end at a dot between words where that takes no line more."""
    lines: list[str] = []
    for part in re.split(r"(?<=·) ", text):
        longer = f"{lines[-1]} {part}" if lines else part
        if lines and plain_width(longer, size, bold) <= room:
            lines[-1] = longer
        else:
            lines.append(part)
    whole = wrapped(text, size, room, bold)
    is_wide = any(plain_width(line, size, bold) > room for line in lines)
    return whole if is_wide or len(lines) > len(whole) else lines


def balanced(text: str, size: float, room: float, bold: bool = False) -> list[str]:
    """The same, with lines as even as can be."""
    lines = _filled(text, size, room, bold)
    low, high = min(room, _longest(text, size, bold)), room
    while high - low > 1:
        middle = (low + high) / 2
        if len(_filled(text, size, middle, bold)) > len(lines):
            low = middle
        else:
            high = middle
    return _filled(text, size, high, bold)


def in_lines(text: str, size: float, room: float) -> str:
    """Plotly's text with line breaks in place of spaces, where a line is wider than `room` px."""
    lines: list[str] = []
    for line in text.split("<br>"):
        filled = ""
        for word in line.split(" "):
            longer = f"{filled} {word}" if filled else word
            if filled and width(longer, size) > room:
                lines.append(filled)
                longer = word
            filled = longer
        lines.append(filled)
    return "<br>".join(lines)


def _longest(text: str, size: float, bold: bool) -> float:
    """Width in px of the longest word: narrower lines would break it."""
    return max((plain_width(word, size, bold) for word in _words(text)), default=0.0)


def _words(text: str) -> list[str]:
    """What stays in one line."""
    return _TOGETHER.sub(lambda found: found[0].replace(" ", _NO_BREAK), text).split(" ")


def _filled(text: str, size: float, room: float, bold: bool) -> list[str]:
    """Lines that each take as many words as they can. A dot between words ends a line."""
    lines: list[str] = []
    for word in _words(text):
        fits = plain_width(word, size, bold) <= room
        for place, piece in enumerate([word] if fits else _pieces(word, size, room, bold)):
            longer = f"{lines[-1]}{'' if place else ' '}{piece}" if lines else piece
            if lines and plain_width(longer, size, bold) <= room:
                lines[-1] = longer
            else:
                lines.append(piece)
    return [line.replace(_NO_BREAK, " ") for line in lines if line]


def _pieces(word: str, size: float, room: float, bold: bool) -> list[str]:
    """What a word wider than a line, as an address, may be broken into."""
    return [
        piece
        for part in _JOINT.split(word)
        for piece in ([part] if plain_width(part, size, bold) <= room else part)
    ]


@cache
def _width_of(letter: str, bold: bool) -> float:
    known = _WIDTHS[bold]
    base = letter if letter in known else unicodedata.normalize("NFKD", letter)[:1]
    return known.get(base, 0.0 if unicodedata.combining(letter) else _UNKNOWN)
