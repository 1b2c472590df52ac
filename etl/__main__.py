"""The command line: build, check, diff, read, agree, export, template, sample.  `python -m etl --help`"""

import argparse
import json
import os
import sys
from io import TextIOWrapper
from pathlib import Path

from xlsxwriter.exceptions import XlsxWriterException

from etl.build import compare, dictionary, edition, pipeline
from etl.build.contract import ContractBroken
from etl.build.contributions import ContributionsBroken
from etl.build.edition import EditionBroken
from etl.build.publish import NotWritten
from etl.commands import agree, read, summary, write
from etl.issues import NotAMatrix, NotReadable
from etl.review.answers import AnswersBroken
from etl.review.conversations import ConversationsBroken
from etl.writing import sample

RAW, PROCESSED = Path("data/raw"), Path("data/processed")
DICTIONARY = Path("docs/data-dictionary.md")

# Exit statuses of the contract.
OK, FAILED, WRONG = 0, 1, 2

_CANNOT_BUILD = (
    EditionBroken,
    AnswersBroken,
    NotReadable,
    NotAMatrix,
    ConversationsBroken,
    ContributionsBroken,
    ContractBroken,
    NotWritten,
)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit status. Errors are sentences on standard error."""
    for stream in (sys.stdout, sys.stderr):  # a terminal without UTF-8 must not stop a build
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    chosen = _parser().parse_args(arguments)
    try:
        status = chosen.run(chosen)
        sys.stdout.flush()
        return status
    except BrokenPipeError:  # `| head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return _fail("Stopped. The last good tables are unchanged.", 130)
    except OSError as error:  # a full disk behind `> file`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _fail(f"Could not print the result: {error.strerror or error}.", FAILED)
    except Exception as error:
        return _unexpected(error)


def _unexpected(error: Exception, before: str = "") -> int:
    """Answer a defect of ours: a sentence, never a traceback, unless ATLAS_DEBUG asks for it."""
    if os.environ.get("ATLAS_DEBUG"):
        raise error
    return _fail(
        f"{before}Unexpected {type(error).__name__}: {error}. "
        "Run again with ATLAS_DEBUG=1 and report what it prints.",
        FAILED,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m etl", description="From a desk-review matrix to tidy tables."
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    _describe_build(commands.add_parser("build", help="build editions into tidy tables"))
    _describe_check(commands.add_parser("check", help="read and judge one workbook, write nothing"))
    _describe_diff(commands.add_parser("diff", help="what changed between two built editions"))
    read.describe(commands.add_parser("read", help="read one workbook as an edition"))
    agree.describe(commands.add_parser("agree", help="compare two codings of a matrix"))
    write.describe_export(
        commands.add_parser("export", help="write a built edition as a matrix workbook")
    )
    write.describe_template(
        commands.add_parser("template", help="write an empty matrix to fill in")
    )
    _describe_sample(commands.add_parser("sample", help="write a synthetic matrix for tests"))
    return parser


def _describe_build(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "editions", nargs="*", metavar="EDITION", help="names of editions (all, if none is named)"
    )
    parser.add_argument(
        "--raw", type=Path, default=RAW, metavar="DIR", help=f"where editions are (default {RAW})"
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help=f"where tables go (default {PROCESSED})"
    )
    parser.add_argument("--strict", action="store_true", help="exit with 1 if a row is held back")
    parser.set_defaults(run=_build)


def _describe_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("matrix", type=Path, metavar="MATRIX.xlsx")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=_check)


def _describe_diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("one", metavar="EDITION_A")
    parser.add_argument("other", metavar="EDITION_B")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--out",
        type=Path,
        default=PROCESSED,
        metavar="DIR",
        help=f"where tables are (default {PROCESSED})",
    )
    parser.set_defaults(run=_diff)


def _describe_sample(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx")
    for name, size in (("--countries", 68), ("--centres", 123), ("--courses", 315)):
        parser.add_argument(name, type=int, default=size, metavar="N", help=f"default {size}")
    parser.add_argument("--seed", type=int, default=2018, metavar="N", help="chooses the chances")
    parser.set_defaults(run=_sample)


def _build(chosen: argparse.Namespace) -> int:
    if not chosen.raw.is_dir():
        return _fail(
            f"{chosen.raw} is no folder. Name the folder of the editions with --raw.", WRONG
        )
    known = edition.names(chosen.raw)
    unknown = [name for name in chosen.editions if name not in known]
    if unknown or not known:
        there = ", ".join(known) or "none"
        return _fail(
            f"No such edition in {chosen.raw}: {', '.join(unknown)}. There: {there}.", WRONG
        )
    status = OK
    for name in dict.fromkeys(chosen.editions or known):
        status = max(status, _build_one(chosen, name))
    if chosen.out is None and DICTIONARY.parent.is_dir():
        dictionary.write(DICTIONARY)
    return status


def _build_one(chosen: argparse.Namespace, name: str) -> int:
    try:
        result = pipeline.build_edition(chosen.raw, name, chosen.out or PROCESSED)
    except _CANNOT_BUILD as error:
        return _fail(f"{name}: not built. {error}", FAILED)
    except Exception as error:  # the other editions are still built
        return _unexpected(error, f"{name}: not built. ")
    print(summary.built(result))
    held_back = result.reconciliation["rows_held_back"]
    if chosen.strict and held_back:
        return _fail(f"{name}: {held_back} rows were held back (--strict).", FAILED)
    return OK


def _check(chosen: argparse.Namespace) -> int:
    reading = review = None
    try:
        reading, review = pipeline.read_matrix(chosen.matrix)
        issues = review.issues
    except NotReadable as error:
        return _fail(str(error), WRONG)
    except NotAMatrix as error:
        issues = error.issues
    if chosen.json:
        told = summary.checked_json(reading, review, issues, str(chosen.matrix))
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print(summary.checked(reading, review, issues))
    errors = [issue for issue in issues if issue.severity == "error"]
    return _fail(f"{chosen.matrix}: {len(errors)} error(s).", FAILED) if errors else OK


def _diff(chosen: argparse.Namespace) -> int:
    try:
        difference = compare.compare(chosen.out, chosen.one, chosen.other)
    except compare.NotBuilt as error:
        return _fail(str(error), WRONG)
    print(compare.write_json(difference) if chosen.json else compare.as_text(difference))
    return OK


def _sample(chosen: argparse.Namespace) -> int:
    try:
        sample.write_sample(
            chosen.out, chosen.countries, chosen.centres, chosen.courses, chosen.seed
        )
    except sample.TooMany as error:
        return _fail(str(error), WRONG)
    except (OSError, XlsxWriterException) as error:
        return _fail(f"Could not write {chosen.out}: {error}. Choose another place.", WRONG)
    print(f"{chosen.out}: a synthetic matrix, not an edition")
    return OK


def _fail(message: str, status: int) -> int:
    print(message, file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
