"""Every figure of the product: numbers from `measures`, drawn by `charts`, worded here."""
