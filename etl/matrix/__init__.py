"""Where things are in a matrix, never what they say."""
