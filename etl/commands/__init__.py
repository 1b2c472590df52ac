"""One module a command; prints for people, JSON for programs."""
