"""Words of six languages as keys that compare, and BM25 over them."""

from ._analysis import Words, analyse, guess_language, terms
from ._bm25 import Bm25
from ._function_words import FUNCTION_WORDS, is_function_word

__all__ = [
    "FUNCTION_WORDS",
    "Bm25",
    "Words",
    "analyse",
    "guess_language",
    "is_function_word",
    "terms",
]
