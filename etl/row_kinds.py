"""Rows of a sheet that are no courses: notes under or within the table, repeated headers."""

import re
from collections.abc import Mapping

from etl.cells import CellValue
from etl.headers import NEEDED, Header, Synonyms
from etl.text import fold

# No name of a country is as long; a sentence about the table is.
LONGEST_HEADING = 80

# How notes begin, in English, French and Spanish.
_WORDS = (
    r"foot ?notes?|end ?notes?|notes?|n\.? ?b\.?|nota ?bene|notas?|remarks?|remarques?|comments?|"
    r"commentaires?|comentarios?|observations?|observación|observaciones|sources?|fuentes?|"
    r"légendes?|legends?|leyenda|keys?|clé|clave|abbreviations?|abréviations?|abreviaturas?|"
    r"disclaimer|avertissement|aviso|advertencia|"
    r"(?:last )?updated|mis à jour|(?:dernière )?mise à jour|"
    r"(?:última )?actualización|actualizado|"
    r"prepared by|compiled by|établi par|préparé par|elaborado por|preparado por"
)
_TOTALS = r"(?:(?:grand|overall|gran|sub|sous)[- ]?)?(?:totals?|totaux|totales)"
_NOTE = re.compile(rf"(?:{_WORDS}|{_TOTALS})\b|[*†‡§¶¹²³⁴⁵⁶⁷⁸⁹]|\[\d+\]", re.IGNORECASE)
_TOTAL = re.compile(rf"(?:{_TOTALS})\b", re.IGNORECASE)
# Where a course or a centre may stand, the word alone is not enough: "Source protection course".
_CLEAR_NOTE = re.compile(rf"(?:{_WORDS}|{_TOTALS})(?: ?\d{{1,2}})? ?(?:[:：–—]|- |\.? ?$)",
                         re.IGNORECASE)


def is_note(
    own: Mapping[int, CellValue], first_column: int, columns_of: Mapping[str, int]
) -> bool:
    """Return whether the filled cells of a row are a note or a total, and no course or heading.

    own: column -> value; first_column: the leftmost column of the table; columns_of: field ->
    column.
    """
    index = min(own, default=0)
    text = own.get(index)
    if not isinstance(text, str):
        return False
    heads_rows = index in (first_column, columns_of["country"])
    if len(own) > 1:
        return (heads_rows and _TOTAL.match(text) is not None
                and all(_is_number(value) for column, value in own.items() if column != index))
    if not heads_rows or index in (columns_of["course_title"], columns_of["centre_name"]):
        return _CLEAR_NOTE.match(text) is not None
    return len(text) > LONGEST_HEADING or _NOTE.match(text) is not None


def is_header_again(own: Mapping[int, CellValue], header: Header, synonyms: Synonyms) -> bool:
    """Return whether a row repeats the header: at least half of its filled cells are headers.

    Every filled cell of a needed column must be one, and mean that column: "Nigeria | School |
    Course | ?" is a course, however much its names sound like headers.
    """
    fields = {column.index: column.field for column in header.columns if not column.code}
    keys = {index: fold(value) if isinstance(value, str) and len(value) <= LONGEST_HEADING else ""
            for index, value in own.items()}
    known = {index for index, key in keys.items() if key and (
        _repeats(header, index, key) or synonyms.alone.get(key, "") == fields.get(index))}
    needed = {index for index in own if fields.get(index) in NEEDED}
    if not needed or not needed <= known:
        return False
    if len(own) == 1:
        return all(_repeats(header, index, key) for index, key in keys.items())
    return len(known) >= 2 and len(known) * 2 >= len(own)


def _repeats(header: Header, index: int, key: str) -> bool:
    return key in header.texts.get(index, ())


def _is_number(value: CellValue) -> bool:
    return isinstance(value, int | float) or (
        isinstance(value, str) and re.fullmatch(r"[\d\s.,%/()–-]+", value) is not None)
