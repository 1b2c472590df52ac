"""How people head their columns, in three languages, alone and under a group."""

from pathlib import Path

import pytest

from etl.matrix.synonyms import load_synonyms

SYNONYMS = load_synonyms()


@pytest.mark.parametrize(
    ("field", "headers"),
    {
        "country": [
            "Country",
            "TCC",
            "T/PCC",
            "Troop contributing country",
            "Member State",
            "Nation",
            "Pays",
            "Pays contributeur",
            "État membre",
            "País",
            "País contribuyente",
            "Estado Miembro",
        ],
        "region": ["Region", "Sub-region", "Région", "Región"],
        "centre_name": [
            "Training centre",
            "Training center",
            "Institution",
            "PKTC",
            "Academy",
            "School",
            "Centre de formation",
            "École",
            "Centro de formación",
            "Centro de entrenamiento",
            "Centro de adiestramiento",
            "Escuela",
        ],
        "centre_name_local": [
            "Name in own language",
            "Nom dans la langue locale",
            "Nombre en idioma local",
        ],
        "acronym": ["Acronym", "Sigle", "Siglas"],
        "city": ["City", "Ville", "Ciudad", "Location"],
        "latitude": ["Latitude", "Lat.", "Latitud", "Latitude (decimal degrees)"],
        "longitude": ["Longitude", "Long", "Longitud"],
        "operator": ["Run by", "Géré par", "Gestionado por"],
        "provider_type": [
            "Kind of provider",
            "Type of institution",
            "Type de centre",
            "Tipo de centro",
        ],
        "scope": ["Scope", "Portée", "Alcance"],
        "established_year": ["Established", "Année de création", "Año de creación"],
        "website": ["Website", "Site web", "Sitio web"],
        "course_title": [
            "Course",
            "Course title",
            "Course name",
            "Training",
            "Programme",
            "Cours",
            "Formation",
            "Intitulé du cours",
            "Intitulé de la formation",
            "Stage",
            "Curso",
            "Título del curso",
            "Nombre del curso",
            "Capacitación",
        ],
        "course_title_local": [
            "Title in own language",
            "Course title (local language)",
            "Titre original",
            "Título en idioma original",
        ],
        "course_type": ["Type of course", "Type de formation", "Tipo de curso"],
        "audience": ["Target audience", "Participants", "Public cible", "Dirigido a"],
        "duration": ["Duration", "Duration (days)", "Length", "Durée (jours)", "Duración"],
        "language": ["Language(s)", "Language of instruction", "Langue", "Idioma(s)"],
        "year": ["Year", "Année", "Año"],
        "un_recognised": [
            "UN recognised",
            "UN-recognized?",
            "Certified by ITS/DPKO",
            "Reconnu par l'ONU",
            "Reconocido por la ONU",
        ],
        "cmcoord_level": [
            "UN-CMCoord content",
            "UN-CMCoord level",
            "CMCoord",
            "UN CMCoord",
            "CMCoord content",
            "Level of CMCoord",
            "UN-CMCoord (Y/N)",
            "Civil-military coordination content",
            "Contenu UN-CMCoord",
            "Niveau CMCoord",
            "Coordination civilo-militaire",
            "Contenido CMCoord",
            "Nivel de CMCoord",
            "Coordinación civil-militar",
            "Coordinación cívico-militar",
        ],
        "evidence": ["Evidence", "Éléments de preuve", "Evidencia"],
        "evidence_type": ["Kind of evidence", "Type de preuve", "Tipo de evidencia"],
        "topics": ["Other topics", "Autres thèmes", "Otros temas"],
        "source_url": ["Source", "Link", "URL", "Lien", "Fuente", "Enlace"],
        "centre_source_url": ["Centre source", "Source du centre", "Fuente del centro"],
    }.items(),
)
def test_every_field_is_known_as_people_head_it_in_three_languages(
    field: str, headers: list[str]
) -> None:
    assert {header: SYNONYMS.field_of(header) for header in headers} == dict.fromkeys(
        headers, field
    )


@pytest.mark.parametrize(
    "header", ["COUNTRY", " country ", "Country*", "Country:", "Côuntry", "“Country”", "1. Country"]
)
def test_case_accents_spaces_punctuation_and_numbering_do_not_matter(header: str) -> None:
    assert SYNONYMS.field_of(header) == "country"


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Country / Pays", "country"),
        ("Pays | Country | País", "country"),
        ("Country (TCC)", "country"),
        ("Course title Titre du cours", "course_title"),
        ("UN-CMCoord content / Contenu UN-CMCoord", "cmcoord_level"),
        ("Country / Centre", None),
        ("Country of origin", None),
        ("Course / Region", None),
        ("", None),
        ("…", None),
        ("Country " * 100, None),
    ],
)
def test_a_header_in_pieces_is_known_when_all_pieces_mean_one_field(
    header: str, field: str | None
) -> None:
    assert SYNONYMS.field_of(header) == field


@pytest.mark.parametrize(
    ("group", "header", "field"),
    [
        ("Training centre", "Name", "centre_name"),
        ("INSTITUTION", "Name", "centre_name"),
        ("Training centre details", "Source", "centre_source_url"),
        ("Centre de formation", "Nom", "centre_name"),
        ("Centro de entrenamiento", "Fuente", "centre_source_url"),
        ("Course", "Title", "course_title"),
        ("COURSE", "Name", "course_title"),
        ("Cours", "Intitulé", "course_title"),
        ("Curso", "Nombre", "course_title"),
        ("Course", "Type", "course_type"),
        ("Centre", "Type", "provider_type"),
        ("UN-CMCoord and related content", "Level", "cmcoord_level"),
        ("CMCoord", "Niveau", "cmcoord_level"),
        ("Contenu CMCoord", "Niveau", "cmcoord_level"),
        ("Evidence", "Type", "evidence_type"),
        ("Source", "Centre", "centre_source_url"),
        ("Peacekeeping in 2018", "Country", "country"),
        ("", "Name", None),
        ("Peacekeeping in 2018", "Name", None),
    ],
)
def test_a_group_makes_a_general_header_specific(
    group: str, header: str, field: str | None
) -> None:
    assert SYNONYMS.field_of(header, group) == field


def test_a_header_that_two_fields_claim_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "columns.csv"
    path.write_text("field,language,group,header\ncountry,en,,State\nregion,en,,STATE\n")

    with pytest.raises(ValueError, match="columns.csv line 3: .*'country'.*'region'"):
        load_synonyms(path)
