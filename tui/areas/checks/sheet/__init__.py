"""The checklist page's parts: its list, what is typed, its answers and its commands."""
