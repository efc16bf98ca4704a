"""Pages for bringing lists in."""
