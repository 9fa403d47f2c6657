"""Figures of a city: its schools and their connection, with source, method and what is not known."""
