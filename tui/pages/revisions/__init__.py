"""The versions of a record: what differs, and a new one."""
