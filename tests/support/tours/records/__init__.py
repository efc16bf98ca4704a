"""Tours: walks through the sites of a project."""
