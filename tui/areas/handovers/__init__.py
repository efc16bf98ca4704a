"""What hand-overs add to the app."""
