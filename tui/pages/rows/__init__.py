"""Rows: what can be done to the rows of a record on its page, and the table they are edited in."""
