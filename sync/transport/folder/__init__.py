"""A shared folder as a carrier."""
