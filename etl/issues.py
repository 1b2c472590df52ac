"""What was found on the way, with its cell: the receipts of everything that was not plain reading."""

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


class NotReadable(Exception):
    """The file cannot be opened as a workbook; the message says why and what to do."""


class NotAMatrix(Exception):
    """The workbook opens, but no matrix could be found in it.

    `issues` has at least one error that says where the search stopped and what was missing.
    """

    def __init__(self, issues: list[Issue]):
        super().__init__(" ".join(issue.message for issue in issues if issue.severity == "error"))
        self.issues = issues
