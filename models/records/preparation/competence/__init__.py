"""Competence files and the confirmation of people for a project. Clause: 4.1.2."""
