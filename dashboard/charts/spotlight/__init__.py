"""A country that stands out in whatever chart it is drawn in."""
