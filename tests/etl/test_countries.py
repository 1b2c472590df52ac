"""A country is resolved exactly, by a listed alias, or not at all; what is near is only proposed."""

import subprocess
import sys

import pytest

from etl.meaning import countries, vocabulary
from etl.text import fold

RESOLVED = [
    ("Ghana", "GHA"),
    ("GHANA", "GHA"),
    ("the Republic of Ghana", "GHA"),
    ("Republic of Ghana", "GHA"),
    ("GHA", "GHA"),
    ("Niger", "NER"),
    ("Níger", "NER"),
    ("Le Niger", "NER"),
    ("Nigeria", "NGA"),
    ("Nigéria", "NGA"),
    ("Guinea", "GIN"),
    ("Guinée", "GIN"),
    ("Guinea-Conakry", "GIN"),
    ("Equatorial Guinea", "GNQ"),
    ("Guinée équatoriale", "GNQ"),
    ("Guinea Ecuatorial", "GNQ"),
    ("Guinea-Bissau", "GNB"),
    ("Guinea Bissau", "GNB"),
    ("Guinée-Bissau", "GNB"),
    ("Papua New Guinea", "PNG"),
    ("Papouasie-Nouvelle-Guinée", "PNG"),
    ("Congo", "COG"),
    ("Congo (Brazzaville)", "COG"),
    ("Republic of the Congo", "COG"),
    ("République du Congo", "COG"),
    ("DRC", "COD"),
    ("D.R.C.", "COD"),
    ("RDC", "COD"),
    ("DR Congo", "COD"),
    ("Zaire", "COD"),
    ("Congo, Democratic Republic of the", "COD"),
    ("Democratic Republic of the Congo", "COD"),
    ("République démocratique du Congo", "COD"),
    ("República Democrática del Congo", "COD"),
    ("Sudan", "SDN"),
    ("Soudan", "SDN"),
    ("South Sudan", "SSD"),
    ("Soudan du Sud", "SSD"),
    ("Sudán del Sur", "SSD"),
    ("Dominica", "DMA"),
    ("Dominique", "DMA"),
    ("Dominican Republic", "DOM"),
    ("République dominicaine", "DOM"),
    ("República Dominicana", "DOM"),
    ("UK", "GBR"),
    ("U.K.", "GBR"),
    ("Great Britain", "GBR"),
    ("Royaume-Uni", "GBR"),
    ("Reino Unido", "GBR"),
    ("USA", "USA"),
    ("U.S.A.", "USA"),
    ("États-Unis", "USA"),
    ("EE.UU.", "USA"),
    ("EE. UU.", "USA"),
    ("Estados Unidos", "USA"),
    ("Côte d’Ivoire", "CIV"),
    ("Côte d'Ivoire", "CIV"),
    ("COTE D'IVOIRE", "CIV"),
    ("Ivory Coast", "CIV"),
    ("Costa de Marfil", "CIV"),
    ("Cape Verde", "CPV"),
    ("Cap-Vert", "CPV"),
    ("Cabo Verde", "CPV"),
    ("Turkey", "TUR"),
    ("Turquie", "TUR"),
    ("Turquía", "TUR"),
    ("Türkiye", "TUR"),
    ("Swaziland", "SWZ"),
    ("Eswatini", "SWZ"),
    ("Burma", "MMR"),
    ("Myanmar", "MMR"),
    ("Macedonia", "MKD"),
    ("FYROM", "MKD"),
    ("North Macedonia", "MKD"),
    ("Czech Republic", "CZE"),
    ("République tchèque", "CZE"),
    ("Czechia", "CZE"),
    ("Tanzania", "TZA"),
    ("Tanzanie", "TZA"),
    ("Bolivia", "BOL"),
    ("Bolivie", "BOL"),
    ("Venezuela", "VEN"),
    ("Iran", "IRN"),
    ("Irán", "IRN"),
    ("Iran, Islamic Republic of", "IRN"),
    ("Syria", "SYR"),
    ("Syrie", "SYR"),
    ("Russia", "RUS"),
    ("Russie", "RUS"),
    ("Moldova", "MDA"),
    ("Moldavie", "MDA"),
    ("Laos", "LAO"),
    ("Vietnam", "VNM"),
    ("Viet Nam", "VNM"),
    ("Brunei", "BRN"),
    ("Palestine", "PSE"),
    ("oPt", "PSE"),
    ("The Gambia", "GMB"),
    ("Gambia, The", "GMB"),
    ("Gambie", "GMB"),
    ("The Netherlands", "NLD"),
    ("Holland", "NLD"),
    ("Pays-Bas", "NLD"),
    ("Países Bajos", "NLD"),
    ("Timor Leste", "TLS"),
    ("East Timor", "TLS"),
    ("Kosovo", "XKX"),
    ("South Korea", "KOR"),
    ("ROK", "KOR"),
    ("Korea, Republic of", "KOR"),
    ("Corée du Sud", "KOR"),
    ("North Korea", "PRK"),
    ("Bosnia and Herzegovina", "BIH"),
    ("Bosnie-Herzégovine", "BIH"),
    ("Trinidad and Tobago", "TTO"),
    ("Trinité-et-Tobago", "TTO"),
    ("Antigua and Barbuda", "ATG"),
    ("Saint Vincent and the Grenadines", "VCT"),
    ("Saint Kitts and Nevis", "KNA"),
    ("Sao Tome and Principe", "STP"),
    ("Namibia", "NAM"),
    ("Jordan", "JOR"),
    ("Hong Kong", "HKG"),
    ("Ghana (GHA)", "GHA"),
    ("Ghana*", "GHA"),
    ("Ghana 1)", "GHA"),
    ("Ghana (1)", "GHA"),
    ("Ghana [2]", "GHA"),
    ("Ghana¹", "GHA"),
    ("Ghana†", "GHA"),
    ("Congo (DRC)", "COD"),
    ("Trinidad & Tobago", "TTO"),
    ("Guinea/Conakry", "GIN"),
    ("Germany\nAllemagne", "DEU"),
    (" Ghana\u00a0", "GHA"),
    ("Allemagne / Germany", "DEU"),
    ("Perú", "PER"),
    ("Brésil", "BRA"),
    ("Marruecos", "MAR"),
]
SEVERAL = [
    ("Ghana / Kenya", {"Ghana", "Kenya"}),
    ("Ghana and Togo", {"Ghana", "Togo"}),
    ("Mali, Niger", {"Mali", "Niger"}),
    ("Rwanda & Uganda", {"Rwanda", "Uganda"}),
    ("Sénégal et Mali", {"Senegal", "Mali"}),
    ("Perú y Chile", {"Peru", "Chile"}),
    ("Ghana - Togo", {"Ghana", "Togo"}),
    ("Ghana\nTogo", {"Ghana", "Togo"}),
    ("Ghana (GAB)", {"Ghana", "Gabon"}),
    ("Bosnia and Herzegovina / Croatia", {"Bosnia and Herzegovina", "Croatia"}),
    ("Mali; Chad; Niger", {"Mali", "Chad", "Niger"}),
    ("Congo/DRC", {"Congo", "Democratic Republic of the Congo"}),
    ("Congo ; DRC", {"Congo", "Democratic Republic of the Congo"}),
    ("Congo | RDC", {"Congo", "Democratic Republic of the Congo"}),
    ("Congo & DRC*", {"Congo", "Democratic Republic of the Congo"}),
    ("Congo + DRC", {"Congo", "Democratic Republic of the Congo"}),
    ("Congo\nDRC", {"Congo", "Democratic Republic of the Congo"}),
    ("Korea", {"Republic of Korea", "Democratic People's Republic of Korea"}),
    ("Corée", {"Republic of Korea", "Democratic People's Republic of Korea"}),
]
REFUSED = [
    ("Nigera", "Nigeria"),
    ("Nigera", "Niger"),
    ("Germnay", "Germany"),
    ("Nigeria?", "Nigeria"),
    ("Ghana (Accra)", "Ghana"),
    ("Ghana1", "Ghana"),
    ("gha", "Ghana"),
    ("Training centre in Mali", "Mali"),
]
NOT_COUNTRIES = [
    "African Union",
    "The African Union",
    "L'Union africaine",
    "ECOWAS",
    "CEDEAO",
    "America",
    "West Africa",
    "Various",
    "Yugoslavia",
    "Serbia and Montenegro",
    "UN",
]


@pytest.mark.parametrize(("text", "iso3"), RESOLVED)
def test_a_known_name_resolves(text, iso3):
    assert countries.resolve(text) == countries.Resolution(iso3)


@pytest.mark.parametrize(("text", "names"), SEVERAL)
def test_a_cell_that_names_two_countries_or_may_mean_either_is_not_resolved(text, names):
    resolution = countries.resolve(text)
    assert resolution.iso3 is None and resolution.several
    assert set(resolution.candidates) == names
    assert all(name in resolution.reason for name in names)


@pytest.mark.parametrize(("text", "candidate"), REFUSED)
def test_a_near_name_is_proposed_and_never_used(text, candidate):
    resolution = countries.resolve(text)
    assert resolution.iso3 is None and not resolution.several
    assert candidate in resolution.candidates and candidate in resolution.reason


@pytest.mark.parametrize("text", NOT_COUNTRIES)
def test_what_is_known_to_be_no_country_is_refused_with_its_kind(text):
    resolution = countries.resolve(text)
    assert (resolution.iso3, resolution.candidates) == (None, ())
    assert "not a country" in resolution.reason


@pytest.mark.parametrize(
    "text",
    ["", " ", "?", "-", "Atlantis", "x" * 32_000, "Mali " * 5_000, "(((((", "'=1+1", "CHI", "NA"],
)
def test_anything_else_is_refused_with_a_sentence(text):
    resolution = countries.resolve(text)
    assert resolution.iso3 is None
    assert resolution.reason.endswith(".")


@pytest.mark.parametrize(
    "column",
    [
        "Preferred Term",
        "English Short",
        "French Short",
        "Spanish Short",
        "M49 French",
        "M49 Spanish",
    ],
)
def test_every_name_of_the_taxonomy_resolves_to_its_own_country(column):
    for iso3, row in countries._taxonomy().items():
        if row[column]:
            assert countries.resolve(row[column]).iso3 == iso3, row[column]


def test_a_name_that_is_broken_into_two_lines_is_still_one_country():
    for iso3, row in countries._taxonomy().items():
        for column in ("Preferred Term", "M49 French", "M49 Spanish"):
            words = (row[column] or "").split()
            for cut in range(1, len(words)):
                broken = " ".join(words[:cut]) + "\n" + " ".join(words[cut:])
                assert countries.resolve(broken).iso3 == iso3, broken


def test_every_alias_resolves_as_its_line_says():
    for line, row in vocabulary.rows(vocabulary.FOLDER / "country_aliases.csv"):
        codes = row["iso3"].split(";")
        expected = codes[0] if len(codes) == 1 and codes[0] else None
        assert countries.resolve(row["alias"]).iso3 == expected, (line, row["alias"])
        assert row["language"] in ("en", "fr", "es", "nl") and (expected or row["note"]), line


def test_no_two_countries_share_a_folded_name():
    countries._names.cache_clear()
    countries._names()  # raises ValueError when they do


def test_a_name_that_two_countries_claim_is_refused_loudly():
    names = {"ghana": ("GHA",)}
    with pytest.raises(ValueError, match="GHA"):
        countries._claim(names, "ghana", ("GIN",), "line 9")


def test_the_names_of_two_countries_side_by_side_never_read_as_a_third():
    names = {name: codes for name, codes in countries._names().items() if len(codes) == 1}
    for whole, codes in names.items():
        for cut in range(3, len(whole) - 2):
            two = names.get(whole[:cut]), names.get(whole[cut:])
            if None not in two:
                assert codes in two, (whole, two)


def test_an_upper_case_code_is_a_country_and_no_name_of_another_one():
    for iso3 in countries._taxonomy():
        assert countries.resolve(iso3).iso3 == iso3
        named = countries._names().get(fold(iso3))
        assert named in (None, (iso3,)), iso3


def test_the_reference_has_un_names_regions_and_codes():
    ivory_coast = countries.reference("CIV")
    assert (ivory_coast.name, ivory_coast.name_fr, ivory_coast.name_es) == ("Côte d'Ivoire",) * 3
    assert (ivory_coast.m49, ivory_coast.region) == ("384", "Africa")
    assert ivory_coast.subregion == "Western Africa"
    assert ivory_coast.ocha_region == "ROWCA"
    assert countries.reference("AFG").m49 == "004"
    assert countries.reference("FRA").subregion == "Western Europe"
    assert countries.reference("FRA").ocha_region == ""
    assert countries.reference("XKX").m49 == ""
    with pytest.raises(KeyError):
        countries.reference("ZZZ")


def test_every_country_has_a_reference_with_points_on_the_globe_and_straight_apostrophes():
    for iso3 in countries._taxonomy():
        found = countries.reference(iso3)
        assert found.name and found.name_fr and found.name_es
        assert not set("’‘ʼ") & set(found.name + found.name_fr + found.name_es)
        if found.latitude is not None:
            assert -90 <= found.latitude <= 90 and -180 <= found.longitude <= 180, iso3


def test_reference_points_replace_those_of_the_taxonomy_that_lie_in_open_sea():
    assert (countries.reference("PHL").latitude, countries.reference("PHL").longitude) == (
        14.6,
        120.98,
    )


def test_the_network_is_never_asked():
    code = (
        "import socket\n"
        "def refuse(*args, **kwargs): raise AssertionError('the network was asked')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse\n"
        "from etl.meaning import countries\n"
        "assert countries.resolve('Ghana').iso3 == 'GHA'\n"
        "assert countries.resolve('Nigera').iso3 is None\n"
        "assert countries.reference('GHA').name == 'Ghana'\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
