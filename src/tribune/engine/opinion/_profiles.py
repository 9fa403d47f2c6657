"""The one way in: votes and a profile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ._fit import fit_tribune
from ._polis import fit_polis
from ._result import Opinion
from ._votes import Votes

PROFILES = ("tribune", "polis")


def fit(votes: Votes, *, profile: str = "tribune", moderated: Iterable[Any] = (),
        units: Mapping[Any, str] | None = None, seed: int = 0, k_most: int = 5, checks: bool = True) -> Opinion:
    """Draw the map of opinions: groups, portraits and how far to trust them.

    Profile "tribune" can say "one group"; "polis" draws the map as Polis does. `moderated` statements are left out
    (in the polis profile they count as passes, as there). `units` names the unit (a city) of participants, for leaving
    out one at a time. The same votes and seed give the same result whatever the order of rows. Without `checks`, k is
    chosen by the best silhouette and nothing is said about trust: for repeated looks at a live map. `units`, `seed`,
    `k_most` and `checks` are for "tribune" only.

    >>> from tribune.engine.opinion import votes_from
    >>> fit(votes_from([1, 2], [1, 1], [1, -1])).reason
    'too_few_voices'
    """
    if profile == "polis":
        return fit_polis(votes, moderated=moderated)
    if profile != "tribune":
        raise ValueError(f"There is no profile {profile!r}; there are: {', '.join(PROFILES)}.")
    return fit_tribune(votes, moderated=moderated, units=units, seed=seed, k_most=k_most, checks=checks)
