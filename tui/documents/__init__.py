"""Documents: their layout, their data, how they are issued."""
