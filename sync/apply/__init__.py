"""Segments of others become rows."""
