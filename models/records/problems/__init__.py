"""On-site fixes, escalations, problem reports, experience, concessions. Clause: 5.3.1."""
