"""Tribune: from a city's voice to the text of an agreement, and back."""

__version__ = "0.1.0"
