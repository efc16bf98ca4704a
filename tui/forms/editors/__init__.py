"""Editors for each kind of value."""
