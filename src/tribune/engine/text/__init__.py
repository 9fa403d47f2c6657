"""Bytes of a text file in any of six forms into numbered paragraphs, with their language and sentences."""

from ._beside import beside
from ._edits import ACTS, Edit, EditRefused, replay
from ._encoding import decode
from ._json import from_json, to_json
from ._language import language_of
from ._oddities import NUMBERING, oddities
from ._origins import came_from
from ._paths import local_number, local_path
from ._read import MAX_BYTES, read
from ._rows import Row
from ._sentences import sentences

__all__ = [
    "ACTS",
    "MAX_BYTES",
    "NUMBERING",
    "Edit",
    "EditRefused",
    "Row",
    "beside",
    "came_from",
    "decode",
    "from_json",
    "language_of",
    "local_number",
    "local_path",
    "oddities",
    "read",
    "replay",
    "sentences",
    "to_json",
]
