"""Do two people who coded the same courses agree? Cohen's kappa, where they differ, how far.

Kappa is unweighted: the levels are no scale of equal steps, and "not documented" is not less than
"none found" but another thing to say. No words are given to its size: what is enough depends on
what the codings are for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.measures.agreement import Kappa, cohens_kappa

AGREED, DISAGREED, UNREAD = "agreed", "disagreed", "unread"
BOTH = (AGREED, DISAGREED)
# What a person has to decide: both coded and differ, or one wrote what cannot be read.
OPEN = (DISAGREED, UNREAD)


@dataclass(frozen=True, eq=False)
class CoderAgreement:
    """Agreement of two coders on the courses that both have coded.

    `agreed` of `n` courses; `kappa` (`measures.agreement`: None below ten courses, or where one
    level is all there is); `same_side` of `n`: both codings reach the threshold, or neither does;
    `left`: courses that not both have coded, by comparison; `table`: one row a pair of levels
    (first, second, courses), every pair; `differ`: the rows of the codings to decide about, those
    across the threshold first, then by distance, what could not be read last.
    """

    n: int
    agreed: int
    kappa: Kappa | None
    same_side: int
    left: dict[str, int]
    table: pd.DataFrame
    differ: pd.DataFrame


def coder_agreement(codings: pd.DataFrame, levels: Sequence[str], threshold: str) -> CoderAgreement:
    """Agreement in a table as `python -m etl agree` writes it (codings.csv).

    `codings`: comparison, first_level, second_level and whatever else; `levels`: codes, highest
    first; `threshold`: one of them. Raises ValueError for a level that is not among them.
    """
    both = codings[codings["comparison"].isin(BOTH)]
    first, second = (_places(both[f"{side}_level"], levels) for side in ("first", "second"))
    counts = np.zeros((len(levels), len(levels)), dtype="int64")
    np.add.at(counts, (first, second), 1)
    reached = list(levels).index(threshold)
    others = codings.loc[~codings["comparison"].isin(BOTH), "comparison"]
    return CoderAgreement(
        n=len(both),
        agreed=int(np.trace(counts)),
        kappa=cohens_kappa(counts),
        same_side=int(((first <= reached) == (second <= reached)).sum()),
        left={name: int(number) for name, number in others.value_counts().sort_index().items()},
        table=pd.DataFrame(
            [(a, b, int(counts[i, j])) for i, a in enumerate(levels) for j, b in enumerate(levels)],
            columns=["first", "second", "courses"],
        ),
        differ=_differ(codings, levels, reached),
    )


def _places(column: pd.Series, levels: Sequence[str]) -> np.ndarray:
    places = pd.Index(levels).get_indexer(column)
    if (places < 0).any():
        raise ValueError(f"{column.name} {column[places < 0].iloc[0]!r} is no level")
    return places


def _differ(codings: pd.DataFrame, levels: Sequence[str], reached: int) -> pd.DataFrame:
    rows = codings[codings["comparison"].isin(OPEN)]
    first, second = (
        pd.Index(levels).get_indexer(rows[f"{side}_level"]) for side in ("first", "second")
    )
    read = (rows["comparison"] == DISAGREED).to_numpy()
    across = read & ((first <= reached) != (second <= reached))
    order = pd.DataFrame({"read": read, "across": across, "apart": np.abs(first - second)})
    order = order.sort_values(["read", "across", "apart"], ascending=False, kind="stable")
    return rows.iloc[order.index].reset_index(drop=True)
