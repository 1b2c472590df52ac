"""The editable rules of reading: which files they are, and a digest that tells when one changed."""

import hashlib
from importlib.resources import files
from pathlib import Path

_HERE = Path(str(files("etl")))
FOLDERS = ("maps", "vocab")


def digest() -> str:
    """Return the SHA-256 over the names and contents of `maps/*.csv` and `vocab/*.csv`.

    A build records it, because the same matrix reads differently once a spelling was added.
    """
    total = hashlib.sha256()
    for path in sorted(path for folder in FOLDERS for path in (_HERE / folder).glob("*.csv")):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
