"""Waiting: what waits for whom, how urgent it is, and what has waited longest."""
