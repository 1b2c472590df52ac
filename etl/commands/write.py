"""The commands that write workbooks: export an edition as a matrix, and an empty matrix."""

import argparse
import sys
from pathlib import Path

from etl.build import built
from etl.build.built import NotWhole
from etl.build.compare import NotBuilt
from etl.build.publish import NotPlaced
from etl.writing import export, template, words
from etl.writing.export import NotExported

PROCESSED = Path("data/processed")
# Exit statuses of the contract.
_OK, _FAILED, _WRONG = 0, 1, 2


def describe_export(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `export`, and what runs it."""
    parser.add_argument(
        "edition", metavar="EDITION", help=f"name of an edition in {PROCESSED}, or its folder"
    )
    _add_out(parser)
    parser.set_defaults(run=_export)


def describe_template(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `template`, and what runs it."""
    parser.add_argument(
        "--language", choices=words.LANGUAGES, default="en", help="of all words (default en)"
    )
    _add_out(parser)
    parser.set_defaults(run=_template)


def _add_out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE.xlsx",
        help="replaced when it is there already",
    )


def _export(chosen: argparse.Namespace) -> int:
    try:
        edition = built.load(built.find(chosen.edition, PROCESSED))
        done = export.export(edition, chosen.out)
    except (NotBuilt, NotPlaced) as error:
        return _fail(str(error), _WRONG)
    except (NotWhole, NotExported) as error:
        return _fail(f"{chosen.edition}: not exported. {error}", _FAILED)
    with_it = f" and {done.consultations} rows of consultations" if done.consultations else ""
    print(f"{chosen.out}: {edition.name}, {done.rows} rows{with_it}; read back, the same tables")
    return _OK


def _template(chosen: argparse.Namespace) -> int:
    try:
        template.write_template(chosen.out, chosen.language)
    except NotPlaced as error:
        return _fail(str(error), _WRONG)
    print(f"{chosen.out}: an empty matrix ({chosen.language}) with two example rows to delete")
    return _OK


def _fail(message: str, status: int) -> int:
    print(message, file=sys.stderr)
    return status
