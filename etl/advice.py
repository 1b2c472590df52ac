"""What an issue asks for: what is wrong, what was done, what to do, and how much it pays."""

from etl.issues import CODES, Issue

# How much fixing pays, the most first: it brings rows, it brings a coding, it fills a field or
# makes sure of one, it is good to know.
BRINGS_ROWS, BRINGS_CODING, FILLS_FIELD, GOOD_TO_KNOW = "rows", "coding", "field", "none"
EFFECTS = (BRINGS_ROWS, BRINGS_CODING, FILLS_FIELD, GOOD_TO_KNOW)

_BRINGING_ROWS = frozenset(
    {
        "no-table",
        "column-missing",
        "no-rows",
        "country-unknown",
        "country-ambiguous",
        "country-missing",
        "sheet-unread",
        "rows-above-header",
        "header-unclear",
    }
)
_MEND = "Correct the cell"
_DO: dict[str, str] = {
    "no-table": "Say what the columns are, or put one row with headers above the table",
    "column-missing": "Say which column it is, or head the column so that it is recognised",
    "no-rows": "Write one row for each course below the header",
    "country-unknown": "Correct the spelling, or say which country is meant",
    "country-ambiguous": "Give each country a row of its own, or say which one is meant",
    "country-missing": "Name the country in the row",
    "centre-missing": "Name the training centre in the row",
    "value-unknown": "Use a word that is known, or say what this one stands for",
    "value-not-read": "Write the value plainly",
    "value-out-of-range": "Check the value and write it again",
    "formula-without-value": "Open the workbook in Excel and save it, or write the value itself",
    "excel-error": "Correct the formula, or write the value itself",
    "excel-date": "Check what was read back, and format the cell as text",
    "address-not-web": "Write the whole address, with https:// in front",
    "address-first": "Keep one address in the cell",
    "location-incomplete": "Give latitude and longitude, or neither",
    "centre-conflict": "Decide which value is right and write it in every row of the centre",
    "sheet-unread": "Put the rows of both sheets into one, or delete the one that is out of date",
    "column-duplicate": "Join the two columns, rename one, or say what it is",
    "column-unknown": "Say what the column is if it is needed; nothing otherwise",
    "duplicate-course": "Nothing, if it is one course; else tell the titles apart",
    "header-unclear": "Write all headers into that row, or none",
    "rows-above-header": "Move the rows below the header, if they are courses",
    "row-without-course": "Write the title of the course into the row, if there is one",
    "control-total": "Look for rows that were held back, then correct the matrix or the total",
    "consultation-unmatched": "Correct the row of the consultations",
    "answer-unused": "Take the answer out, if it is no longer needed",
}


def problem(issue: Issue) -> str:
    """Return what is wrong, as the beginning of a sentence without a full stop."""
    return CODES[issue.code][1].partition("; ")[0]


def done(issue: Issue) -> str:
    """Return what was done about it; empty when there was nothing to do."""
    what = CODES[issue.code][1].partition("; ")[2]
    if issue.code == "value-unknown" and issue.used:
        return (
            f"read as {issue.used}"
            if issue.used != "not-documented"
            else ("the level counts as not documented")
        )
    return what


def to_do(issue: Issue) -> str:
    """Return what a person can do, as a clause without a full stop; empty when nothing is."""
    return _DO.get(issue.code, "" if issue.severity == "note" else _MEND)


def effect(issue: Issue) -> str:
    """Return what mending brings, one of `EFFECTS`."""
    if issue.code in _BRINGING_ROWS:
        return BRINGS_ROWS
    if issue.severity == "note":
        return GOOD_TO_KNOW
    return BRINGS_CODING if issue.column == "cmcoord_level" else FILLS_FIELD
