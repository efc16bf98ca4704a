"""What is calculated from records and never stored: gates, revisions, expected records, figures."""
