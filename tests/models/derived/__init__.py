"""Tests of what is calculated from records and never stored."""
