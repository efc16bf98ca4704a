"""Settings, help, palette, notices, welcome."""
