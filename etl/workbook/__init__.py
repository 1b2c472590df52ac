"""A hostile .xlsx becomes plain cells, within limits; the only room with openpyxl."""
