"""Trends and the time in each state."""
