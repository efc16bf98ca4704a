"""How a record type is declared and how its values are checked."""
