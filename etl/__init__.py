"""From a desk-review matrix, as messy as people keep them, to tidy tables that can be traced cell by cell."""
