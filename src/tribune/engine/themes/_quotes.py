"""The passages that show a theme best, word for word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ._types import Quote
from ._units import Unit

__all__ = ["chosen_quotes"]

_MOST = 5
_SHORT, _LONG = 4, 60
_SPOKEN = 0.1


def chosen_quotes(
    units: Sequence[Unit], alike: Sequence[int], nearness: npt.NDArray[np.float64]
) -> tuple[Quote, ...]:
    """Up to five passages of different contributions and wordings: the most typical one first.

    Then the most typical one of each other language with a tenth of the passages, then the next ones. A passage of
    fewer than four words or more than sixty stands back.
    """
    order = sorted(range(len(units)), key=lambda n: (_awkward(units[n]), -round(float(nearness[n]), 6), n))
    spoken = Counter(unit.language for unit in units)
    heard: set[str] = set()
    chosen: list[int] = []
    for need_new_language in (True, False):
        for n in order:
            unit = units[n]
            if len(chosen) == _MOST:
                break
            if any(unit.contribution == units[m].contribution or alike[n] == alike[m] for m in chosen):
                continue
            if need_new_language and (unit.language in heard or spoken[unit.language] < _SPOKEN * len(units)):
                continue
            heard.add(unit.language)
            chosen.append(n)
    chosen = chosen or order[:1]
    chosen.sort(key=order.index)
    return tuple(Quote(units[n].contribution, units[n].start, units[n].end) for n in chosen)


def _awkward(unit: Unit) -> int:
    words = len(unit.words) // (2 if unit.language == "zh" else 1)
    return 0 if _SHORT <= words <= _LONG else 1 if words > _LONG else 2
