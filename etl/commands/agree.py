"""`python -m etl agree`: two codings of one matrix compared, and what was decided between them."""

import argparse
import sys
from pathlib import Path

from etl.build.publish import NotPlaced, NotWritten
from etl.coding import compared, decisions, files
from etl.coding.codings import CannotCompare
from etl.coding.decisions import DecisionsBroken
from etl.coding.resolved import NotResolved
from etl.commands import limits
from etl.issues import NotReadable
from etl.review import answers
from etl.review.answers import NO_ANSWERS, AnswersBroken
from etl.workbook.reader import MAX_ROWS

# Exit statuses: compared; opened, but there is nothing to compare; refused.
_COMPARED, _CANNOT, _REFUSED, _STOPPED = 0, 1, 2, 130
_NOT_COMPARED = (CannotCompare, DecisionsBroken, NotResolved)
_REFUSALS = (NotReadable, AnswersBroken, NotWritten, NotPlaced)


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command, and what runs it, to its parser."""
    parser.add_argument(
        "first",
        type=Path,
        metavar="FIRST.xlsx",
        help="a matrix with two coders' levels, or that of the first coder",
    )
    parser.add_argument(
        "second",
        type=Path,
        nargs="?",
        metavar="SECOND.xlsx",
        help="the same matrix as the second coder coded it",
    )
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FOLDER",
        help=f"folder for {', '.join(files.FILES)}",
    )
    parser.add_argument(
        "--decisions",
        type=Path,
        metavar="DECISIONS.csv",
        help="what was decided: to-decide.csv, filled in",
    )
    _describe_reading(parser)
    parser.set_defaults(run=run)


def _describe_reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--coders",
        nargs=2,
        default=(),
        metavar=("ONE", "OTHER"),
        help="whom to compare, when one workbook has more than two",
    )
    parser.add_argument(
        "--answers",
        type=Path,
        metavar="FOLDER",
        help="folder with columns.csv and aliases.csv: what a person answered",
    )
    parser.add_argument(
        "--max-rows",
        type=_positive,
        default=MAX_ROWS,
        metavar="N",
        help=f"most filled rows of a workbook (default {MAX_ROWS})",
    )
    limits.describe(parser, _positive)


def run(chosen: argparse.Namespace) -> int:
    """Run the command; return its exit status. Errors are sentences on standard error."""
    try:
        with limits.limited(chosen.memory_mb, chosen.seconds):
            report = _agree(chosen)
    except Exception as error:
        if limits.is_memory(error):
            return _fail(
                "The comparison needs more memory than it may have. Split the workbooks.", _REFUSED
            )
        if isinstance(error, _NOT_COMPARED):
            return _fail(f"Not compared. {error}", _CANNOT)
        if isinstance(error, _REFUSALS):
            return _fail(str(error), _REFUSED)
        raise
    except limits.OutOfTime:
        return _fail(
            f"The comparison needs more than {chosen.seconds} seconds. Split the workbooks.",
            _REFUSED,
        )
    except KeyboardInterrupt:
        return _fail("Stopped. Nothing was written.", _STOPPED)
    print(_summary(report, chosen.out))
    return _COMPARED


def _agree(chosen: argparse.Namespace) -> dict:
    said = NO_ANSWERS
    if chosen.answers:
        if not chosen.answers.is_dir():
            raise AnswersBroken(f"{chosen.answers} is no folder. Name the folder with the answers.")
        said = answers.load(chosen.answers)
    if chosen.second and chosen.coders:
        raise CannotCompare("--coders chooses among those of one workbook; leave it out here.")
    both = compared.compare(chosen.first, chosen.second, chosen.coders, chosen.max_rows, said)
    decided = {}
    if chosen.decisions:
        decided = decisions.load(chosen.decisions, {pair.course_id for pair in both.pairs})
    read = [path for path in (chosen.first, chosen.second, chosen.decisions) if path]
    return files.write(both, decided, chosen.out, read)


def _summary(report: dict, out: Path) -> str:
    counts, standing = report["counts"], report["resolved"]
    lines = [
        f"{coder['name']}: {coder['file']}, cell {coder['cell']} '{coder['header']}', "
        f"{coder['coded']} of {coder['courses']} courses coded" + _more(coder)
        for coder in report["coders"]
    ]
    if report["other_coders"]:
        lines.append(f"Not compared: {', '.join(report['other_coders'])} (--coders)")
    lines += [
        (
            f"Coded by both: {report['compared']} of {report['courses']} courses; "
            f"{counts.get('agreed', 0)} agreed, {counts.get('disagreed', 0)} disagreed"
        ),
        "Resolved: " + ", ".join(f"{number} {basis}" for basis, number in standing.items()),
    ]
    if report["differing"]:
        told = ", ".join(f"{name} {number}" for name, number in report["differing"].items())
        lines.append(f"Other columns that differ (those of the first workbook count): {told}")
    return "\n".join([*lines, f"{out}: {', '.join(files.FILES)}"])


def _more(coder: dict) -> str:
    parts = [
        (coder["blank"], "left blank"),
        (coder["not-read"], "not readable"),
        (coder["rows_held_back"], "held back with their rows"),
    ]
    return "".join(f", {number} {what}" for number, what in parts if number)


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError("takes a whole number from 1 on")
    return int(text)


def _fail(message: str, status: int) -> int:
    print(message, file=sys.stderr)
    return status
