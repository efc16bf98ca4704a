"""Tours: their page and their document."""
