"""The shortlist of *Close the gap* as an Excel workbook, with what its columns mean."""

from collections.abc import Mapping

from dashboard.edition.selection import Selection, describe
from dashboard.edition.tables import Tables
from dashboard.exports.data.dictionary import Column
from dashboard.exports.data.workbook import about, workbook
from dashboard.figures.figure import Figure

SHEET = "Shortlist"
# Column -> title, description, unit, HXL tag.
MEANINGS: Mapping[str, tuple[str, str, str, str]] = {
    "step": ("Step", "Place in the order: most persons newly covered first", "", "#meta+rank"),
    "country_name": ("Country", "United Nations short name", "", "#country+name"),
    "centre_name": (
        "Centre",
        "The centre that stands for the country; empty: none recorded",
        "",
        "#org+name",
    ),
    "persons": (
        "Persons",
        "Persons newly covered: all that the country deploys",
        "persons",
        "#indicator+persons+num",
    ),
    "persons_total": (
        "All persons",
        "All persons of the selection",
        "persons",
        "#indicator+total+num",
    ),
    "covered_then": (
        "Covered then",
        "Share covered after this step and all before it",
        "",
        "#indicator+text",
    ),
    "class_label": ("Class", "Class of the country today", "", "#status+name"),
    "state_letter": (
        "Letter",
        "Letter of its highest level, or of its state without a course",
        "",
        "#status+code",
    ),
    "action": ("Action", "Engage (training), ask, or search", "", "#x_action"),
    "ask": ("What it asks for", "What to do, in words", "", "#x_action+text"),
    "reason": ("Why", "Why the country is in its class", "", "#description+reason"),
    "why_centre": (
        "Why this centre",
        "Why this centre stands for its country",
        "",
        "#description+centre",
    ),
    "centre_courses": (
        "Courses there",
        "Considered courses of the centre",
        "courses",
        "#indicator+centre+num",
    ),
    "other_centres": (
        "Other centres",
        "Other centres of the country, which would add nothing",
        "centres",
        "#indicator+other+num",
    ),
    "centre_id": ("Centre code", "Id of the centre; empty: none recorded", "", "#org+code"),
    "courses": (
        "Courses",
        "Considered courses of the country",
        "courses",
        "#indicator+courses+num",
    ),
    "questions": (
        "Open questions",
        "Questions to its centres that the evidence leaves open",
        "questions",
        "#indicator+questions+num",
    ),
    "office": ("OCHA regional office", "Office in whose area the country lies", "", "#region+name"),
    "country_class": ("Class code", "Code of the class", "", "#status+class+code"),
    "state": ("State code", "Code of the level or state", "", "#status+state+code"),
    "country_iso3": ("ISO3", "ISO 3166-1 alpha-3", "", "#country+code+v_iso3"),
}


def shortlist_workbook(shortlist: Figure, tables: Tables, selection: Selection) -> bytes:
    """The table of figure `closing` as a workbook: rows, where they come from, columns."""
    told = [
        *about(
            shortlist.title, describe(selection, tables.package), shortlist.source, tables.package
        ),
        ("Note", shortlist.note),
    ]
    columns = [Column(name, *MEANINGS[name]) for name in shortlist.table.columns]
    return workbook(SHEET, shortlist.table, told, columns, tables.package)
