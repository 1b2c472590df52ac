"""The briefing and its storyline."""
