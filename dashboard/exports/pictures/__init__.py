"""A figure as a picture, drawn by a browser that is kept."""
