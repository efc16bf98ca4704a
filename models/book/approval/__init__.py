"""Approval: what a binding move is about, what differs since, and how that is confirmed."""
