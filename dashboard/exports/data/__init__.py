"""A figure and its tables as data: CSV, Excel, JSON, and the pack."""
