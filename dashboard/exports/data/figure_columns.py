"""What the columns of figures mean, for the files that are taken away."""

from collections.abc import Iterable, Mapping

from dashboard.edition.columns import LABELS, label
from dashboard.edition.tables import Package
from dashboard.exports.data.dictionary import Column

_PERSONS, _COUNTRIES, _COURSES = "persons", "countries", "courses"
# Column -> what it holds, and its unit. Levels, types of personnel and columns of the tables are
# described by the data package.
MEANINGS: Mapping[str, tuple[str, str]] = {
    "rank": ("Place by persons, largest first", ""),
    "country_class": ("Code of the class of a country: covered, gap, partial or unknown", ""),
    "class_label": ("Class of the country under this selection", ""),
    "state": ("Code of the highest level documented, or of the state of a country without", ""),
    "state_label": ("Highest level documented, or the state of a country without", ""),
    "state_letter": ("Letter of that level or state, as in the charts", ""),
    "reason": ("Why the country is in its class", ""),
    "why": ("Why, in one sentence", ""),
    "countries": ("Countries counted in this row", _COUNTRIES),
    "persons": ("Uniformed personnel counted in this row", _PERSONS),
    "persons_total": ("All uniformed personnel of the selection, repeated in each row", _PERSONS),
    "all_persons": ("All uniformed personnel of the selection, repeated in each row", _PERSONS),
    "share_of_all": ("Share of all, with n and N", "per cent"),
    "courses": ("Considered courses counted in this row", _COURSES),
    "courses_total": ("All considered courses, repeated in each row", _COURSES),
    "level": ("Level of UN-CMCoord content", ""),
    "evidence_kind": ("Kind of evidence that the level rests on", ""),
    "years": ("Years for which the source shows the course", ""),
    "workbook_cell": ("Sheet and row of the matrix", ""),
    "source_url": ("Address of the page that the entry rests on", ""),
    "column_label": ("Column of the matrix", ""),
    "column_code": ("Code of that column", ""),
    "language_label": ("Language of instruction, or how many", ""),
    "language_code": ("Code of that language", ""),
    "reaching": ("Courses that reach the threshold", _COURSES),
    "function_label": ("Function of the civil-military officer", ""),
    "label": ("What the row counts, in words", ""),
    "theme": ("Code of the function and its topics", ""),
    "topic": ("Code of the topic", ""),
    "persons_covered": ("Persons of covered countries", _PERSONS),
    "persons_gap": ("Persons of countries with an established gap", _PERSONS),
    "persons_partial": ("Persons of countries with partial evidence", _PERSONS),
    "persons_not-documented": ("Persons of countries where nothing is documented", _PERSONS),
    "persons_no-course": ("Persons of reviewed countries without a considered course", _PERSONS),
    "persons_not-reviewed": ("Persons of countries that the review has not looked at", _PERSONS),
    "persons_open": ("Persons of countries that are not covered, repeated in each row", _PERSONS),
    "as_of": ("Date of the personnel figures", "ISO 8601"),
    "personnel_as_of": ("Date of the personnel figures", "ISO 8601"),
    "contributors": ("Contributing countries on that date", _COUNTRIES),
    "women": ("Women among the persons", _PERSONS),
    "men": ("Men among the persons", _PERSONS),
    "mission": ("Acronym of the mission", ""),
    "mission_name": ("Name of the mission", ""),
    "share_covered": ("Share of the mission from covered countries, with n and N", "per cent"),
    "bounds": ("Lower and upper bound of that share", "per cent"),
    "indicator_id": ("Identifier of the indicator", ""),
    "indicator": ("Name of the indicator", ""),
    "n": ("What the indicator counts", ""),
    "total": ("Out of how many", ""),
    "definition": ("What the indicator is about", ""),
    "how": ("How it is computed here", ""),
    "cannot_tell": ("What it cannot tell", ""),
    "language": ("Language of instruction, ISO 639-1", ""),
    "content": ("Courses with UN-CMCoord content in this row", _COURSES),
    "content_total": ("All considered courses with UN-CMCoord content", _COURSES),
    "edition": ("Code of the edition", ""),
    "edition_title": ("Title of the edition", ""),
    "review": ("Title of the review", ""),
    "changes": ("Answers that conversations brought", "answers"),
    "asked": ("Questions asked so far", "questions"),
    "answered": ("Questions answered so far", "questions"),
    "class_before": ("Code of the class before the answers", ""),
    "label_before": ("Class before the answers", ""),
    "state_before": ("Level before the answers", ""),
    "class_after": ("Code of the class after the answers", ""),
    "label_after": ("Class after the answers", ""),
    "state_after": ("Level after the answers", ""),
    "last": ("Date of the latest answer", "ISO 8601"),
    "content_questions": ("Open questions about UN-CMCoord content", "questions"),
    "detail_questions": ("Open questions about audience, language, year or length", "questions"),
    "questions": ("Open questions to the centres of the country", "questions"),
    "centres": ("Training centres counted in this row", "centres"),
    "grade": ("Grade of the evidence, A to D, or that there is none", ""),
    "test": ("Code of the test of the evidence", ""),
    "coded": ("Level as it is coded", ""),
    "suggested": ("Level that the words of the evidence suggest", ""),
    "step": ("Place in the order of the plan", ""),
    "covered_then": ("Share covered after this step and all before it, with n and N", "per cent"),
    "action": ("Keep, engage, ask or search", ""),
    "ask": ("What to do, in words", ""),
    "why_centre": ("Why this centre stands for its country", ""),
    "centre_courses": ("Considered courses of the centre", _COURSES),
    "other_centres": ("Other centres of the country", "centres"),
    "office": ("OCHA regional office in whose area the country lies", ""),
    "office_open": ("Persons in the area of the office whose country is not covered", _PERSONS),
    "office_countries": ("Countries in its area that are not covered", _COUNTRIES),
    "share_of_open": ("Share of all persons whose country is not covered", "per cent"),
    "largest": ("The largest of these countries", ""),
    "covered_today": ("Share covered today, with n and N", "per cent"),
    "covered_with_plan": ("Share covered once the plan is done, with n and N", "per cent"),
    "documented": ("Share documented, with n and N", "per cent"),
    "upper_bound": ("Share if all that is open turned out to be documented", "per cent"),
    "was_label": ("Class in the first edition", ""),
    "became_label": ("Class in the second edition", ""),
    "names": ("Countries, largest first", ""),
    "gap": ("Coverage gap or evidence gap", ""),
    "region_persons": ("All persons of the region", _PERSONS),
    "region_countries": ("All contributing countries of the region", _COUNTRIES),
    "share_of_region": ("Share of the region, with n and N", "per cent"),
    "choice_label": ("Choice that the method leaves open", ""),
    "option_label": ("What is chosen", ""),
    "as_selected": ("Whether that is the choice of this selection", ""),
    "headline": ("Share that counts as covered then, with n and N", "per cent"),
    "moves": ("By how much that moves the answer", "percentage points"),
    "from_base": ("Largest move from the selection", "percentage points"),
    "median_move": ("Middle move over all other choices", "percentage points"),
    "largest_move": ("Largest move over all other choices", "percentage points"),
    "choice_threshold": ("Threshold in this combination", ""),
    "choice_partial": ("How partial evidence counts in this combination", ""),
    "choice_unknown": ("How unknown countries count in this combination", ""),
    "choice_reading": ("What counts as content in this combination", ""),
    "choice_types": ("Which courses count in this combination", ""),
    "choice_e_learning": ("Whether e-learning counts in this combination", ""),
    "choice_exercises": ("Whether exercises count in this combination", ""),
    "choice_humanitarian": ("Whether humanitarian providers count in this combination", ""),
    "choice_personnel": ("Personnel counted in this combination", ""),
    "choice_as_of": ("Date of the personnel figures in this combination", ""),
    "provider": ("Kind of provider", ""),
    "location": ("What the marker on the map stands at", ""),
    # The sheet of the headline numbers.
    "id": ("Identifier of the number, always the same", ""),
    "value": ("n / N, from 0 to 1", ""),
    "N": ("Out of how many", ""),
    "lower": ("Lower bound, in the unit of n", ""),
    "upper": ("Upper bound, in the unit of n", ""),
}


def figure_columns(names: Iterable[str], package: Package) -> tuple[Column, ...]:
    """The columns `names` of a figure or of the rows behind it, each once, in words for people."""
    fields = {
        field["name"]: field
        for resource in reversed(package.resources)
        for field in resource["schema"]["fields"]
    }
    return tuple(_column(name, fields.get(name, {}), package) for name in dict.fromkeys(names))


def _column(name: str, field: Mapping[str, str], package: Package) -> Column:
    title = label(name, package)
    if name not in LABELS and field.get("title"):
        title = field["title"]
    if name in package.codes("levels"):
        return Column(name, title, "Considered courses at this level", _COURSES)
    if name in package.codes("personnel_types"):
        return Column(name, title, "Persons of this type", _PERSONS)
    meaning, unit = MEANINGS.get(name, (field.get("description") or "", field.get("unit") or ""))
    return Column(name, title, meaning, unit, field.get("hxl") or "")
