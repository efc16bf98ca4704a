"""Questions that work for every record type."""
