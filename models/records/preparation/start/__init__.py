"""Pre-service studies, and the start of a service that waits for them. Clause: 4.1.2."""
