"""Conflict: versions that exist beside each other, who may decide between them, and how."""
