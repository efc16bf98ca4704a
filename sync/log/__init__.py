"""The tables of the sync, one module each."""
