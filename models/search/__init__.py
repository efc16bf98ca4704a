"""The full-text index over all records."""
