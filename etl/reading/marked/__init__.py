"""A copy of a workbook with every issue marked in its cell."""
