"""One change, its clock, the merge, and what this version understands; no file, no table."""
