"""Words of six languages as keys that compare; BM25 over them, in memory and over lists that a database keeps."""

from ._analysis import Words, analyse, guess_language, located, terms
from ._bm25 import Bm25
from ._function_words import FUNCTION_WORDS, is_function_word
from ._postings import Ranking, Shelf, joined, postings, rank, shifted
from ._query import Part, Query, matches, parse
from ._signs import SIGN_BYTES, cosines, nearest, packed, signs

__all__ = [
    "FUNCTION_WORDS",
    "SIGN_BYTES",
    "Bm25",
    "Part",
    "Query",
    "Ranking",
    "Shelf",
    "Words",
    "analyse",
    "cosines",
    "guess_language",
    "is_function_word",
    "joined",
    "located",
    "matches",
    "nearest",
    "packed",
    "parse",
    "postings",
    "rank",
    "shifted",
    "signs",
    "terms",
]
