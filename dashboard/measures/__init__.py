"""Every number of the product: tables and a selection in, a small frame or value out."""
