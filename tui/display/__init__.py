"""Records and values as text for people; no widget."""
