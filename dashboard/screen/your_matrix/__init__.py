"""The page Your matrix: a workbook brought, read, taught, used and let go."""
