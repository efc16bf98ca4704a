"""Quality incidents, their timeline and losses, and who is responsible. Clause: 5.4."""
