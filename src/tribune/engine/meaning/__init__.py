"""Sentence vectors that compare meaning across languages, offline: the one small interface to the encoder."""

from ._cache import MODEL, Cache, MemoryCache, key_of
from ._compare import centred, cosines, counterparts, figures, margins
from ._encoder import SIZE, Vectors, encode
from ._languages import LANGUAGES, Doubt, doubts, speaks

__all__ = [
    "LANGUAGES",
    "MODEL",
    "SIZE",
    "Cache",
    "Doubt",
    "MemoryCache",
    "Vectors",
    "centred",
    "cosines",
    "counterparts",
    "doubts",
    "encode",
    "figures",
    "key_of",
    "margins",
    "speaks",
]
