"""An officer's decisions as bounds on passages: which lie together, which never."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from ._space import Space
from ._types import Decisions
from ._units import Unit

__all__ = ["Bounds", "bounds_of", "checked"]


@dataclass
class Bounds:
    """Bounds on passages by position.

    `names` are the officer's themes; `held` says which theme of hers a passage belongs to; `together` are groups
    that share a theme; `apart` has, for a contribution, those it shares none with; `out` are passages of
    contributions that stay unassigned; `named` has the contributions of her themes, also those without words.
    """

    names: list[str] = field(default_factory=list)
    held: dict[int, int] = field(default_factory=dict)
    together: list[list[int]] = field(default_factory=list)
    apart: dict[str, set[str]] = field(default_factory=dict)
    out: set[int] = field(default_factory=set)
    named: dict[str, tuple[str, ...]] = field(default_factory=dict)


def checked(decisions: Decisions, known: set[str]) -> tuple[Decisions, tuple[tuple[str, str], ...]]:
    """The decisions on contributions that are there, with a notice on the others.

    Raises ValueError where two decisions contradict each other.
    """
    missing: set[str] = set()

    def kept(ids: Sequence[str]) -> list[str]:
        missing.update(i for i in ids if i not in known)
        return sorted({i for i in ids if i in known})

    fixed = {name: kept(ids) for name, ids in sorted(decisions.fixed.items())}
    loose = set(kept(list(decisions.loose)))
    for pair in decisions.apart:
        kept(pair)
    apart = sorted({tuple(sorted(pair)) for pair in decisions.apart if set(pair) <= known})
    merged = _joined([kept(group) for group in decisions.merged])
    names: dict[str, set[str]] = defaultdict(set)
    for name, ids in fixed.items():
        for i in ids:
            names[i].add(name)
    for i in sorted(loose & set(names)):
        raise ValueError(f"{i!r} is to stay unassigned and in {_listed(names[i])}")
    for group in merged:
        for i in group:
            if i in loose:
                raise ValueError(f"{i!r} is to stay unassigned and to share a theme")
        for one, other in combinations(group, 2):
            if names[one] and names[other] and not names[one] & names[other]:
                raise ValueError(f"{one!r} and {other!r} are to share a theme, and are in different ones")
        held = [names[i] for i in group if names[i]]
        if held and not set.intersection(*held):
            raise ValueError(f"no theme holds all of {', '.join(repr(i) for i in group if names[i])}")
    for one, other in apart:
        if one == other:
            raise ValueError(f"{one!r} cannot be apart from itself")
        if names[one] & names[other]:
            raise ValueError(f"{one!r} and {other!r} are to be apart, and both in {_listed(names[one] & names[other])}")
        if any(one in group and other in group for group in merged):
            raise ValueError(f"{one!r} and {other!r} are to be apart and to share a theme")
    notices = tuple(("unknown_contribution", f"a decision names {i!r}, which is not there") for i in sorted(missing))
    settled = Decisions(fixed, merged, [(a, b) for a, b in apart], loose, dict(sorted(decisions.labels.items())))
    return settled, notices


def _listed(names: set[str]) -> str:
    return ", ".join(repr(name) for name in sorted(names))


def _joined(groups: Sequence[Sequence[str]]) -> list[list[str]]:
    """Groups that share a contribution are one."""
    found: list[set[str]] = []
    for group in groups:
        one = set(group)
        rest = [other for other in found if not other & one]
        for other in found:
            if other & one:
                one |= other
        found = [*rest, one]
    return sorted(sorted(group) for group in found if len(group) > 1)


def bounds_of(decisions: Decisions, units: Sequence[Unit], space: Space) -> Bounds:
    """The decisions, as checked, on passages."""
    by_id: dict[str, list[int]] = defaultdict(list)
    for n, unit in enumerate(units):
        by_id[unit.contribution].append(n)
    bounds = Bounds(sorted(decisions.fixed), named={name: tuple(ids) for name, ids in decisions.fixed.items()})
    themes_of: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(bounds.names):
        for i in decisions.fixed[name]:
            themes_of[i].append(place)
    _hold(bounds, themes_of, by_id, space)
    for one, other in decisions.apart:
        bounds.apart.setdefault(one, set()).add(other)
        bounds.apart.setdefault(other, set()).add(one)
    bounds.out = {n for i in decisions.loose for n in by_id[i]}
    for group in decisions.merged:
        places = [by_id[i] for i in group if by_id[i]]
        if len(places) < 2:
            continue
        anchors = _anchors(places, space)
        hers = [set(themes_of[i]) for i in group if themes_of[i]]
        if not hers:
            bounds.together.append(anchors)
            continue
        common = min(set.intersection(*hers))
        for n in anchors:
            if not themes_of[units[n].contribution]:
                bounds.held[n] = common
    return bounds


def _hold(bounds: Bounds, themes_of: Mapping[str, list[int]], by_id: Mapping[str, list[int]], space: Space) -> None:
    """Each passage of a fixed contribution goes to its theme, or to the nearest of its themes."""
    several = []
    for i, places in sorted(themes_of.items()):
        for n in by_id[i]:
            if len(places) == 1:
                bounds.held[n] = places[0]
            else:
                several.append((n, places))
    if not several:
        return
    groups = np.full(space.meaning.shape[0], -1)
    for n, place in bounds.held.items():
        groups[n] = place
    likeness = space.products(space.sums(groups, len(bounds.names)))
    for n, places in several:
        bounds.held[n] = max(places, key=lambda place: (round(float(likeness[n, place]), 6), -place))


def _anchors(places: Sequence[Sequence[int]], space: Space) -> list[int]:
    """From each contribution the passage that is nearest to the others'; the rest of a long one stays free."""
    groups = np.full(space.meaning.shape[0], -1)
    for n_group, group in enumerate(places):
        groups[list(group)] = n_group
    sums = space.sums(groups, len(places))
    likeness = space.products(sums)
    found = []
    for n_group, group in enumerate(places):
        others = [k for k in range(len(places)) if k != n_group]
        found.append(max(group, key=lambda n: (round(float(likeness[n, others].sum()), 6), -n)))
    return found
