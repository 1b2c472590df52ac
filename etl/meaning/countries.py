"""Names of countries to ISO 3166-1 codes, and the UN reference columns of each country.

The names are those of OCHA's countries and territories taxonomy (package hdx-python-country, the
copy inside the package, never the network) and of `vocab/country_aliases.csv`. A name resolves
exactly or not at all: "Nigera" must never become Niger. Near names are only proposed.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from etl.meaning import vocabulary
from etl.meaning.lists import enumerate_words, parts
from etl.meaning.vocabulary import near
from etl.text import clean, fold

# No name of a country in any of its languages is longer (the longest has 60 characters).
LONGEST_NAME = 200
# Wrong proposals cost a person more than none: two thirds of the letters must fit.
ALIKE = 0.72
CANDIDATES = 3

# In use by the UN for a territory without an ISO 3166-1 code; the taxonomy lists it apart.
_WITHOUT_ISO = ("XKX",)
_NAME_COLUMNS = (
    "Preferred Term",
    "ISO Alt Term",
    "DGACM Alt Term",
    "HPC Tools Alt Term",
    "RW Short Name",
    "RW API Alt Term",
    "English Short",
    "French Short",
    "Spanish Short",
    "Russian Short",
    "Chinese Short",
    "Arabic Short",
    "English Formal",
    "M49 English",
    "M49 French",
    "M49 Spanish",
    "M49 Russian",
    "M49 Chinese",
    "M49 Arabic",
)
# "Ghana*", "Ghana (1)", "Ghana [2]", "Ghana 1)", "Ghana¹": footnotes, not part of the name.
_FOOTNOTE = re.compile(r"(?:\s*(?:[*†‡§#¹²³⁰⁴-⁹]|\(\d{1,2}\)|\[\d{1,2}\]|\b\d{1,2}\)))+$")
_WITH_CODE = re.compile(r"^(?P<name>.+?)\s*[(\[](?P<code>[A-Z]{3})[)\]]$")
# Signs that stand between two names and never inside one.
_BETWEEN = re.compile(r"[/\\;|&+•·]")
_ARTICLE = re.compile(
    "|".join(
        # An article that ends in an apostrophe stands close to its noun.
        rf"^{re.escape(word[:-1])}['’]\s*" if word.endswith("'") else rf"^{re.escape(word)}\s+"
        for word in vocabulary.small_words("article")
    ),
    re.IGNORECASE,
)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})


@dataclass(frozen=True)
class Resolution:
    """What a cell says about the country: a code, or why there is none and what may be meant.

    `candidates` are UN short names, for the message alone. `several` tells a cell that names more
    than one country (or one name that two countries share) from one that names none. `reason` is a
    whole sentence for a person, empty when there is a code.
    """

    iso3: str | None
    candidates: tuple[str, ...] = ()
    reason: str = ""
    several: bool = False


@dataclass(frozen=True)
class CountryReference:
    """The UN reference columns of one country or area; empty text or None where the UN has none.

    Names are UN short names with straight apostrophes; where the taxonomy has no French or Spanish
    name, the English one stands in. `subregion` is the M49 intermediate region where there is one.
    """

    iso3: str
    name: str
    name_fr: str
    name_es: str
    m49: str
    region: str
    subregion: str
    ocha_region: str
    latitude: float | None
    longitude: float | None


@lru_cache(maxsize=4096)
def resolve(text: str) -> Resolution:
    """Return the country that `text` names exactly or by a listed alias, else why not."""
    shown = clean(text)
    if not fold(shown):
        return Resolution(None, (), "No country is given. Name it.")
    if len(shown) > LONGEST_NAME:
        return Resolution(None, (), "The text is too long for a name. Name one country.")
    # A line break may stand between two names as well as within one.
    bare = _FOOTNOTE.sub("", "; ".join(filter(None, map(clean, text.splitlines()))))
    if "?" in bare:
        return _unknown(shown, bare.replace("?", ""))
    apart = _apart(bare)
    if len(apart) > 1:
        return _several(shown, apart)
    codes = _codes(bare)
    if codes is None:
        return _composed(shown, bare)
    if len(codes) == 1:
        return Resolution(codes[0])
    if len(codes) > 1:
        names = tuple(reference(code).name for code in codes)
        reason = f'"{shown}" may be {enumerate_words(list(names))}. Write the full name.'
        return Resolution(None, names, reason, several=True)
    kinds = _not_countries()
    kind = kinds.get(fold(bare)) or kinds[fold(_ARTICLE.sub("", bare))]
    reason = f'"{shown}" is {kind}, not a country. Name the country of the centre.'
    return Resolution(None, (), reason)


def _composed(shown: str, bare: str) -> Resolution:
    """Judge a text that is not one known name: two countries, one in two languages, or unknown."""
    found = parts(bare, _one)
    codes = list(dict.fromkeys(code for _, code in found if code))
    if len(codes) == 1 and all(code for _, code in found):
        return Resolution(codes[0])  # "Allemagne / Germany"
    if len(codes) < 2:
        codes = _mentioned(bare)
    return _several(shown, codes) if len(codes) > 1 else _unknown(shown, bare)


def _several(shown: str, codes: list[str]) -> Resolution:
    names = tuple(reference(code).name for code in codes)
    named = enumerate_words(list(names), "and")
    reason = f'"{shown}" names more than one country: {named}. Give each its own row.'
    return Resolution(None, names, reason, several=True)


def _apart(text: str) -> list[str]:
    """Return the codes of the countries that signs keep apart.

    Folded, "Congo / DRC" is the listed alias "Congo (DRC)", which is one country.
    """
    named = (_one(_FOOTNOTE.sub("", clean(part))) for part in _BETWEEN.split(text))
    return list(dict.fromkeys(code for code in named if code))


def _unknown(shown: str, bare: str) -> Resolution:
    names = _near(bare)
    meant = f" Is {enumerate_words(list(names))} meant?" if names else ""
    reason = (
        f'"{shown}" is not a known name of a country.{meant} '
        "Correct the cell, or add the spelling to etl/vocab/country_aliases.csv."
    )
    return Resolution(None, names, reason)


def _codes(text: str) -> tuple[str, ...] | None:
    """Return the codes of a name: one, several (shared), () (no country); None if unknown."""
    if text in _taxonomy():
        return (text,)
    names = _names()
    for candidate in (text, _ARTICLE.sub("", text)):
        if fold(candidate) in names:
            return names[fold(candidate)]
    with_code = _WITH_CODE.match(text)
    if with_code and _one(with_code["name"]) == with_code["code"]:
        return (with_code["code"],)
    return None


def _one(text: str) -> str | None:
    codes = _codes(text)
    return codes[0] if codes and len(codes) == 1 else None


def _mentioned(text: str) -> list[str]:
    """Return the codes of the countries whose names stand in `text`, longest names first taken."""
    words = re.findall(r"[\w'’.-]+", text)
    found: list[str] = []
    first = 0
    while first < len(words):
        for last in range(min(first + 8, len(words)), first, -1):
            code = _one(" ".join(words[first:last]))
            if code:
                found.append(code)
                first = last - 1
                break
        first += 1
    return list(dict.fromkeys(found))


def _near(text: str) -> tuple[str, ...]:
    """Propose UN short names: named in the text, or spelt nearly so.

    The library's own fuzzy matcher is not asked: at 10 ms a name, a matrix whose countries are
    all unknown would take minutes.
    """
    codes = _mentioned(text)
    for close in near(fold(text), _spellings(), CANDIDATES, ALIKE):
        codes += _names()[close]
    return tuple(reference(code).name for code in dict.fromkeys(codes))[:CANDIDATES]


@cache
def reference(iso3: str) -> CountryReference:
    """Return the reference columns of a country or area; KeyError when `iso3` is no known code."""
    row = _taxonomy()[iso3]
    name = _straight(row["Preferred Term"])
    latitude, longitude = _point(iso3, row)
    number = row["m49 numerical code"]
    return CountryReference(
        iso3=iso3,
        name=name,
        name_fr=_straight(row["French Short"] or row["M49 French"] or name),
        name_es=_straight(row["Spanish Short"] or row["M49 Spanish"] or name),
        m49=f"{int(number):03d}" if number else "",
        region=row["Region Name"] or "",
        subregion=row["Intermediate Region Name"] or row["Sub-region Name"] or "",
        ocha_region=_ocha_regions().get(iso3, ""),
        latitude=latitude,
        longitude=longitude,
    )


def _straight(name: str) -> str:
    return name.translate(_APOSTROPHES)


def _point(iso3: str, row: dict) -> tuple[float | None, float | None]:
    """Latitude and longitude in decimal degrees; some points of the taxonomy lie in open sea."""
    better = _points().get(iso3)
    if better:
        return better
    if not row["Latitude"] or not row["Longitude"]:
        return None, None
    return float(row["Latitude"]), float(row["Longitude"])


def all_iso3() -> list[str]:
    """Return every ISO 3166-1 alpha-3 code that has a name and a place in the taxonomy, sorted."""
    return sorted(code for code in _taxonomy() if reference(code).latitude is not None)


@cache
def _taxonomy() -> dict[str, dict]:
    """OCHA's taxonomy by code. Its other unofficial codes are left out: CHI is not Chile there."""
    from hdx.location.country import Country  # slow to import (0.2 s): only when needed

    listed = Country.countriesdata(include_unofficial=True, use_live=False)["countries"]
    return {
        code: row
        for code, row in listed.items()
        if row["ISO 3166-1 Alpha 3-Codes"] or code in _WITHOUT_ISO
    }


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Folded name -> codes: one, several for a shared name, none for what is no country.

    Raises ValueError when two countries claim one name without `country_aliases.csv` saying so.
    """
    names: dict[str, tuple[str, ...]] = {}
    for code, row in _taxonomy().items():
        for name in filter(None, (row[column] for column in _NAME_COLUMNS)):
            for spelling in (name, name.removeprefix("the ")):
                _claim(names, fold(spelling), (code,), f"the taxonomy's name '{name}'")
    for line, row in vocabulary.rows(vocabulary.FOLDER / "country_aliases.csv"):
        codes = tuple(filter(None, row["iso3"].split(vocabulary.SEPARATOR)))
        where = f"country_aliases.csv line {line}"
        for code in codes:
            if code not in _taxonomy():
                raise ValueError(f"{where}: '{code}' is no ISO 3166-1 alpha-3 code.")
        _claim(names, fold(row["alias"]), codes, f"{where}: '{row['alias']}'")
    return names


@cache
def _spellings() -> tuple[str, ...]:
    return tuple(_names())


def _claim(
    names: dict[str, tuple[str, ...]], name: str, codes: tuple[str, ...], where: str
) -> None:
    if names.setdefault(name, codes) != codes:
        owner = ", ".join(names[name]) or "what is no country"
        raise ValueError(f"{where} is already a name of {owner}.")


@cache
def _not_countries() -> dict[str, str]:
    """Folded name -> what it is instead, from the aliases without a code."""
    lines = vocabulary.rows(vocabulary.FOLDER / "country_aliases.csv")
    return {fold(row["alias"]): row["note"] for _, row in lines if not row["iso3"]}


@cache
def _ocha_regions() -> dict[str, str]:
    lines = vocabulary.rows(vocabulary.FOLDER / "country_regions.csv")
    return {row["iso3"]: row["ocha_region"] for _, row in lines}


@cache
def _points() -> dict[str, tuple[float, float]]:
    lines = vocabulary.rows(vocabulary.FOLDER / "country_points.csv")
    return {row["iso3"]: (float(row["latitude"]), float(row["longitude"])) for _, row in lines}
