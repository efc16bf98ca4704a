"""A file on a stick as a carrier."""
