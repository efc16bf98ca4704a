"""Streams: what commands read from and write to."""
