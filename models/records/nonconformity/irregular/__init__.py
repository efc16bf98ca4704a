"""Irregular service, its statistics and their report. Clause: 5.3.2(1), 5.3.2(3)."""
