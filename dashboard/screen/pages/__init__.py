"""The parts of each page beside its cards."""
