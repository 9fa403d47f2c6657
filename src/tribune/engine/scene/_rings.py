"""Nested lists of rings gathered from many objects and laid flat as arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from ._model import Floats, Ints

__all__ = ["Block", "Rings", "flat"]

Find = Callable[[str, str, int], None]


@dataclass(slots=True)
class Block:
    """Surfaces of one geometry (one solid at most), as nested lists still.

    Indices count from `base` in the points; there are `limit` of them. `kinds` and `colours` go by surface, or are
    empty; -1 in `kinds` lets the slope decide.
    """

    object_id: str
    feature: int
    surfaces: Sequence[Any]
    base: int
    limit: int
    solid: bool
    kind: int = -1
    kinds: Sequence[int] = ()
    colours: Sequence[int] = ()


@dataclass(slots=True)
class Rings:
    """Rings of a batch laid flat: `index` (k) rows of `points`, -1 where the file's index is out of range.

    `ring_start` and `ring_length` cut `index` into rings; `ring_surface` says whose ring it is, the outer one
    first. Per surface: block, feature, kind, colour, solid (-1: none).
    """

    points: Floats
    index: Ints
    ring_length: Ints
    ring_surface: Ints
    block: Ints
    feature: Ints
    kind: Ints
    colour: Ints
    solid: Ints

    @property
    def ring_start(self) -> Ints:
        """Where each ring begins in `index`."""
        return np.cumsum(self.ring_length) - self.ring_length


def flat(points: Floats, blocks: Sequence[Block], find: Find) -> tuple[Rings, list[Block]]:
    """Lay all blocks flat at once; return the rings and the blocks that had the right shape.

    Only where that fails is each block tried alone, so that one bad geometry costs nothing to the others.
    """
    try:
        return _flat(points, blocks), list(blocks)
    except (TypeError, ValueError, OverflowError):
        good: list[Block] = []
        for block in blocks:
            try:
                _flat(points, [block])
            except OverflowError:
                find(block.object_id, "bad_index", 1)
            except (TypeError, ValueError):
                find(block.object_id, "bad_geometry", 1)
            else:
                good.append(block)
        return _flat(points, good), good


def _flat(points: Floats, blocks: Sequence[Block]) -> Rings:
    sizes = _lengths([block.surfaces for block in blocks])
    surfaces = list(chain.from_iterable(block.surfaces for block in blocks))
    if set(map(type, surfaces)) - {list}:
        raise TypeError("a surface is no list of rings")
    n_rings = _lengths(surfaces)
    rings = list(chain.from_iterable(surfaces))
    if set(map(type, rings)) - {list}:
        raise TypeError("a ring is no list")
    ring_length = _lengths(rings)
    numbers = list(chain.from_iterable(rings))
    # numpy would turn 1.5, "2" and true into numbers without a word.
    if set(map(type, numbers)) - {int}:
        raise TypeError("an index is no whole number")
    index = np.fromiter(numbers, np.int64, len(numbers))
    block = np.repeat(np.arange(len(blocks)), sizes)
    ring_surface = np.repeat(np.arange(len(surfaces)), n_rings)
    of_index = np.repeat(block[ring_surface], ring_length)
    base, limit = _each(blocks, "base"), _each(blocks, "limit")
    inside = (index >= 0) & (index < limit[of_index])
    index = np.where(inside, index + base[of_index], -1)
    is_solid = np.array([one.solid for one in blocks], dtype=bool)
    return Rings(
        points, index, ring_length, ring_surface, block, _each(blocks, "feature")[block],
        _by_surface(blocks, "kinds", [one.kind for one in blocks]), _by_surface(blocks, "colours", [0] * len(blocks)),
        np.where(is_solid, np.arange(len(blocks)), -1)[block])


def _lengths(of: Sequence[Sequence[Any]]) -> Ints:
    return np.fromiter(map(len, of), np.int64, len(of))


def _each(blocks: Sequence[Block], name: str) -> Ints:
    return np.fromiter((getattr(block, name) for block in blocks), np.int64, len(blocks))


def _by_surface(blocks: Sequence[Block], name: str, default: Sequence[int]) -> Ints:
    given = [getattr(block, name) for block in blocks]
    rows = [one or [default[k]] * len(block.surfaces) for k, (block, one) in enumerate(zip(blocks, given, strict=True))]
    return np.fromiter(chain.from_iterable(rows), np.int64, sum(map(len, rows)))
