"""Lays what a person answered over what the program could not read, and says so, cell by cell.

An answer is asked for only where reading by the rules gave up; what was read is never changed by
it. Every value that rests on one is an issue of its own (`answered`), so the two stay apart.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from etl.issues import SHOWN_LENGTH, Issue
from etl.matrix.records import Cell, Reading
from etl.meaning import countries, fields, vocabulary
from etl.meaning.finding import Finding, text_of, unknown
from etl.review.answers import MULTIPLE, TICK, VOCABULARY_OF, Alias, Answers, Heading
from etl.review.model import Review, union
from etl.workbook.cells import CellValue

# What an answer can settle. An Excel error or a formula without a value says nothing to ask about.
_ASKED = frozenset({"value-unknown", "value-not-read", "value-out-of-range", "address-not-web"})
_ABOUT_COLUMNS = ("column-unknown", "column-duplicate")


def askable(value: CellValue, finding: Finding) -> tuple[str, ...]:
    """Return the texts of a cell that a person can be asked about, none when nothing can be."""
    if finding.code not in _ASKED:
        return ()
    texts = finding.unknown or (text_of(value),)
    return tuple(text for text in texts if 0 < len(text) <= SHOWN_LENGTH)


def settle(review: Review, name: str, cell: Cell, sheet: str, finding: Finding) -> Finding:
    """Return `finding` with what was answered about the cell as field `name`.

    The issues get one `answered` for each answer that was used. What no answer settles stays.
    """
    used = {}
    for text in askable(cell.value, finding):
        if alias := review.answers.alias(name, text):
            used[text] = alias
    for text, alias in used.items():
        tell(review, alias, sheet, cell.address, text)
    if not used:
        return finding
    if name in MULTIPLE and finding.unknown:
        return _parts(name, finding, used)
    (alias,) = used.values()
    return Finding(_value(name, alias))


def _parts(name: str, finding: Finding, used: dict[str, Alias]) -> Finding:
    codes = finding.value
    for alias in used.values():
        codes = union(name, codes, alias.value or ())
    rest = [text for text in finding.unknown if text not in used]
    if not rest:
        return Finding(codes)
    left = "the other parts are used" if codes else "the field is left empty"
    return unknown(rest, vocabulary.load(VOCABULARY_OF[name]), codes, left)


def _value(name: str, alias: Alias) -> Any:
    if not alias.is_left_out:
        return alias.value
    return False if name == TICK else fields.FIELDS[name](None).value


def tell(review: Review, alias: Alias, sheet: str, cell: str, text: str) -> None:
    """Add the issue that says which answer was used in a cell, and count its use."""
    review.answers_used[alias.where] += 1
    if alias.is_left_out:
        code, used, meant = "answered-left-out", "", "is left out"
    else:
        code, used = "answered", fields.render(alias.field, alias.value)
        meant = f"stands for {_in_words(alias)}"
    message = f'A person answered that "{fields.shown(text)}" {meant} ({alias.where}).'
    review.issues.append(Issue(code, message, sheet, cell, alias.field, text, used))


def _in_words(alias: Alias) -> str:
    if alias.field == "country":
        return f"{countries.reference(alias.value).name} ({alias.value})"
    if alias.field not in VOCABULARY_OF:
        return f'"{fields.render(alias.field, alias.value)}"'
    terms = vocabulary.load(VOCABULARY_OF[alias.field])
    if isinstance(alias.value, bool):
        return terms.label("yes" if alias.value else "no")
    codes = (alias.value,) if isinstance(alias.value, str) else alias.value
    return "; ".join(terms.label(code) for code in codes)


def settle_columns(reading: Reading, answers: Answers) -> Reading:
    """Return `reading` with one issue for each column that an answer decided.

    What else was to be told about a column that is left out is settled by that.
    """
    if not answers.headings:
        return reading
    row = reading.header_rows[-1]
    decided = {
        f"{column.letter}{row}": (column, heading)
        for column in reading.columns
        if (heading := answers.heading(column)) and _holds(heading, column)
    }
    left_out = {cell for cell, (_, heading) in decided.items() if not heading.field}
    issues = [
        issue
        for issue in reading.issues
        if not (issue.code in _ABOUT_COLUMNS and issue.cell in left_out)
    ]
    issues += [
        _column_issue(reading, cell, column.header, heading)
        for cell, (column, heading) in decided.items()
    ]
    return replace(reading, issues=tuple(issues))


def _holds(heading: Heading, column: Any) -> bool:
    """Whether a column is read as was answered: of two for one field only the first is read."""
    return (column.field or "", column.code or "") == (heading.field, heading.code)


def _column_issue(reading: Reading, cell: str, header: str, heading: Heading) -> Issue:
    if not heading.field:
        message = f"A person answered that the column '{header}' is left out ({heading.where})."
        return Issue("answered-left-out", message, reading.sheet, cell, header, header)
    meant = f"{heading.field}:{heading.code}" if heading.code else heading.field
    message = f"A person answered that the column '{header}' is {meant} ({heading.where})."
    return Issue("answered", message, reading.sheet, cell, heading.field, header, meant)


def tell_unused(review: Review, reading: Reading) -> None:
    """Add an issue for each answer that met nothing, and count the columns that answers decided."""
    answers = review.answers
    met = [
        heading
        for column in reading.columns
        if (heading := answers.heading(column)) and _holds(heading, column)
    ]
    for heading in met:
        review.answers_used[heading.where] += 1
    everything: Sequence[Heading | Alias] = (*answers.headings, *answers.aliases.values())
    for one in everything:
        if not review.answers_used[one.where]:
            text = one.header if isinstance(one, Heading) else one.written
            message = f'The answer about "{text}" met nothing in the workbook ({one.where}).'
            review.issues.append(Issue("answer-unused", message, "answers", "", one.field, text))
