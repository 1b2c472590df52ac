"""What was found on the way, with its cell, what to do about it, and how much that pays."""

from dataclasses import dataclass

# code -> (severity, what it means). An error holds something back, a warning leaves a field empty
# or changes what was written, a note tells how something was read.
CODES: dict[str, tuple[str, str]] = {
    "no-table": ("error", "No sheet has a header with the needed columns"),
    "column-missing": ("error", "A needed column was not recognised"),
    "no-rows": ("error", "There is a header, but no course below it"),
    "country-unknown": ("error", "The country is not known; the row is held back"),
    "country-ambiguous": ("error", "The cell names more than one country; the row is held back"),
    "country-missing": ("error", "No country is given; the row is held back"),
    "centre-missing": (
        "warning",
        "No training centre is given; the course is kept under the country",
    ),
    "value-unknown": ("warning", "No vocabulary knows the value; the field is left empty"),
    "value-not-read": ("warning", "The value could not be read; the field is left empty"),
    "value-out-of-range": ("warning", "The value cannot be right; the field is left empty"),
    "formula-without-value": ("warning", "A formula has no stored value; the field is left empty"),
    "excel-error": ("warning", "The cell holds an Excel error; the field is left empty"),
    "excel-date": ("warning", "Excel turned the entry into a date; it was read back"),
    "address-not-web": ("warning", "The source is not an http(s) address; it is not linked"),
    "address-first": (
        "note",
        "The cell holds more than one address or other words; the first address is linked",
    ),
    "location-incomplete": (
        "warning",
        "Only one of latitude and longitude is given; neither is used",
    ),
    "centre-conflict": ("warning", "Two rows of one centre differ; the first value is used"),
    "control-total": ("warning", "A control total of the edition does not match what was found"),
    "consultation-unmatched": ("warning", "A consultation row matches nothing; it was not applied"),
    "consultation-applied": ("note", "A conversation changed or added this"),
    "sheet-unread": ("warning", "Another sheet looks like a matrix too; only one is read"),
    "column-duplicate": ("warning", "Two columns have the same meaning; the first one is read"),
    "column-unknown": ("note", "The column is not known; it is kept aside"),
    "duplicate-course": ("note", "The course stands twice; the rows were merged"),
    "row-note": ("note", "The row is a note, not a course"),
    "header-changed": ("note", "A header further down has other columns; it holds from there on"),
    "header-unclear": ("warning", "A row may be another header; the rows below may be misread"),
    "rows-above-header": ("warning", "Rows above the header look like courses; they are not read"),
    "row-header": ("note", "The row repeats the header"),
    "row-without-course": ("note", "The row names a country or centre, but no course"),
    "hidden": ("note", "Hidden rows and columns were read like any other"),
    "formula-value": ("note", "Formulas count as their stored value"),
    "answered": ("note", "A person answered what this is; the answer is used"),
    "answered-left-out": ("note", "A person answered that this is left out; it is not read"),
    "answer-unused": ("note", "The answer met nothing in the workbook; it changed nothing"),
}
SEVERITIES = ("error", "warning", "note")

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

# Long enough to recognise a cell by; it may hold 32,767 characters, and a hundred thousand may.
SHOWN_LENGTH = 200


@dataclass(frozen=True)
class Issue:
    """One thing a person should know about one cell (or one row, column or sheet).

    `found` and `used` are cut at `SHOWN_LENGTH` characters; the cell has the rest. `written` are
    the texts that a person can be asked about, whole: the unknown words of a cell, or all of it.
    """

    code: str
    message: str
    sheet: str = ""
    cell: str = ""
    column: str = ""
    found: str = ""
    used: str = ""
    written: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("found", "used"):
            text = getattr(self, name)
            if len(text) > SHOWN_LENGTH:
                object.__setattr__(self, name, text[: SHOWN_LENGTH - 1] + "…")

    @property
    def severity(self) -> str:
        """error, warning or note, as `CODES` has it."""
        return CODES[self.code][0]

    @property
    def problem(self) -> str:
        """What is wrong, as the beginning of a sentence without a full stop."""
        return CODES[self.code][1].partition("; ")[0]

    @property
    def done(self) -> str:
        """What was done about it; empty when there was nothing to do."""
        if self.code == "value-unknown" and self.used == "not-documented":
            return "the level counts as not documented"
        if self.code == "value-unknown" and self.used:
            return f"read as {self.used}"
        return CODES[self.code][1].partition("; ")[2]

    @property
    def to_do(self) -> str:
        """What a person can do, as a clause without a full stop; empty when nothing is."""
        return _DO.get(self.code, "" if self.severity == "note" else _MEND)

    @property
    def effect(self) -> str:
        """What mending brings, one of `EFFECTS`."""
        if self.code in _BRINGING_ROWS:
            return BRINGS_ROWS
        if self.severity == "note":
            return GOOD_TO_KNOW
        return BRINGS_CODING if self.column == "cmcoord_level" else FILLS_FIELD


class NotReadable(Exception):
    """The file cannot be opened as a workbook; the message says why and what to do."""


class NotAMatrix(Exception):
    """The workbook opens, but no matrix could be found in it.

    `issues` has at least one error that says where the search stopped and what was missing.
    """

    def __init__(self, issues: list[Issue]):
        super().__init__(" ".join(issue.message for issue in issues if issue.severity == "error"))
        self.issues = issues
