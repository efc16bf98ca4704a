"""Samples of what is checked, drawn by the rule of the template. Clause: 5.1.2."""
