"""The weekly review: the grid of people and weeks, and deciding about entries."""
