"""The folder with one person's book: open, set up, restore, sync status."""
