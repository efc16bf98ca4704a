"""Pages with a form."""
