"""A view that can be written down: as a link, a list of wishes, or a slide. Plain values."""
