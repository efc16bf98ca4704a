"""The quality page: everything that is open, by age, kind, week and project."""
