"""Today, the inbox, search."""
