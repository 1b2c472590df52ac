"""Maps: for files, and to walk around in."""
