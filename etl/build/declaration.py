"""Every table and column of the corridor, declared once.

The schema in `datapackage.json`, the validation of each build and `docs/data-dictionary.md` are all
made from this page, so a column can never be described in two ways. Types are those of Table
Schema (https://specs.frictionlessdata.io/table-schema/); HXL tags follow HXL 1.1.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class TableColumn:
    """One column: what it holds, in which unit, and which values are allowed.

    `vocabulary` names the file in `etl/vocab/` whose codes are the only values allowed.
    """

    name: str
    title: str
    description: str
    type: str = "string"
    unit: str = ""
    hxl: str = ""
    required: bool = False
    vocabulary: str = ""
    values: tuple[str, ...] = ()
    pattern: str = ""
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True)
class Table:
    """One table: its columns, its key, and the keys of other tables that it carries."""

    name: str
    title: str
    description: str
    columns: tuple[TableColumn, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[tuple[str, str], ...] = ()  # (column here and there, table)


def _text(name: str, title: str, description: str, **more: Any) -> TableColumn:
    return TableColumn(name, title, description, **more)


def _whole(name: str, title: str, description: str, **more: Any) -> TableColumn:
    return TableColumn(name, title, description, type="integer", **more)


def _number(name: str, title: str, description: str, **more: Any) -> TableColumn:
    return TableColumn(name, title, description, type="number", **more)


# A table is read line by line: what a column is called, then what holds for it.
# fmt: off
_ISO3 = _text(
    "country_iso3", "Country (ISO 3166-1 alpha-3)", "Country or area, as ISO 3166-1 alpha-3 code",
    hxl="#country+code+v_iso3", required=True, pattern="[A-Z]{3}",
)
_COURSE_ID = _text(
    "course_id", "Course identifier", "Identifier of the course, readable and stable",
    hxl="#activity+code", required=True,
)
_CENTRE_ID = _text(
    "centre_id", "Centre identifier", "Identifier of the training centre, readable and stable",
    hxl="#org+code", required=True,
)
_SHEET = _text(
    "matrix_sheet", "Sheet of the matrix",
    "Sheet from which the row was read; 'consultations.xlsx' when a conversation added it",
    hxl="#meta+source+sheet", required=True,
)
_ROW = _whole(
    "matrix_row", "Row of the matrix", "First row of that sheet that holds the item, from 1",
    hxl="#meta+source+row", required=True, minimum=1,
)
_LATITUDE = {"unit": "decimal degrees", "hxl": "#geo+lat", "minimum": -90, "maximum": 90}
_LONGITUDE = {"unit": "decimal degrees", "hxl": "#geo+lon", "minimum": -180, "maximum": 180}

COUNTRIES = Table(
    "countries", "Countries and areas",
    "Every country or area of the review or of any date of the contributions",
    (
        _ISO3,
        _text("country_name", "Country", "UN short name in English", hxl="#country+name", required=True),
        _text("country_name_fr", "Country (French)", "UN short name in French", hxl="#country+name+i_fr"),
        _text("country_name_es", "Country (Spanish)", "UN short name in Spanish", hxl="#country+name+i_es"),
        _text("m49", "M49 code", "UN M49 code, three digits", hxl="#country+code+v_m49", pattern="[0-9]{3}"),
        _text("region", "Region", "UN M49 region", hxl="#region+name"),
        _text("subregion", "Sub-region", "UN M49 intermediate region, else sub-region", hxl="#region+name+sub"),
        _text("ocha_region", "OCHA regional office", "OCHA regional office; empty where there is none",
              vocabulary="ocha_regions", hxl="#region+code+ocha"),
        _number("latitude", "Latitude", "Reference point of the country", **_LATITUDE),
        _number("longitude", "Longitude", "Reference point of the country", **_LONGITUDE),
        TableColumn("in_review", "In the review", "Whether the matrix has a row for the country",
               type="boolean", hxl="#status+reviewed", required=True),
    ),
    ("country_iso3",),
)

CENTRES = Table(
    "centres", "Training centres", "One row for each training centre of the review",
    (
        _CENTRE_ID,
        _ISO3,
        _text("centre_name", "Training centre", "Name as the matrix gives it", hxl="#org+name", required=True),
        _text("centre_name_local", "Name in own language", "Name in the language of the country", hxl="#org+name+local"),
        _text("acronym", "Acronym", "Acronym as the matrix gives it", hxl="#org+acronym"),
        _text("city", "City", "City of the centre", hxl="#loc+name"),
        _number("latitude", "Latitude", "Latitude of the city, not of the site", **_LATITUDE),
        _number("longitude", "Longitude", "Longitude of the city, not of the site", **_LONGITUDE),
        _text("location_basis", "Basis of the location",
              "'matrix', or 'country' when the country's reference point stands in",
              values=("matrix", "country"), hxl="#geo+type", required=True),
        _text("operator", "Run by", "Who runs the centre", vocabulary="operators", hxl="#org+type"),
        _text("provider_type", "Kind of provider", "Kind of institution", vocabulary="provider_types", hxl="#org+type+provider"),
        _text("scope", "Scope", "Whom the centre trains", vocabulary="scopes", hxl="#org+type+scope"),
        _whole("established_year", "Established", "Year of foundation", unit="year", hxl="#date+year+start"),
        _text("website", "Website", "Address of the centre", hxl="#org+url"),
        _text("source_url", "Source", "Address of the page that the entry rests on", hxl="#meta+url"),
        _SHEET,
        _ROW,
    ),
    ("centre_id",),
    (("country_iso3", "countries"),),
)

COURSES = Table(
    "courses", "Courses", "One row for each course of a centre",
    (
        _COURSE_ID,
        _CENTRE_ID,
        _text("course_title", "Course title", "Title as the matrix gives it", hxl="#activity+name", required=True),
        _text("course_title_local", "Title in own language", "Title in the language of the course", hxl="#activity+name+local"),
        _text("course_type", "Type of course", "Type of course", vocabulary="course_types", hxl="#activity+type"),
        _number("duration_days_min", "Shortest duration", "Training days; a week is 5, a month 20, eight hours one",
                unit="training days", hxl="#x_duration+days+min", minimum=0),
        _number("duration_days_max", "Longest duration", "Training days; a week is 5, a month 20, eight hours one",
                unit="training days", hxl="#x_duration+days+max", minimum=0),
        _whole("year_from", "First year", "First year in which the source shows the course", unit="year", hxl="#date+year+start"),
        _whole("year_to", "Last year", "Last year in which the source shows the course; empty when it is said to go on",
               unit="year", hxl="#date+year+end"),
        TableColumn("is_un_recognised", "UN recognised", "Whether the source says that the UN recognises the course",
               type="boolean", hxl="#status+recognised"),
        _text("cmcoord_level", "UN-CMCoord level", "Highest UN-CMCoord content that the source documents",
              vocabulary="levels", hxl="#indicator+level+code", required=True),
        _text("level_basis", "Basis of the level", "Whether the level rests on the desk review or on a consultation",
              values=("desk-review", "consultation"), hxl="#meta+level+basis", required=True),
        _text("evidence", "Evidence", "What the source shows, paraphrased", hxl="#description"),
        _text("evidence_type", "Kind of evidence", "Kind of source; empty when the matrix does not say",
              vocabulary="evidence_types", hxl="#meta+source+type"),
        _text("source_url", "Source", "Address of the page that the entry rests on", hxl="#meta+url"),
        _SHEET,
        _ROW,
    ),
    ("course_id",),
    (("centre_id", "centres"),),
)


def _course_values(name: str, column: TableColumn, title: str, description: str) -> Table:
    return Table(name, title, description, (_COURSE_ID, column), ("course_id", column.name),
                 (("course_id", "courses"),))


COURSE_AUDIENCES = _course_values(
    "course_audiences",
    _text("audience", "Audience", "Who is trained", vocabulary="audiences", hxl="#x_audience", required=True),
    "Audiences of courses", "One row for each audience of a course",
)
COURSE_LANGUAGES = _course_values(
    "course_languages",
    _text("language", "Language", "Language of instruction, ISO 639-1", vocabulary="languages", hxl="#x_language", required=True),
    "Languages of courses", "One row for each language of instruction of a course",
)
COURSE_TOPICS = _course_values(
    "course_topics",
    _text("topic", "Topic", "Subject that the source documents", vocabulary="topics", hxl="#x_topic", required=True),
    "Topics of courses", "One row for each topic of a course",
)

CONTRIBUTIONS = Table(
    "contributions", "Uniformed personnel",
    "Uniformed personnel in UN peace operations; within one date the rows are a partition",
    (
        TableColumn("as_of", "Date", "Last day of the month reported", type="date", hxl="#date+reported", required=True),
        _ISO3,
        _text("mission", "Mission", "Acronym of the mission; 'ALL' where the report has no mission", hxl="#org+mission", required=True),
        _text("personnel_type", "Type of personnel", "Type of personnel", vocabulary="personnel_types",
              hxl="#indicator+personnel+type", required=True),
        _whole("female", "Women", "Women", unit="persons", hxl="#indicator+f+num", minimum=0),
        _whole("male", "Men", "Men", unit="persons", hxl="#indicator+m+num", minimum=0),
        _whole("persons", "Persons", "Women and men", unit="persons", hxl="#indicator+num", required=True, minimum=0),
    ),
    ("as_of", "country_iso3", "mission", "personnel_type"),
    (("country_iso3", "countries"),),
)

ISSUES = Table(
    "issues", "Issues of the build", "Everything that was not plain reading, each with its cell",
    (
        _text("issue_id", "Issue identifier", "Sheet, cell and code, numbered where one repeats", required=True),
        _text("severity", "Severity", "error: something is held back; warning: a field is left empty or changed; note: how something was read",
              values=("error", "warning", "note"), required=True),
        _text("code", "Code", "Kind of issue", required=True),
        _text("sheet", "Sheet", "Sheet of the workbook"),
        _text("cell", "Cell", "Cell, row or column of that sheet"),
        _text("column", "Column", "Field that was read"),
        _text("found", "Found", "What stands in the cell (cut at 200 characters)"),
        _text("used", "Used", "What is used instead; empty when the field is left empty"),
        _text("message", "Message", "What is wrong, and what to do"),
    ),
    ("issue_id",),
)

TABLES = (
    COUNTRIES, CENTRES, COURSES, COURSE_AUDIENCES, COURSE_LANGUAGES, COURSE_TOPICS, CONTRIBUTIONS, ISSUES,
)
# fmt: on
