"""How widgets draw their lines."""
