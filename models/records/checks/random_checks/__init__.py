"""The department manager's random on-site check: the draw and what was found. Clause: 5.1.3."""
