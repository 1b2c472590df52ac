"""What is known: one edition in memory, what was selected of it, its words and column names."""
