"""Weekly status and the project's week. Clause: 5.3.1(2)."""
