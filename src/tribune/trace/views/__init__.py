"""Doors of the trace room."""
