"""How columns are headed, in which rows, and in which sheet: what is recognised and what is not."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from etl.headers import Column, best_header, load_synonyms
from etl.issues import NotAMatrix
from etl.table_search import find_header
from etl.text import fold
from etl.workbook import Sheet, open_workbook

ROOT = Path(__file__).parents[2]
SYNONYMS = load_synonyms()
TICKS = {fold(header): meaning for header, meaning in {
    "CIMIC": ("topics", "cimic"), "UN-CMCoord": ("topics", "un-cmcoord"),
    "Police": ("topics", "police"), "Policía": ("topics", "police"),
    "Military": ("audience", "military"), "Civilian": ("audience", "civilian"),
    "Staff officers": ("topics", "staff-officer"),
    "Protection of civilians": ("topics", "protection-of-civilians"),
}.items()}
NEEDED = ["Country", "Training centre", "Course title", "UN-CMCoord content"]
DATA = ["Ghana", "KAIPTC", "UN CIMIC course", "Module"]


def sheet_of(
    *grid: list[str | None], title: str = "Matrix", first: int = 1,
    merges: tuple[tuple[int, int, int, int], ...] = (),
) -> Sheet:
    """Return a sheet with `grid` from row `first` on; None and "" are no cells."""
    rows = {row: {column: value for column, value in enumerate(values, start=1) if value}
            for row, values in enumerate(grid, start=first)}
    return Sheet(title, {row: cells for row, cells in rows.items() if cells}, merges)


def columns_of(*grid: list[str | None], **options) -> list[Column]:
    return list(best_header(sheet_of(*grid, **options), SYNONYMS, TICKS).columns)


def meanings(columns: list[Column]) -> list[str | None]:
    return [f"{column.field}:{column.code}" if column.code else column.field for column in columns]


class TestSynonyms:
    @pytest.mark.parametrize(("field", "headers"), {
        "country": ["Country", "TCC", "T/PCC", "Troop contributing country", "Member State",
                    "Nation", "Pays", "Pays contributeur", "État membre", "País",
                    "País contribuyente", "Estado Miembro"],
        "region": ["Region", "Sub-region", "Région", "Región"],
        "centre_name": ["Training centre", "Training center", "Institution", "PKTC", "Academy",
                        "School", "Centre de formation", "École", "Centro de formación",
                        "Centro de entrenamiento", "Centro de adiestramiento", "Escuela"],
        "centre_name_local": ["Name in own language", "Nom dans la langue locale",
                              "Nombre en idioma local"],
        "acronym": ["Acronym", "Sigle", "Siglas"],
        "city": ["City", "Ville", "Ciudad", "Location"],
        "latitude": ["Latitude", "Lat.", "Latitud", "Latitude (decimal degrees)"],
        "longitude": ["Longitude", "Long", "Longitud"],
        "operator": ["Run by", "Géré par", "Gestionado por"],
        "provider_type": ["Kind of provider", "Type of institution", "Type de centre",
                          "Tipo de centro"],
        "scope": ["Scope", "Portée", "Alcance"],
        "established_year": ["Established", "Année de création", "Año de creación"],
        "website": ["Website", "Site web", "Sitio web"],
        "course_title": ["Course", "Course title", "Course name", "Training", "Programme",
                         "Cours", "Formation", "Intitulé du cours", "Intitulé de la formation",
                         "Stage", "Curso", "Título del curso", "Nombre del curso",
                         "Capacitación"],
        "course_title_local": ["Title in own language", "Course title (local language)",
                               "Titre original", "Título en idioma original"],
        "course_type": ["Type of course", "Type de formation", "Tipo de curso"],
        "audience": ["Target audience", "Participants", "Public cible", "Dirigido a"],
        "duration": ["Duration", "Duration (days)", "Length", "Durée (jours)", "Duración"],
        "language": ["Language(s)", "Language of instruction", "Langue", "Idioma(s)"],
        "year": ["Year", "Année", "Año"],
        "un_recognised": ["UN recognised", "UN-recognized?", "Certified by ITS/DPKO",
                          "Reconnu par l'ONU", "Reconocido por la ONU"],
        "cmcoord_level": ["UN-CMCoord content", "UN-CMCoord level", "CMCoord", "UN CMCoord",
                          "CMCoord content", "Level of CMCoord", "UN-CMCoord (Y/N)",
                          "Civil-military coordination content", "Contenu UN-CMCoord",
                          "Niveau CMCoord", "Coordination civilo-militaire",
                          "Contenido CMCoord", "Nivel de CMCoord",
                          "Coordinación civil-militar", "Coordinación cívico-militar"],
        "evidence": ["Evidence", "Éléments de preuve", "Evidencia"],
        "evidence_type": ["Kind of evidence", "Type de preuve", "Tipo de evidencia"],
        "topics": ["Other topics", "Autres thèmes", "Otros temas"],
        "source_url": ["Source", "Link", "URL", "Lien", "Fuente", "Enlace"],
        "centre_source_url": ["Centre source", "Source du centre", "Fuente del centro"],
    }.items())
    def test_every_field_is_known_as_people_head_it_in_three_languages(
        self, field: str, headers: list[str]
    ) -> None:
        assert {header: SYNONYMS.field_of(header) for header in headers} == dict.fromkeys(
            headers, field)

    @pytest.mark.parametrize("header", ["COUNTRY", " country ", "Country*", "Country:", "Côuntry",
                                        "“Country”", "1. Country"])
    def test_case_accents_spaces_punctuation_and_numbering_do_not_matter(
        self, header: str
    ) -> None:
        assert SYNONYMS.field_of(header) == "country"

    @pytest.mark.parametrize(("header", "field"), [
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
    ])
    def test_a_header_in_pieces_is_known_when_all_pieces_mean_one_field(
        self, header: str, field: str | None
    ) -> None:
        assert SYNONYMS.field_of(header) == field

    @pytest.mark.parametrize(("group", "header", "field"), [
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
    ])
    def test_a_group_makes_a_general_header_specific(
        self, group: str, header: str, field: str | None
    ) -> None:
        assert SYNONYMS.field_of(header, group) == field

    def test_a_header_that_two_fields_claim_is_an_error_with_its_line(
        self, tmp_path: Path
    ) -> None:
        path = tmp_path / "columns.csv"
        path.write_text("field,language,group,header\ncountry,en,,State\nregion,en,,STATE\n")

        with pytest.raises(ValueError, match="columns.csv line 3: .*'country'.*'region'"):
            load_synonyms(path)


class TestRows:
    def test_both_editions_are_recognised_whole(self) -> None:
        for edition in ("desk-review-2018", "public-sources-2026"):
            sheets = open_workbook(ROOT / "data" / "raw" / edition / "matrix.xlsx")

            header, others = find_header(sheets, SYNONYMS, TICKS)

            assert (header.sheet.title, header.score[:2], others) == ("Matrix", (4, 27), ())
            assert all(column.field for column in header.columns)

    @pytest.mark.parametrize("first", [1, 2, 25])
    def test_a_header_stands_anywhere_in_the_first_25_rows(self, first: int) -> None:
        header = best_header(sheet_of(NEEDED, DATA, first=first), SYNONYMS, TICKS)

        assert header.rows == (first,)
        assert header.score[:2] == (4, 4)

    def test_a_header_below_the_first_25_rows_is_none(self) -> None:
        assert best_header(sheet_of(NEEDED, DATA, first=26), SYNONYMS, TICKS) is None

    def test_columns_may_come_in_any_order_with_gaps(self) -> None:
        columns = columns_of(["CMCoord", None, "Course", "Notes", "Country", "Centre"])

        assert [(column.letter, column.field) for column in columns] == [
            ("A", "cmcoord_level"), ("C", "course_title"), ("D", None), ("E", "country"),
            ("F", "centre_name")]

    @pytest.mark.parametrize(("grid", "merges", "expected"), [
        # Groups merged over their columns, and a header merged over both rows.
        ([["Country", "Training centre", None, "Course", None, "CMCoord"],
          [None, "Name", "Source", "Title", "Source", None]],
         ((1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 1, 5), (1, 6, 2, 6)),
         ["country", "centre_name", "centre_source_url", "course_title", "source_url",
          "cmcoord_level"]),
        # The same with groups written once over the first of their columns.
        ([["Country", "Training centre", None, "Course", None, "CMCoord"],
          [None, "Name", "Source", "Title", "Source", None]], (),
         ["country", "centre_name", "centre_source_url", "course_title", "source_url",
          "cmcoord_level"]),
        # A merged group ends where its merge ends: "Name" beyond it says nothing.
        ([["Country", "Centre", None, None, "Course", "CMCoord"],
          [None, "Name", "City", "Name", None, None]], ((1, 2, 1, 3),),
         ["country", "centre_name", "city", None, "course_title", "cmcoord_level"]),
        # A single group, not over the first column.
        ([[None, None, None, "UN-CMCoord content", None],
          ["Pays", "Centre", "Cours", "Niveau", "Preuves"]], (),
         ["country", "centre_name", "course_title", "cmcoord_level", "evidence"]),
    ], ids=["merged", "written-once", "ends-with-its-merge", "single-group"])
    def test_two_rows_are_read_together_when_that_recognises_more(
        self, grid, merges, expected: list[str | None]
    ) -> None:
        header = best_header(sheet_of(*grid, DATA, merges=merges), SYNONYMS, TICKS)

        assert header.rows == (1, 2)
        assert meanings(header.columns) == expected

    @pytest.mark.parametrize("above", [
        ["COUNTRY", "TRAINING CENTRE", "COURSE", "CONTENT"],
        ["Training centres and courses: desk review"],
        ["As of", "2018"],
    ])
    def test_on_a_tie_one_row_is_preferred(self, above: list[str]) -> None:
        assert best_header(sheet_of(above, NEEDED, DATA), SYNONYMS, TICKS).rows == (2,)

    def test_a_title_over_the_table_is_no_group(self) -> None:
        columns = columns_of(["Training centres"], [*NEEDED, "Source", "Year"], DATA)

        assert meanings(columns)[4:] == ["source_url", "year"]

    @pytest.mark.parametrize("row", [
        DATA, [None, None, "CIMIC", "Module"], ["Ghana"], [None, "School", "Training", None],
        ["Ghana", None, None, None, "Military"],
    ])
    def test_a_row_of_data_is_never_taken_for_a_second_header_row(self, row: list) -> None:
        header = best_header(sheet_of([*NEEDED, "Target audience"], row), SYNONYMS, TICKS)

        assert header.rows == (1,)

    def test_numbers_dates_and_long_texts_are_no_headers(self) -> None:
        columns = columns_of([*NEEDED, 2017, "Country " + "x" * 200])

        assert [(column.header[:4], column.field) for column in columns[4:]] == [
            ("2017", None), ("Coun", None)]


class TestTicks:
    @pytest.mark.parametrize(("grid", "expected"), [
        ([[*NEEDED, "CIMIC", "Police"]], ["topics:cimic", "topics:police"]),
        ([[*NEEDED, "Military", "Police", "Civilian"]],
         ["audience:military", "audience:police", "audience:civilian"]),
        ([[None] * 4 + ["Target audience", None], [*NEEDED, "CIMIC", "Policía"]],
         ["topics:cimic", "audience:police"]),
        ([[None] * 4 + ["Participants", None], [*NEEDED, "Staff officers", "Police"]],
         ["audience:military", "audience:police"]),
        ([[None] * 4 + ["Topics", None, None], [*NEEDED, "Police", "UN-CMCoord", "Protection of "
                                                                                 "civilians"]],
         ["topics:police", "topics:un-cmcoord", "topics:protection-of-civilians"]),
        ([[None] * 4 + ["Protection"], [*NEEDED, "of civilians"]],
         ["topics:protection-of-civilians"]),
        ([[*NEEDED, "Topics", "Audience"]], ["topics", "audience"]),
    ])
    def test_a_column_headed_by_a_topic_or_an_audience_is_a_column_of_ticks(
        self, grid: list, expected: list[str]
    ) -> None:
        assert meanings(columns_of(*grid))[4:] == expected

    @pytest.mark.parametrize("level", ["UN-CMCoord content", "Level of CMCoord"])
    @pytest.mark.parametrize("tick_first", [True, False])
    def test_a_header_that_could_be_a_tick_leaves_the_field_to_a_clear_one(
        self, level: str, tick_first: bool
    ) -> None:
        both = ["UN-CMCoord", level] if tick_first else [level, "UN-CMCoord"]

        columns = columns_of([*NEEDED[:3], *both])

        assert {column.header: column.field for column in columns[3:]} == {
            "UN-CMCoord": "topics", level: "cmcoord_level"}

    def test_a_header_that_could_be_a_tick_is_the_field_when_it_is_alone(self) -> None:
        assert meanings(columns_of([*NEEDED[:3], "UN-CMCoord"]))[3] == "cmcoord_level"


class TestSearch:
    def search(self, *sheets: Sheet, ticks: Mapping = TICKS):
        return find_header(sheets, SYNONYMS, ticks)

    def codes(self, *sheets: Sheet) -> list[tuple[str, str]]:
        with pytest.raises(NotAMatrix) as caught:
            self.search(*sheets)
        return [(issue.code, issue.column) for issue in caught.value.issues]

    @pytest.mark.parametrize(("sheets", "chosen"), [
        # Needed headers count before any others.
        ([sheet_of([*NEEDED[:3], "City", "Latitude", "Longitude"], DATA, title="more"),
          sheet_of(NEEDED, DATA, title="needed")], "needed"),
        # Then all that are recognised.
        ([sheet_of(NEEDED, DATA, title="fewer"), sheet_of([*NEEDED, "City"], DATA, title="more")],
         "more"),
        # Then the number of course rows, then the first.
        ([sheet_of(NEEDED, DATA, title="short"), sheet_of(NEEDED, DATA, DATA, title="long")],
         "long"),
        ([sheet_of(NEEDED, DATA, title="first"), sheet_of(NEEDED, DATA, title="second")],
         "first"),
        # A template has no rows.
        ([sheet_of([*NEEDED, "City"], title="template"), sheet_of(NEEDED, DATA, title="filled")],
         "filled"),
    ], ids=["needed", "recognised", "rows", "first", "template"])
    def test_the_sheet_is_the_one_in_which_most_is_recognised(
        self, sheets: list[Sheet], chosen: str
    ) -> None:
        assert self.search(*sheets)[0].sheet.title == chosen

    def test_other_sheets_with_a_matrix_are_named(self) -> None:
        _, others = self.search(sheet_of(NEEDED, DATA, DATA), sheet_of(["Read me"]),
                                sheet_of(NEEDED, DATA, title="Africa"),
                                sheet_of(NEEDED, title="Template"))

        assert [other.sheet.title for other in others] == ["Africa"]

    @pytest.mark.parametrize("missing", range(4))
    def test_each_needed_column_that_is_missing_is_an_error(self, missing: int) -> None:
        header = [name for index, name in enumerate(NEEDED) if index != missing]
        field = ("country", "centre_name", "course_title", "cmcoord_level")[missing]

        assert self.codes(sheet_of([*header, "City"])) == [("column-missing", field)]

    def test_the_error_names_what_was_found_and_what_is_nearest(self) -> None:
        with pytest.raises(NotAMatrix) as caught:
            self.search(sheet_of(["Contry", "Training centre", "Course", "Weather", "CMCoord"]))

        message = str(caught.value)

        assert "has no column 'Country'" in message
        assert "A Contry; B Training centre; C Course; D Weather; E CMCoord" in message
        assert "Nearest: 'Contry'." in message
        assert "etl/maps/columns.csv" in message

    @pytest.mark.parametrize("sheets", [
        [], [sheet_of()], [sheet_of(["Shopping list"], ["Milk", "2"])],
        [sheet_of(["A source of water"], ["Source", "Litres"])],
        [sheet_of(NEEDED, first=26)],
    ], ids=["no-sheet", "empty", "something-else", "one-known-word", "too-far-down"])
    def test_a_workbook_without_a_table_is_told_what_is_wanted(self, sheets: list[Sheet]) -> None:
        assert self.codes(*sheets) == [("no-table", "")]
