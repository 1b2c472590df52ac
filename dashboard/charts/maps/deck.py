"""A map to walk around in: countries by class, training centres, arcs to missions (deck.gl).

Nothing is asked of another machine: shapes travel with the map, and the basemap is a style without
tiles in `dashboard/static`. Tooltips are plain text, never markup.
"""

import json
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pydeck import Deck, Layer, View, ViewState
from pydeck.bindings.json_tools import default_serialize

from dashboard.charts.maps.boundaries import Boundaries
from dashboard.charts.maps.deck_centres import arc_layers, centre_layers, mission_layers
from dashboard.charts.maps.deck_countries import chosen_layers, country_layers

STYLE = "app/static/map-style.json"
# The world between 56 degrees south and 80 north fills a card of the usual height.
MIDDLE = {"longitude": 8.0, "latitude": 31.0}
# A phone shows two thirds of it: a narrower world would hide what is drawn.
ZOOM, ZOOM_ON_A_PHONE = 0.85, 0.15
FARTHEST, NEAREST = 0.0, 6.5
TOOLTIP = {
    "text": "{hover}",
    "style": {
        "backgroundColor": "#FFFFFF",
        "color": "#1D2329",
        "fontSize": "13px",
        "padding": "8px 10px",
        "border": "1px solid #595959",
        "borderRadius": "4px",
        "maxWidth": "320px",
        "zIndex": "9",
    },
}


class OfflineDeck(Deck):
    """A Deck in few bytes. pydeck writes each coordinate on a line of its own, which takes long."""

    def to_json(self) -> str:
        """The deck.gl description of the map, without spaces."""
        return json.dumps(self, default=default_serialize, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, eq=False)
class MapData:
    """What is drawn. `countries`: measures/states.py; `centres`: measures/centres.py; `arcs`: of
    measures/missions.py flows with where they begin and end; `chosen`: ISO3 of an outlined country.
    A frame without rows is not drawn.
    """

    countries: pd.DataFrame
    centres: pd.DataFrame
    arcs: pd.DataFrame
    chosen: str | None = None


def world_deck(data: MapData, boundaries: Boundaries, narrow: bool = False) -> Deck:
    """The map. `boundaries`: boundaries with straight lines on a Mercator map.

    `narrow`: begin further away, for a phone. What can be picked says in `customdata`
    which country it belongs to.
    """
    layers: list[Layer] = [
        *country_layers(data.countries, boundaries),
        *chosen_layers(data.chosen, boundaries),
        *arc_layers(data.arcs),
        *centre_layers(data.centres),
        *mission_layers(data.arcs),
    ]
    zoom = ZOOM_ON_A_PHONE if narrow else ZOOM
    return OfflineDeck(
        # In a list of their own: Streamlit fades what is not picked in every layer that it finds.
        layers=[layers],
        views=[View(type="MapView", controller=_controller(), repeat=False)],
        initial_view_state=ViewState(
            **MIDDLE, zoom=zoom, min_zoom=FARTHEST, max_zoom=NEAREST, pitch=0, bearing=0
        ),
        map_style=STYLE,
        tooltip=TOOLTIP,
    )


def _controller() -> dict[str, Any]:
    """The wheel scrolls the page; buttons, double click, pinch and keyboard walk on the map."""
    return {"scrollZoom": False, "dragRotate": False, "touchRotate": False, "keyboard": True}
