"""Questions in front of a page."""
