"""Text as people type it: cleaned for showing, folded for comparing, slugged for identifiers."""

import hashlib
import re
import unicodedata
from functools import lru_cache

from slugify import slugify

# Characters that are invisible on screen but make two equal words differ: zero-width space,
# joiners, direction marks, byte order mark, soft hyphen.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# What XML and terminals cannot carry; Excel writes some of them as _x0007_.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

# Longest slug that still reads at a glance in a link; a longer one is cut and given a digest.
SLUG_LENGTH = 60


def clean(text: str) -> str:
    """Return `text` for showing: NFC, one ordinary space where any white space stood, trimmed.

    Invisible and control characters go; quotes, dashes and accents stay as they were typed.
    """
    # Invisible characters go first: they may stand between a letter and its accent.
    visible = _CONTROL.sub("", _INVISIBLE.sub("", text))
    return " ".join(unicodedata.normalize("NFC", visible).split())


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return the key under which two spellings are the same.

    Case, accents, spaces and punctuation are set aside; letters and digits of every script count.
    """
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in decomposed if character.isalnum())


@lru_cache(maxsize=65_536)
def slug(text: str) -> str:
    """Return a readable ASCII identifier made from `text` alone.

    Where reading it back would lose something (another script, more than `SLUG_LENGTH`
    characters), six hexadecimal digits of the folded text follow, so that two texts that fold
    differently never share a slug.
    """
    whole = slugify(text)
    short = slugify(text, max_length=SLUG_LENGTH, word_boundary=True)
    if short == whole and whole.replace("-", "") == fold(text):
        return short
    digest = hashlib.sha256(fold(text).encode()).hexdigest()[:6]
    return f"{short}-{digest}" if short else digest


def address(row: int, column: int) -> str:
    """Return the A1-style address of a cell, for example ``address(12, 3) == "C12"``.

    Row and column count from 1.
    """
    letters = ""
    while column > 0:
        column, remainder = divmod(column - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return f"{letters}{row}"
