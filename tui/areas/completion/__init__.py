"""The end of a project: pages and papers of archive, summary, acceptance and targets."""
