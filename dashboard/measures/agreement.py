"""Measure 11, second half: does the coded level agree with what the words of a course suggest?

The suggestion reads title, evidence and topics, never the coded level. It proposes rows to look at
again; it changes no coding.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

import numpy as np
import pandas as pd

from dashboard.edition.selection import Selection
from dashboard.edition.tables import Tables
from dashboard.edition.wording import SMALLEST_FOR_PER_CENT
from dashboard.measures.courses import considered, receipts
from dashboard.measures.level_words import MEANINGS, find, topic_meanings

# The rule of the suggestion in words, first that fits, for beside the table.
RULE: tuple[tuple[str, str], ...] = (
    ("dedicated", "a UN-CMCoord word in the title"),
    ("module", "a UN-CMCoord word in the evidence, or the topic UN-CMCoord"),
    ("cimic", "a CIMIC word in title or evidence, or the topic CIMIC"),
    ("related", "a humanitarian word in title or evidence, or a humanitarian topic"),
    ("none-found", "none of these, although the evidence comes from a curriculum or course page"),
    ("not-documented", "none of these, and no evidence that shows the course whole"),
)
WHOLE_KINDS = ("curriculum", "course-page")
NORMAL_95 = 1.959964  # standard normal quantile of a two-sided interval of 95 per cent
INTERVAL = "95 per cent confidence interval after Fleiss, Cohen and Everitt (1969)"
KEPT_IN_MEMORY = 4


@dataclass(frozen=True)
class Kappa:
    """Cohen's kappa (unweighted) with its interval (`INTERVAL`), cut at -1 and 1."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Agreement:
    """Agreement between coded and suggested levels of the considered courses.

    `agreed` of `n` courses; `kappa` (None below ten courses, or where one level is all there is);
    `kappa_without_topics`: the same from titles and evidence alone, because topics are codings too;
    `table`: one row a pair of levels (coded, suggested, courses), every pair; `again`: the
    courses that differ (`measures.courses.RECEIPT_COLUMNS`, coded, suggested, because), those
    whose suggestion lies across the threshold first, then by distance.
    """

    n: int
    agreed: int
    kappa: Kappa | None
    kappa_without_topics: Kappa | None
    table: pd.DataFrame
    again: pd.DataFrame


def cohens_kappa(counts: np.ndarray) -> Kappa | None:
    """Kappa of a square table of counts (rows: first coder, columns: second).

    None below ten subjects, or when chance alone would always agree.
    """
    n = counts.sum()
    if n < SMALLEST_FOR_PER_CENT:
        return None
    p = counts / n
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    observed, expected = np.trace(p), float(rows @ columns)
    if np.isclose(expected, 1):
        return None
    kappa = (observed - expected) / (1 - expected)
    spread = sqrt(_variance(p, rows, columns, expected, kappa) / n) * NORMAL_95
    return Kappa(float(kappa), max(-1.0, float(kappa - spread)), min(1.0, float(kappa + spread)))


def _variance(
    p: np.ndarray, rows: np.ndarray, columns: np.ndarray, expected: float, kappa: float
) -> float:
    """Large-sample variance of kappa times n (Fleiss, Cohen and Everitt 1969)."""
    diagonal = np.diag(p)
    same = (diagonal * (1 - (rows + columns) * (1 - kappa)) ** 2).sum()
    weights = (columns[:, None] + rows[None, :]) ** 2
    apart = (p * weights).sum() - (diagonal * np.diag(weights)).sum()
    chance = (kappa - expected * (1 - kappa)) ** 2
    return max(0.0, float(same + (1 - kappa) ** 2 * apart - chance) / (1 - expected) ** 2)


def agreement(tables: Tables, selection: Selection) -> Agreement:
    """Measure 11 of docs/method.md under a selection."""
    levels = tables.package.codes("levels")
    suggested = suggested_levels(tables)
    kept = considered(tables, selection)
    coded = tables.courses["level_position"].to_numpy()
    place, of_text = (
        pd.Index(levels).get_indexer(suggested[name]) for name in ("suggested", "by_text")
    )
    counts = _counts(coded[kept], place[kept], len(levels))
    table = pd.DataFrame(
        [(a, b, int(counts[i, j])) for i, a in enumerate(levels) for j, b in enumerate(levels)],
        columns=["coded", "suggested", "courses"],
    )
    return Agreement(
        n=int(kept.sum()),
        agreed=int(np.trace(counts)),
        kappa=cohens_kappa(counts),
        kappa_without_topics=cohens_kappa(_counts(coded[kept], of_text[kept], len(levels))),
        table=table,
        again=_again(tables, kept & (coded != place), suggested, levels.index(selection.threshold)),
    )


def _counts(coded: np.ndarray, suggested: np.ndarray, levels: int) -> np.ndarray:
    counts = np.zeros((levels, levels), dtype="int64")
    np.add.at(counts, (coded, suggested), 1)
    return counts


def _again(
    tables: Tables, differ: np.ndarray, suggested: pd.DataFrame, threshold: int
) -> pd.DataFrame:
    courses = tables.courses[["course_id", "cmcoord_level", "level_position"]]
    levels = pd.Index(tables.package.codes("levels"))
    pairs = courses.assign(**suggested[["suggested", "because"]])[differ]
    rows = receipts(tables, differ).merge(
        pairs.rename(columns={"cmcoord_level": "coded"}), on="course_id", validate="1:1"
    )
    place = levels.get_indexer(rows["suggested"])
    across = (place <= threshold) != (rows["level_position"] <= threshold)
    distance = (place - rows["level_position"]).abs()
    rows = rows.assign(_across=across, _distance=distance).sort_values(
        ["_across", "_distance"], ascending=False, kind="stable"
    )
    return rows.drop(columns=["_across", "_distance", "level_position"]).reset_index(drop=True)


@lru_cache(maxsize=KEPT_IN_MEMORY)
def suggested_levels(tables: Tables) -> pd.DataFrame:
    """One row a course: suggested (level code), because (the words that decided and where they
    stand), by_text (level code from title and evidence alone).
    """
    courses = tables.courses
    titles = find(list(courses["course_title"] + ". " + courses["course_title_local"]))
    evidence = find(list(courses["evidence"]))
    topics = _topics(tables)
    best = [_highest(part, len(courses)) for part in (titles, evidence, topics)]
    highest, of_text = np.minimum.reduce(best), np.minimum(*best[:2])
    whole = (courses["evidence_type"].isin(WHOLE_KINDS) & (courses["evidence"] != "")).to_numpy()
    return pd.DataFrame(
        {
            "suggested": _levels(best[0], highest, whole),
            "because": _because(len(courses), highest, titles, evidence, topics),
            "by_text": _levels(best[0], of_text, whole),
        },
        index=courses.index,
    )


def _levels(in_title: np.ndarray, highest: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """`RULE`, from the place in MEANINGS of the highest word in the title and anywhere."""
    return np.select(
        [in_title == 0, highest == 0, highest == 1, highest == 2, whole],
        [level for level, _ in RULE[:-1]],
        default=RULE[-1][0],
    )


def _topics(tables: Tables) -> pd.DataFrame:
    """Topics that mean something, in the columns of `level_words.find`."""
    meanings = topic_meanings()
    links = tables.topics[tables.topics["topic"].isin(list(meanings))]
    labels = {code: tables.package.label("topics", code) for code in meanings}
    return pd.DataFrame(
        {
            "text": links["course_position"].to_numpy(),
            "meaning": links["topic"].map(meanings).to_numpy(),
            "word": links["topic"].map(labels).to_numpy(),
        }
    )


def _highest(found: pd.DataFrame, number: int) -> np.ndarray:
    """Place in MEANINGS of the highest word of each course; beyond them when it has none."""
    best = np.full(number, len(MEANINGS))
    places = pd.Index(MEANINGS).get_indexer(found["meaning"])
    np.minimum.at(best, found["text"].to_numpy(dtype="int64"), places)
    return best


def _because(
    number: int,
    highest: np.ndarray,
    titles: pd.DataFrame,
    evidence: pd.DataFrame,
    topics: pd.DataFrame,
) -> list[str]:
    """For each course the words that decided, for example "CIMIC" (title), topic IHL."""
    said: list[dict[str, None]] = [{} for _ in range(number)]
    names = np.array([*MEANINGS, ""])
    for found, form in (
        (titles, "“{}” in the title"),
        (evidence, "“{}” in the evidence"),
        (topics, "topic “{}”"),
    ):
        decided = found[found["meaning"].to_numpy() == names[highest[found["text"]]]]
        for text, word in zip(decided["text"], decided["word"], strict=True):
            said[text][form.format(word)] = None
    return ["; ".join(words) or "no word of the list" for words in said]
