"""What the hub keeps, on SQLite and PostgreSQL."""
