"""The shared fabric of all rooms. Knows no room."""
