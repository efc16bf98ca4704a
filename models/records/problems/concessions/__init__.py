"""Concessions: what they hold, until when, and what lifts them. Clause: 5.3.1(3)."""
