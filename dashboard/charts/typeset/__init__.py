"""A chart and its words on a page, a sheet or a slide."""
