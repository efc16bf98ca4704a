"""How lists come in: what the columns and rows of a file become."""
