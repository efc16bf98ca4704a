"""Pages for every record type and for the app itself."""
