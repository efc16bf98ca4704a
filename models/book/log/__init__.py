"""The log of a book: its changes, and the moves among them."""
