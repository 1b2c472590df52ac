"""From tables back to a workbook that people work in."""
