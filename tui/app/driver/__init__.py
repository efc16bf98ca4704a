"""The terminal as the app reads it: bytes that are never trusted, and a terminal that may go."""
