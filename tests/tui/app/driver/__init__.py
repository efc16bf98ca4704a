"""Tests of how the app reads its terminal."""
