"""A segment of changes as bytes: columns, packing, compression, snapshots; no file, no table."""
