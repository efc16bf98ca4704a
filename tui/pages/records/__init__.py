"""Lists and record pages."""
