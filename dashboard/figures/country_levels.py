"""Figure of one country's courses by UN-CMCoord level, and its languages in a sentence."""

import pandas as pd

from dashboard.charts.forms.named_bars import courses_by_level
from dashboard.edition.selection import Selection, course_filters, threshold_label
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count_in_words, listing
from dashboard.figures.country import country, courses_behind, name_of
from dashboard.figures.figure import Figure, courses_at, number, source, subtitle_of
from dashboard.measures.country import country_centres, country_languages, default_country
from dashboard.measures.states import country_states

NOTE = (
    "Each considered course stands at the highest level that its evidence supports. “Not "
    "documented” says nothing about what is in a course. How many people took it is not known."
)


def country_levels_figure(tables: Tables, selection: Selection, iso3: str | None = None) -> Figure:
    """Considered courses of one country at each level; `iso3` as in `country_personnel_figure`."""
    iso3 = iso3 or default_country(tables, selection)
    name, counts = name_of(tables, iso3), _counts(tables, selection, iso3)
    total = sum(counts.values())
    finding = _finding(name, counts, tables, selection)
    labels = {level: tables.package.label("levels", level) for level in counts}
    centres = int((country_centres(tables, selection, iso3)["courses"] > 0).sum())
    population = f"{courses_at(total, centres)} of {name}"
    return Figure(
        id="country-levels",
        title=finding,
        subtitle=subtitle_of(population, tables, selection),
        note=NOTE,
        source=source(tables, selection),
        statement=tables.package.statement,
        alt=f"Bars of courses by level. {finding}.",
        table=pd.DataFrame(
            {
                "level": list(labels.values()),
                "courses": list(counts.values()),
                "courses_total": total,
            }
        ),
        numbers=tuple(
            number(f"country-levels.{iso3}.{level}", labels[level], courses, total)
            for level, courses in counts.items()
            if total
        ),
        draw=lambda: courses_by_level(counts, labels),
        behind=lambda: courses_behind(tables, selection, iso3),
        empty="" if total else _empty(tables, selection, iso3),
    )


def languages_in_words(tables: Tables, selection: Selection, iso3: str) -> str:
    """In which languages a country's considered courses are taught, in a sentence.

    For example "Languages of instruction: English (two of 11 courses, one of them at or above the
    threshold); not recorded for nine."; empty without a course.
    """
    frame = country_languages(tables, selection, iso3)
    total = sum(_counts(tables, selection, iso3).values())
    if not total:
        return ""
    known, silent = frame[frame["language"] != ""], frame[frame["language"] == ""]
    said = [_language(row, total) for row in known.to_dict("records")]
    unknown = int(silent["courses"].sum())
    rest = (
        "not recorded for any course"
        if unknown == total
        else (f"not recorded for {count_in_words(unknown)}" if unknown else "")
    )
    named = listing(said, most=len(said))
    return f"Languages of instruction: {'; '.join(filter(None, (named, rest)))}."


def _language(row: dict, total: int) -> str:
    courses, reaching = int(row["courses"]), int(row["reaching"])
    if total == 1:
        return row["language_label"]
    text = f"{row['language_label']} ({count_in_words(courses)} of {count_in_words(total)} courses"
    if not reaching:
        return f"{text})"
    return f"{text}, {count_in_words(reaching)} at or above the threshold)"


def _counts(tables: Tables, selection: Selection, iso3: str) -> dict[str, int]:
    """Considered courses at each level; a country outside review and personnel has none."""
    frame = country_states(tables, selection)
    row = frame[frame["country_iso3"] == iso3]
    levels = tables.package.codes("levels")
    return {level: int(row[level].sum()) for level in levels}


def _finding(name: str, counts: dict[str, int], tables: Tables, selection: Selection) -> str:
    threshold = threshold_label(selection.threshold, tables.package)
    levels, total = list(counts), sum(counts.values())
    reached = sum(counts[level] for level in levels[: levels.index(selection.threshold) + 1])
    noun = "considered course" if selection.filters_courses else "course"
    if not total:
        return f"{name}: no {noun} to show"
    if total == 1:
        documented = "documented" if reached else "not documented"
        return f"{threshold} {documented} in the only {noun} of {name}"
    return (
        f"{threshold} documented in {count_in_words(reached) if reached else 'none'} of "
        f"{count_in_words(total)} {noun}s of {name}"
    )


def _empty(tables: Tables, selection: Selection, iso3: str) -> str:
    """Why there is no course: nobody looked, none is recorded, or the filters leave none."""
    one = country(tables, selection, iso3)
    if not tables.countries.set_index("country_iso3").at[iso3, "in_review"]:
        return (
            f"A search: the review has not looked at {one.name} yet. That says nothing about "
            "its training."
        )
    if selection.filters_courses:
        filters = list(course_filters(selection, tables.package))
        loosen = listing(filters, most=len(filters), last="or")
        return (
            f"No course of {one.name} matches the filters. Loosen {loosen} under “Which "
            "courses count”."
        )
    return (
        f"{one.next_step} No course of {one.name} is recorded, which says nothing about its "
        "training."
    )
