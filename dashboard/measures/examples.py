"""Two courses for every level, so that a definition can be seen in the data."""

import pandas as pd

from dashboard.edition.tables import Tables
from dashboard.measures.courses import receipts

EACH = 2


def level_examples(tables: Tables, each: int = EACH) -> dict[str, pd.DataFrame]:
    """Level code -> the rows of `each` courses (`measures.courses.RECEIPT_COLUMNS`).

    Always the same: courses with words of evidence before those without, read whole before seen in
    part, then by country and title, from different countries as far as there are.
    """
    courses = tables.courses
    order = pd.DataFrame(
        {
            "wordless": courses["evidence"] == "",
            "in_part": ~courses["read_whole"],
            "country": courses["country_name"],
            "title": courses["course_title"],
            "id": courses["course_id"],
            "level": courses["cmcoord_level"],
        }
    )
    order = order.sort_values(list(order.columns))
    order["again"] = order.groupby(["level", "country"]).cumcount()
    order = order.sort_values(["again", "wordless", "in_part", "country", "title", "id"])
    examples = {}
    for level in tables.package.codes("levels"):
        ids = list(order.loc[order["level"] == level, "id"][:each])
        rows = receipts(tables, courses["course_id"].isin(ids).to_numpy())
        examples[level] = rows.set_index("course_id").loc[ids].reset_index()
    return examples
