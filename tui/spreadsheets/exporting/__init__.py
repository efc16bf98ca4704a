"""Records become spreadsheets."""
