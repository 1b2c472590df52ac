"""What cells say: one small pure function a field, from the value of a cell to a `Finding`.

Every function accepts every value a cell can hold and never raises. Reading the canonical text of a
result (`render`) gives the same result again. `FIELDS` is the index, by the field names of
`maps/columns.csv`.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from etl.meaning.choices import (
    audiences,
    course_type,
    evidence_type,
    is_blank,
    languages,
    level,
    names_nothing,
    operator,
    provider_type,
    recognised,
    scope,
    ticked,
    topics,
)
from etl.meaning.durations import duration, unit_of
from etl.meaning.finding import Finding, not_read, shown, text_of
from etl.meaning.years import established, years
from etl.workbook.cells import CellValue, ExcelDate, ExcelError

__all__ = [
    "FIELDS",
    "Finding",
    "audiences",
    "coordinate",
    "course_type",
    "duration",
    "established",
    "evidence_type",
    "languages",
    "level",
    "names_nothing",
    "operator",
    "plain",
    "provider_type",
    "recognised",
    "render",
    "scope",
    "shown",
    "ticked",
    "topics",
    "unit_of",
    "web_address",
    "years",
]

# Longer addresses are not kept by Excel as links (2,079 characters) nor opened by all browsers.
LONGEST_ADDRESS = 2079
# Six decimals of a degree are about 10 cm: more than any centre needs.
_DECIMALS = 6
_DEGREES = re.compile(
    r"(?P<number>[-+−]?\d{1,9}(?:[.,]\d+)?)\s*°?\s*(?P<side>[NSEW])?", re.IGNORECASE
)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:\S", re.IGNORECASE)
_HOST = re.compile(r"[^\W_]|[0-9a-f:]+$")  # a name, or an IPv6 address in brackets
# Signs that no address may hold as they are (RFC 3986) and that could break out of a link.
_UNSAFE = re.compile(r"[\s<>\"\\^`{|}\x00-\x1f]")


def plain(value: CellValue) -> Finding[str]:
    """Return any value as clean text, nothing cut; a date in ISO form, with an issue."""
    if isinstance(value, ExcelError):
        return not_read(value, "", "text", "")
    text = text_of(value)
    if isinstance(value, ExcelDate):
        message = (
            f'Excel turned the entry into a date; it is kept as "{text}". '
            "Check it, and format the cell as text."
        )
        return Finding(text, "excel-date", message)
    return Finding(text)


def web_address(value: CellValue) -> Finding[str]:
    """Return the first http(s) address in the cell, empty when there is none.

    No scheme is guessed: what is shown as a link must have been written as one.
    """
    if isinstance(value, ExcelError):
        return not_read(value, "", "a web address", "")
    text = text_of(value)
    if is_blank(text):
        return Finding("")
    words = re.split(r"\s+|;(?=https?://)", text)
    addresses = [word for word in words if _WEB.match(word)]
    others = any(_OTHER_SCHEME.match(word) for word in words if not _WEB.match(word))
    first = addresses[0].rstrip(";,") if len(words) > 1 and addresses else text
    if others or not _is_web(first):
        how = "Give the http:// or https:// address of the page."
        if text.casefold().startswith("www."):
            how = "Write it with http:// or https:// in front."
        message = f'"{shown(value)}" is not a web address; it is not linked. {how}'
        return Finding("", "address-not-web", message)
    if len(words) > 1:
        message = (
            f'The cell holds more than one address or other words; "{shown(first)}" is linked. '
            "Keep one address a cell."
        )
        return Finding(first, "address-first", message)
    return Finding(first)


def _is_web(text: str) -> bool:
    if len(text) > LONGEST_ADDRESS or not _WEB.match(text) or _UNSAFE.search(text):
        return False
    try:
        parsed = urlsplit(text)
        parsed.port  # noqa: B018 - raises ValueError when the port is no number
    except ValueError:
        return False
    # A user name before the host shows one site and opens another: https://un.org@elsewhere.net
    return "@" not in parsed.netloc and bool(_HOST.match(parsed.hostname or ""))


def coordinate(value: CellValue, limit: float) -> Finding[float | None]:
    """Return decimal degrees within ±`limit` (90 for latitude, 180 for longitude), else None.

    "5.6", "5,60" and "5.6 N" are read; degrees with minutes and seconds are not.
    """
    how = "Write decimal degrees, for example 5.6 or -0.19."
    if isinstance(value, str | None) and is_blank(text_of(value)):
        return Finding(None)
    degrees = _degrees(value, "NS" if limit <= 90 else "EW")
    if degrees is None:
        return not_read(value, None, "decimal degrees", how)
    if abs(degrees) > limit:
        message = f'"{shown(value)}" is beyond {limit:g} degrees; the field is left empty. {how}'
        return Finding(None, "value-out-of-range", message)
    return Finding(round(degrees, _DECIMALS) + 0.0)  # + 0.0 makes 0.0 of -0.0


def _degrees(value: CellValue, sides: str) -> float | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return None if value != value else float(max(-1000, min(value, 1000)))
    match = _DEGREES.fullmatch(text_of(value)) if isinstance(value, str) else None
    if match is None:
        return None
    degrees = float(match["number"].replace(",", ".").replace("−", "-"))
    side = (match["side"] or "").upper()
    if not side:
        return degrees
    if side not in sides or degrees < 0:
        return None
    return -degrees if side in "SW" else degrees


FIELDS: dict[str, Callable[[CellValue], Finding[Any]]] = {
    "country": plain,
    "region": plain,
    "centre_name": plain,
    "centre_name_local": plain,
    "acronym": plain,
    "city": plain,
    "latitude": partial(coordinate, limit=90),
    "longitude": partial(coordinate, limit=180),
    "operator": operator,
    "provider_type": provider_type,
    "scope": scope,
    "established_year": established,
    "website": web_address,
    "course_title": plain,
    "course_title_local": plain,
    "course_type": course_type,
    "audience": audiences,
    "duration": duration,
    "language": languages,
    "year": years,
    "un_recognised": recognised,
    "cmcoord_level": level,
    "evidence": plain,
    "evidence_type": evidence_type,
    "topics": topics,
    "source_url": web_address,
    "centre_source_url": web_address,
}


def render(field: str, value: Any) -> str:
    """Return the canonical text of an interpreted value: what the tables hold, in words."""
    if value is None or value == "":
        return ""
    if field == "duration":
        return _render_days(*value)
    if field == "year":
        return _render_years(*value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(value)
    return _decimal(value, _DECIMALS) if isinstance(value, float) else str(value)


def _render_days(shortest: float, longest: float) -> str:
    first, last = _days(shortest), _days(longest)
    if first == last:
        return "1 day" if first == "1" else f"{first} days"
    return f"{first}-{last} days"


def _days(number: float) -> str:
    """Three decimals could be taken for thousands (1.125 days): a fourth, 0, tells them apart."""
    text = _decimal(number, 4)
    return f"{text}0" if re.search(r"\.\d{3}$", text) else text


def _render_years(first: int | None, last: int | None) -> str:
    if first is None:
        return ""
    if last is None:
        return f"since {first}"
    return str(first) if first == last else f"{first}-{last}"


def _decimal(number: float, decimals: int) -> str:
    return f"{number:.{decimals}f}".rstrip("0").rstrip(".")
