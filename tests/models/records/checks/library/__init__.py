"""Tests of the template library."""
