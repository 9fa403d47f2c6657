"""Vectors of meaning small enough to keep with every paragraph: signs to choose by, bytes to rank by."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

SIGN_BYTES = 64
_SCALE = 127.0

Bytes = npt.NDArray[np.uint8]


def packed(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.int8]:
    """Return unit vectors as small integers: a row of 512 bytes each, scaled by its own largest number."""
    tops = np.abs(vectors).max(axis=1, keepdims=True)
    return np.rint(vectors / np.where(tops > 0, tops, 1) * _SCALE).astype(np.int8)


def signs(rows: npt.NDArray[np.int8]) -> Bytes:
    """Return the signs of packed rows: 64 bytes each.

    >>> signs(np.ones((2, 512), dtype=np.int8)).shape
    (2, 64)
    """
    return np.packbits(rows > 0, axis=1)


def nearest(of: npt.NDArray[np.int8], among: Bytes, n: int) -> npt.NDArray[np.int64]:
    """Return the places of the `n` rows of `among` that share most signs with one packed row, in order of place."""
    own = signs(of[None, :]).view("<u8")
    apart = np.bitwise_count(among.view("<u8") ^ own).sum(axis=1, dtype=np.int32)
    if len(apart) <= n:
        return np.arange(len(apart))
    limit = np.partition(apart, n - 1)[n - 1]
    return np.flatnonzero(apart <= limit)[: 2 * n]


def cosines(of: npt.NDArray[np.int8], rows: npt.NDArray[np.int8]) -> npt.NDArray[np.float64]:
    """Return the cosine of one packed row with each of `rows`, rounded to 4 digits; 0 for rows of zeros."""
    one, many = of.astype(np.int64), rows.astype(np.int64)
    lengths = np.sqrt((many**2).sum(axis=1) * (one**2).sum())
    return np.round((many @ one) / np.where(lengths > 0, lengths, 1), 4)
