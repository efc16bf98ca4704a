"""What the hub answers, by subject."""
