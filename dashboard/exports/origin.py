"""Where a file comes from: the link that restores the view, and the data that it was made from."""

from dataclasses import dataclass
from datetime import date

from dashboard.edition.tables import Package, Tables

MATRIX = "matrix.xlsx"
# As much of a SHA-256 as people compare by eye.
PREFIX = 12


@dataclass(frozen=True)
class Origin:
    """What every file of one view has in common.

    `link`: address that restores the view (may be empty); `accessed`: the only timestamp of a file;
    `inputs`: SHA-256 of the matrix that the edition was built from (empty when not recorded);
    `reviewed`, `producer`: date of the edition, which files carry as theirs, and who made it.
    """

    link: str
    accessed: date
    inputs: str
    reviewed: date | None = None
    producer: str = ""

    @property
    def made(self) -> date:
        """The date that stands inside a file: that of the edition, which is always the same."""
        return self.reviewed or self.accessed

    @property
    def line(self) -> str:
        """What stands on a picture. No date, so that the same view gives the same picture."""
        view = [f"View: {self.link}"] * bool(self.link)
        made = [f"made from {self.inputs[:PREFIX]}"] * bool(self.inputs)
        text = " · ".join([*view, *made])
        return text[:1].upper() + text[1:]


def origin(tables: Tables, link: str, accessed: date) -> Origin:
    """The origin of a view of one edition."""
    package = tables.package
    reviewed = date.fromisoformat(package.edition["as_of"])
    return Origin(
        " ".join(link.split()),
        accessed,
        matrix_sha256(package),
        reviewed,
        package.edition["producer"],
    )


def matrix_sha256(package: Package) -> str:
    """SHA-256 of the workbook of an edition; of its first input when none has that name."""
    inputs = {one["path"].rsplit("/", 1)[-1]: one["sha256"] for one in package.inputs}
    return inputs.get(MATRIX) or next(iter(inputs.values()), "")
