"""The quality targets of a project, measured and assessed. Clause: 6.2."""
