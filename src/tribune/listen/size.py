"""Four sizes of a place, as the figures and targets of a consultation speak of them."""

from __future__ import annotations

from .choices import SizeClass

__all__ = ["size_of"]

_UPPER = ((50_000, SizeClass.SMALL), (250_000, SizeClass.MEDIUM), (1_000_000, SizeClass.LARGE))


def size_of(population: int | None) -> str:
    """Return the size class of a population, "" where nobody has counted.

    >>> size_of(49_999), size_of(50_000), size_of(3_000_000), size_of(None)
    ('small', 'medium', 'huge', '')
    """
    if population is None:
        return ""
    return next((each.value for upper, each in _UPPER if population < upper), SizeClass.HUGE.value)
