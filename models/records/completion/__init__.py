"""The end of a project: its archive, its summary, its acceptance and its targets. Clause: 6."""
