"""Figures on the screen: the figures of some projects and days, and the records behind each."""
