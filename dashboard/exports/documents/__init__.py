"""What was ordered, made one file after the other."""
