"""What this room announces; ids only."""

SCHOOLS_CHANGED = "schools_changed"
