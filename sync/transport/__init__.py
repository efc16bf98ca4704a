"""A sync round with somebody else, whatever carries it."""
