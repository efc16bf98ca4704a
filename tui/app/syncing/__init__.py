"""Syncing: the rounds that the app makes beside its pages."""
