"""The index that search, uptake and memory share: rooms register kinds, the worker keeps it true, `find` reads it.

What ranks is `engine.search`, so that SQLite and PostgreSQL give the same hits in the same order
(docs/decisions/0005-lists-not-engines.md).
"""

from ._find import EVERYTHING, NEAR, PER_PAGE, Found, Hit, find, shown
from ._index import build, encode_some, index_due, join_segments, sweep, touch
from ._kinds import Batch, Entry, Filters, Kind, Piece, kinds, searchable

__all__ = [
    "EVERYTHING",
    "NEAR",
    "PER_PAGE",
    "Batch",
    "Entry",
    "Filters",
    "Found",
    "Hit",
    "Kind",
    "Piece",
    "build",
    "encode_some",
    "find",
    "index_due",
    "join_segments",
    "kinds",
    "searchable",
    "shown",
    "sweep",
    "touch",
]
