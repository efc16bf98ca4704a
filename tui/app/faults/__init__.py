"""Faults: what the app keeps of an error in the program, and what it says of it."""
