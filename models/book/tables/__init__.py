"""Company tables as the book reads them: the version in force, its words, and what it decides."""
