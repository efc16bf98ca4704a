"""Pages that settle conflicts."""
