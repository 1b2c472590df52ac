"""Word documents: reports, minutes, country one-pagers."""
