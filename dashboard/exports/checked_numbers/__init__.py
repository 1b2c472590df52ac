"""Numbers that are marked in documents, and found again after people have edited them."""
