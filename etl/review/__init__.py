"""What the review amounts to: records, answers and conversations become rows with identifiers."""
