"""The content of reading.json: what a reading found, and what it asks a person."""

from collections import Counter
from collections.abc import Mapping, Sequence

from etl.build.pipeline import Built, issue_rows
from etl.issues import SEVERITIES, Issue
from etl.matrix.headers import Column
from etl.matrix.synonyms import load_synonyms
from etl.meaning.vocabulary import load
from etl.reading import candidates, questions
from etl.reading.questions import MatrixRow
from etl.reading.recognition import EXAMPLES, Recognition
from etl.review.answers import Alias, Heading

FORMAT = 1
# A page shows some dozens of groups; beyond these, issues.csv has everything.
GROUPS_TOLD, ISSUES_TOLD = 500, 5_000


def report(
    found: Recognition,
    sheets: Sequence[dict],
    rows: Mapping[int, MatrixRow],
    built: Built | None,
    issues: Sequence[Issue],
    persons: Mapping[str, int],
) -> dict:
    """Return the content of reading.json without `file` and `marked`, ready for JSON.

    sheets: what `recognition.sheets_told` gives; rows: what `questions.rows_of` gives; built: None
    when no matrix was found; persons: country_iso3 -> uniformed personnel.
    """
    groups = questions.groups(issues, found, rows, persons)
    told = [questions.told(group, found) for group in groups[:GROUPS_TOLD]]
    asked = {one["question"]["more"] for one in told if one["question"]} - {""}
    counted = Counter(issue.severity for issue in issues)
    return {
        "format": FORMAT,
        "status": "read" if built else "not-a-matrix",
        "edition": _edition(built),
        "sheets": list(sheets),
        "sheet": found.title,
        "header_rows": list(found.rows),
        "columns": [_column(column, found) for column in found.columns],
        "counts": _counts(built),
        "found": dict(built.reconciliation["found"]) if built else {},
        "severities": {severity: counted[severity] for severity in SEVERITIES},
        "answers": _answers(found, built),
        "groups_total": len(groups),
        "groups": told,
        "choices": candidates.choices(asked, found),
        "issues_total": len(issues),
        "issues": _issues(issues, groups),
    }


def _edition(built: Built | None) -> dict:
    if built is None:
        return {}
    told = built.edition
    names = ("name", "title", "statement", "producer", "licence", "url")
    dates = ("as_of", "contributions_as_of")
    return {
        **{name: getattr(told, name) for name in names},
        **{name: getattr(told, name).isoformat() for name in dates},
    }


def _counts(built: Built | None) -> dict[str, int]:
    """Where every row went: rows_read is the sum of the four that follow it.

    `rows_left_out` are those of `rows_held_back` that a person answered to leave out.
    """
    names = (
        "rows_read",
        "courses_kept",
        "duplicates_merged",
        "rows_held_back",
        "rows_without_course",
    )
    if built is None:
        return {}
    counts = {name: built.reconciliation[name] for name in names}
    return {**counts, "rows_left_out": built.rows_left_out}


def _column(column: Column, found: Recognition) -> dict:
    label = load_synonyms().names.get(column.field or "", "")
    if column.field and column.code:
        label = f"Ticks: {load(_VOCABULARY[column.field]).label(column.code)}"
    rule = found.rule(column)
    told = {
        "column": column.letter,
        "cell": f"{column.letter}{found.rows[-1]}",
        "header": column.header,
        "group": column.group,
        "field": column.field or "",
        "code": column.code or "",
        "label": label,
        "rule": rule,
        "values": found.values[column.index],
        "examples": list(found.samples.get(column.index, ()))[:EXAMPLES],
    }
    if rule == "answer":
        heading = found.answers.heading(column)
        assert heading, "a column that an answer gave its meaning has that answer"
        told["where"] = heading.where
        told["without_answer"] = found.without_answer(column)
    return told


_VOCABULARY = {"topics": "topics", "audience": "audiences"}


def _answers(found: Recognition, built: Built | None) -> list[dict]:
    """Return every answer, the line that it stands in, and in how many cells it was used."""
    used = built.answers_used if built else Counter()
    everything: Sequence[Heading | Alias] = (
        *found.answers.headings,
        *found.answers.aliases.values(),
    )
    told = []
    for one in everything:
        file, _, line = one.where.rpartition(" line ")
        told.append(
            {
                "file": file,
                "line": int(line),
                "field": one.field,
                "written": one.header if isinstance(one, Heading) else one.written,
                "left_out": not one.field if isinstance(one, Heading) else one.is_left_out,
                "used": used[one.where],
            }
        )
    return told


def _issues(issues: Sequence[Issue], groups: Sequence[questions.Group]) -> list[dict]:
    """Return the issues in the order of their groups, each once, with the id of issues.csv."""
    ids = {
        id(issue): row["issue_id"] for issue, row in zip(issues, issue_rows(issues), strict=True)
    }
    names = load_synonyms().names
    seen: set[int] = set()
    told: list[dict] = []
    for group in groups:
        for issue in group.issues:
            if id(issue) in seen:
                continue
            if len(told) == ISSUES_TOLD:
                return told
            seen.add(id(issue))
            told.append(
                {
                    "id": ids[id(issue)],
                    "group": group.identifier,
                    "severity": issue.severity,
                    "code": issue.code,
                    "sheet": issue.sheet,
                    "cell": issue.cell,
                    "field": issue.column,
                    "field_label": names.get(issue.column, issue.column),
                    "found": issue.found,
                    "used": issue.used,
                    "problem": issue.problem,
                    "done": issue.done,
                    "do": issue.to_do,
                    "message": issue.message,
                }
            )
    return told
