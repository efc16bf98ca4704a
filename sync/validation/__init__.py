"""Whether a segment is genuine and a change was allowed; no file, no table."""
