"""The steps of a write, each in its module; the book is their only caller."""
