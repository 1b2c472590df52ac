"""Rows of a sheet that are no courses: notes under or within the table, repeated headers."""

import re
from collections.abc import Mapping

from etl.cells import CellValue
from etl.headers import NEEDED, Header
from etl.synonyms import Synonyms
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
_MARKS = r"[*†‡§¶¹²³⁴⁵⁶⁷⁸⁹]|\[\d+\]"
_NOTE = re.compile(rf"(?:{_WORDS}|{_TOTALS})\b|{_MARKS}", re.IGNORECASE)
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
    named = {columns_of["course_title"], columns_of["centre_name"]}
    heading = {first_column, columns_of["country"]}
    if len(own) > 1:
        return any(_is_total(own.get(index), index in named) and all(
            _is_number(value) for column, value in own.items() if column != index)
            for index in heading)
    ((index, text),) = own.items() or ((0, None),)
    if not isinstance(text, str):
        return False
    if index in named or index not in heading:
        return _CLEAR_NOTE.match(text) is not None
    return len(text) > LONGEST_HEADING or _NOTE.match(text) is not None


def is_header_again(own: Mapping[int, CellValue], header: Header, synonyms: Synonyms) -> bool:
    """Return whether at least half of the filled cells of a row are headers.

    A needed column must be among them: people also write the name of a topic as its tick. Headers
    of other words than those of this table must be three: a centre may be called "School" and its
    course "Training".
    """
    fields = {column.index: column.field for column in header.columns if not column.code}
    keys = {index: fold(value) for index, value in own.items() if isinstance(value, str)
            and len(value) <= LONGEST_HEADING}
    if not any(_repeats(header, index, key) or key in synonyms.alone
               for index, key in keys.items() if fields.get(index) in NEEDED):
        return False
    repeated = sum(_repeats(header, index, key) for index, key in keys.items())
    if len(own) == 1:
        return repeated == 1
    known = sum(_repeats(header, index, key) or (index in fields and key in synonyms.alone)
                for index, key in keys.items())
    return known >= (2 if repeated else 3) and known * 2 >= len(own)


def _repeats(header: Header, index: int, key: str) -> bool:
    return key in header.texts.get(index, ())


def _is_total(value: CellValue, may_be_a_name: bool) -> bool:
    pattern = _CLEAR_NOTE if may_be_a_name else _TOTAL
    return isinstance(value, str) and pattern.match(value) is not None


def _is_number(value: CellValue) -> bool:
    return isinstance(value, int | float) or (
        isinstance(value, str) and re.fullmatch(r"[\d\s.,%/()–-]+", value) is not None)
