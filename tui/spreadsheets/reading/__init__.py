"""Files of rows, read."""
