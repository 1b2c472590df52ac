"""PowerPoint decks with charts that can be edited."""
