"""Devices with two histories: what contradicts the log, and what was set aside."""
