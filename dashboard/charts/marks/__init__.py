"""What charts are built of: look, letters, sheets. Knows no other room of charts."""
