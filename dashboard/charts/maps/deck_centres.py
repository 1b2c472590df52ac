"""Training centres on the map to walk around in: points with the letter of their best level."""

import pandas as pd
from pydeck import Layer

from dashboard.charts.maps.centre_marks import RINGS, centre_hover, letter_colour, placed
from dashboard.charts.maps.deck_text import FONT, layer, plain, rgba
from dashboard.charts.marks.look import STATE_STYLES

LETTER = 1.15  # height of a letter, in radii of its point


def centre_layers(centres: pd.DataFrame) -> list[Layer]:
    """Points by number of considered courses and best level, and the letter on each.

    `centres`: the columns of measures/centres.py; those without coordinates are left out.
    """
    if centres.empty:
        return []
    rows = list(placed(centres).itertuples(index=False))
    points = [
        {
            "position": [row.longitude, row.latitude], "radius": row.radius,
            "fill": rgba(STATE_STYLES[row.state].fill), "line": rgba(RINGS[row.state].colour),
            "width": RINGS[row.state].width, "hover": plain(centre_hover(row)),
            "customdata": [row.country_iso3, row.centre_id],
        }
        for row in rows
    ]  # fmt: skip
    letters = [
        {
            "position": [row.longitude, row.latitude], "text": row.state_letter,
            "size": round(row.radius * LETTER, 1), "ink": rgba(letter_colour(row.state)),
        }
        for row in rows
    ]  # fmt: skip
    return [
        layer(
            "ScatterplotLayer", "centres", points, pickable=True, stroked=True,
            get_position="position", get_radius="radius", radius_units="'pixels'",
            get_fill_color="fill", get_line_color="line", get_line_width="width",
            line_width_units="'pixels'",
        ),
        layer(
            "TextLayer", "centre-letters", letters, get_position="position", get_text="text",
            get_size="size", get_color="ink", font_family=f"'{FONT}'", font_weight=700,
            character_set="'auto'",
        ),
    ]  # fmt: skip
