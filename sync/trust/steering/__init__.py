"""How the membership log is steered: by whom, and what its rules are. Pure."""
