"""Rows: records edited on the page of another one; their order, and how they are copied."""
