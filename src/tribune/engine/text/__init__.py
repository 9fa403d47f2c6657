"""Bytes of a text file in any of six forms into numbered paragraphs, with their language and sentences."""

from ._json import from_json, to_json
from ._language import language_of
from ._read import MAX_BYTES, read
from ._sentences import sentences

__all__ = ["MAX_BYTES", "from_json", "language_of", "read", "sentences", "to_json"]
