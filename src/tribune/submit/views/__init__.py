"""Doors of the submit room."""
