"""Milestones and deliveries. Clause: 4."""
