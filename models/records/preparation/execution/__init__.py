"""Execution of the plan in force: what was done, late or skipped. Clause: 4.2."""
