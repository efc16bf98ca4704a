"""A project's week: its problems, compiled, issued with its data, and what came later."""
