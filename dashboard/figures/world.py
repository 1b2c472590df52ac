"""Figure `world`: every country of the review and every contributor, by class, on a map."""

from dashboard.charts.maps.world import world_map
from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import count, counted
from dashboard.figures.boundaries import boundaries
from dashboard.figures.figure import Figure, nothing_to_show, number, source, subtitle
from dashboard.measures.courses import considered, receipts
from dashboard.measures.states import CLASSES, country_states

NOTE = (
    "Countries are coloured by what is documented of training in their own centres, whatever the "
    "number of persons they contribute. Areas of undetermined status are drawn as such and never "
    "counted."
)
TABLE_COLUMNS = (
    "country_name",
    "country_iso3",
    "region",
    "class_label",
    "state_letter",
    "state_label",
    "reason",
    "courses",
    "persons",
    "in_review",
)


def world_figure(tables: Tables, selection: Selection) -> Figure:
    """Class, state and reason of every country that is in the review or contributes personnel."""
    frame = country_states(tables, selection)
    contributors = frame[frame["persons"] > 0]
    by_class = contributors["country_class"].value_counts()
    counts = {code: int(by_class.get(code, 0)) for code in CLASSES}
    finding = _finding(counts, len(contributors))
    labels = {term["code"]: term["label"] for term in tables.package.terms("classes")}
    return Figure(
        id="world",
        title=finding,
        subtitle=subtitle(tables, selection, int(contributors["persons"].sum()), len(contributors)),
        note=NOTE,
        source=source(tables, selection),
        statement=tables.package.statement,
        alt=f"World map of countries by class. {finding}.",
        table=frame[list(TABLE_COLUMNS)].sort_values("country_name").reset_index(drop=True),
        numbers=tuple(
            number(f"world.{code}", labels[code], counts[code], len(contributors))
            for code in CLASSES
        ),
        draw=lambda: world_map(frame, boundaries().shapes, boundaries()),
        behind=lambda: receipts(tables, considered(tables, selection)),
        is_map=True,
        empty="" if len(frame) else nothing_to_show(tables, selection),
    )


def _finding(counts: dict[str, int], total: int) -> str:
    if not total:
        return "No country contributes personnel under these filters"
    left_open = counts["partial"] + counts["unknown"]
    gaps = counted(counts["gap"], "established gap")
    return (
        f"{count(counts['covered'])} of {count(total)} contributing countries covered, {gaps}; "
        f"for {count(left_open)} the evidence leaves it open"
    )
