"""`python -m etl read`: one workbook, read as an edition that is nobody's file yet."""

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from etl.build.contract import ContractBroken
from etl.build.contributions import ContributionsBroken
from etl.build.publish import NotWritten
from etl.commands import limits, summary
from etl.issues import NotReadable
from etl.reading import read
from etl.reading.read import Brought
from etl.review.answers import AnswersBroken
from etl.workbook.reader import MAX_ROWS

# Exit statuses: read; opened, but no matrix was found (reading.json asks); refused, nothing written.
_READ, _NO_MATRIX, _REFUSED, _STOPPED = 0, 1, 2, 130
_REFUSALS = (NotReadable, AnswersBroken, ContributionsBroken, ContractBroken, NotWritten)
_GROUPS_SHOWN = 10
_SMALLER = "Copy the sheet with the matrix to a new workbook, or split it."


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command, and what runs it, to its parser."""
    parser.add_argument("workbook", type=Path, metavar="FILE.xlsx")
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FOLDER",
        help="folder for the tables, reading.json and marked.xlsx",
    )
    parser.add_argument(
        "--answers",
        type=Path,
        metavar="FOLDER",
        help="folder with columns.csv and aliases.csv: what a person answered",
    )
    _describe_words(parser)
    parser.add_argument(
        "--raw",
        type=Path,
        default=Path("data/raw"),
        metavar="DIR",
        help="folder that holds contributions/ (default data/raw)",
    )
    parser.add_argument("--no-marked", action="store_true", help="write no marked.xlsx")
    _describe_limits(parser)
    parser.set_defaults(run=run)


def _describe_words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--title", default="", help="title (default: the name of the file)")
    parser.add_argument("--name", default="", help="short name (default: made from the title)")
    parser.add_argument("--statement", default=read.STATEMENT, help="what it is and is not")
    parser.add_argument("--producer", default=read.PRODUCER, help=f"default {read.PRODUCER}")
    parser.add_argument("--licence", default="", help="what others may do with it")
    parser.add_argument(
        "--as-of",
        type=_date,
        metavar="DATE",
        help="date of the review (default: of the newest personnel figures)",
    )
    parser.add_argument(
        "--contributions-as-of",
        type=_date,
        metavar="DATE",
        help="date of the personnel figures (default: the newest by --as-of)",
    )


def _describe_limits(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--max-mb",
        type=_up_to(read.MAX_MEGABYTES),
        metavar="N",
        default=read.MAX_MEGABYTES,
        help=f"largest file, in MB (default and at most {read.MAX_MEGABYTES})",
    )
    parser.add_argument(
        "--max-rows",
        type=_up_to(MAX_ROWS),
        default=MAX_ROWS,
        metavar="N",
        help=f"most filled rows (default and at most {MAX_ROWS})",
    )
    limits.describe(parser, _up_to(1_000_000))


def run(chosen: argparse.Namespace) -> int:
    """Run the command; return its exit status. Errors are sentences on standard error."""
    name = chosen.workbook.name
    try:
        with limits.limited(chosen.memory_mb, chosen.seconds):
            report = read.read(_request(chosen))
            print(_summary(report, chosen.out))
    except Exception as error:
        if limits.is_memory(error):
            may_have = f" ({chosen.memory_mb} MB)" if chosen.memory_mb else ""
            return _fail(
                f"{name} needs more memory than it may have{may_have}. {_SMALLER}", _REFUSED
            )
        if isinstance(error, _REFUSALS):
            return _fail(str(error), _REFUSED)
        raise
    except limits.OutOfTime:
        return _fail(
            f"{name} needs more than {chosen.seconds} seconds to read. {_SMALLER}", _REFUSED
        )
    except KeyboardInterrupt:
        return _fail(f"Stopped. Nothing of {name} was kept.", _STOPPED)
    if report["status"] == "read":
        return _READ
    return _fail(f"{name}: no matrix could be read. {_first(report)}", _NO_MATRIX)


def _request(chosen: argparse.Namespace) -> Brought:
    return Brought(
        workbook=chosen.workbook,
        out=chosen.out,
        answers=chosen.answers,
        raw=chosen.raw,
        title=chosen.title,
        name=chosen.name,
        statement=chosen.statement,
        producer=chosen.producer,
        licence=chosen.licence,
        as_of=chosen.as_of,
        contributions_as_of=chosen.contributions_as_of,
        max_mb=chosen.max_mb,
        max_rows=chosen.max_rows,
        marked=not chosen.no_marked,
    )


def _summary(report: dict, out: Path) -> str:
    lines = []
    if counts := report["counts"]:
        header = " and ".join(str(row) for row in report["header_rows"])
        lines += [
            f"Sheet '{report['sheet']}', header in row {header}",
            f"Rows read {summary.where_rows_went(counts)}",
            f"Found: {', '.join(f'{count} {name}' for name, count in report['found'].items())}",
        ]
    lines += [
        f"{group['severity']} {_line(group)}"
        for group in report["groups"][:_GROUPS_SHOWN]
        if group["severity"] != "note"
    ]
    if report["groups_total"] > _GROUPS_SHOWN:
        lines.append(f"{report['groups_total']} kinds of issues in all")
    lines.append(f"{out}: reading.json" + (" and the tables" if counts else ", no tables"))
    return "\n".join(lines)


def _line(group: dict) -> str:
    title, problem = group["title"], group["problem"]
    return f"{title}." if problem in title else f"{title}: {problem}."


def _first(report: dict) -> str:
    return report["issues"][0]["message"] if report["issues"] else ""


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no date; write it as 2027-03-31") from None


def _up_to(most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"takes a whole number from 1 to {most}")
        return int(text)

    return number


def _fail(message: str, status: int) -> int:
    print(message, file=sys.stderr)
    return status
