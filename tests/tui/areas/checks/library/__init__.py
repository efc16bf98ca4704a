"""Tests of the library pages."""
