"""A storyline before its meeting: every slide made once on each screen."""
