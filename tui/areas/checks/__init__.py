"""Pages and documents of checklists."""
