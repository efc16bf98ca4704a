"""The database file and the files beside it."""
