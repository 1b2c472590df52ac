"""Makes a file of an office program the same to the byte whenever it is made from the same."""

import io
import zipfile
from datetime import date

EARLIEST = date(1980, 1, 1)  # what a zip can say


def settled(data: bytes, made: date) -> bytes:
    """The same package (pptx, docx, xlsx) with its parts in order, all dated `made`."""
    when = max(made, EARLIEST)
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for name in sorted(source.namelist()):
            part = zipfile.ZipInfo(name, (when.year, when.month, when.day, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            package.writestr(part, source.read(name))
    return target.getvalue()
