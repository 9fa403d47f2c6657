"""Doors of the watch room: what everybody sees, and the desk of officers."""
