"""The library: ready-made checklist templates that come with the program."""
