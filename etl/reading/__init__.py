"""A workbook that is nobody's edition yet: read, told, asked about."""
