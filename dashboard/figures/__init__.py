"""Every figure of the product: numbers from `measures`, drawn by `charts`, given their words here."""
