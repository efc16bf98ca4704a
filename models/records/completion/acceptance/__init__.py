"""Acceptance: what the customer accepts item by item, and what that waits for. Clause: 6.2"""
