"""Checklists: templates, sheets, answers. Clause: 5.1."""
