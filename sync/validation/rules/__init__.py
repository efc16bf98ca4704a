"""What a change must keep to, by what it does: one module for each sort of rule."""
