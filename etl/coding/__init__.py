"""Two coders of one matrix: compared, decided, resolved."""
