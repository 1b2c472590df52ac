"""What one cell says. Codes are data, in vocab/."""
