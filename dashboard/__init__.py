"""From the tidy tables of `data/processed` to answers on screen."""
