"""Changes become rows: one record's state, a batch of rows, inserts in bulk."""
