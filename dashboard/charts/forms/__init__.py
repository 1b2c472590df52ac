"""Charts of bars, lines and grids, one `draw`-like function each."""
