"""The database file and the other files of a workspace."""
