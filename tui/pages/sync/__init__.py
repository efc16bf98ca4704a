"""Sync, joining and members."""
