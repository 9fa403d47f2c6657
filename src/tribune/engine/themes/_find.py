"""From contributions to themes."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from tribune.engine.meaning import Cache, doubts

from ._bounds import Bounds, bounds_of, checked
from ._cluster import Grouping, grouped
from ._labels import Labeller
from ._quotes import chosen_quotes
from ._space import space_of
from ._types import Contribution, Decisions, Quote, Theme, Themes
from ._units import Unit, units_of, which_are_alike

__all__ = ["find_themes"]

# A language with at least this share of a theme's members has a label of its own.
_SPOKEN = 0.2


def find_themes(
    contributions: Sequence[Contribution],
    *,
    decisions: Decisions | None = None,
    cache: Cache | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    weights: Sequence[float] | None = None,
) -> Themes:
    """What many contributions speak about, in six languages at once, with exact quotes.

    A long contribution is cut into passages and may be in several themes. The order of `contributions` does not
    matter, equal input gives equal output, and what fits nowhere is listed, not forced. `decisions` bind.
    `cache` keeps vectors (`tribune.engine.meaning`); `progress` hears the step ("passages", "meaning", "themes",
    "labels"), how much of it is done and of how much. `weights` replace the learned ones of the 512 numbers of a
    vector, for measuring on texts that ours were learned from. Raises ValueError for an id that comes twice and for
    decisions that contradict each other. Method, figures and limits: docs/engine/themes.md.

    >>> said = ["More buses at night, please.", "We need a night bus.", "Buses should run later at night.",
    ...         "Plant trees along the river.", "More trees by the river bank.", "The river bank needs trees."]
    >>> found = find_themes([Contribution(str(n), text, "en") for n, text in enumerate(said)])
    >>> sorted(theme.members for theme in found.themes)
    [('0', '1', '2'), ('3', '4', '5')]
    """
    ordered = sorted(contributions, key=lambda one: one.id)
    for one, other in pairwise(ordered):
        if one.id == other.id:
            raise ValueError(f"the id {one.id!r} comes twice")
    known = {one.id for one in ordered}
    settled, notices = checked(decisions or Decisions(), known)

    def step(name: str) -> Callable[[int, int], None] | None:
        return (lambda done, of: progress(name, done, of)) if progress else None

    units, seen = _units(ordered, step("passages"))
    alike = which_are_alike(units)
    learned = None if weights is None else np.asarray(weights, dtype=np.float32)
    space = space_of(units, alike, cache=cache, progress=step("meaning"), weights=learned)
    bounds = bounds_of(settled, units, space)
    grouping = grouped(units, space, alike, bounds, progress=step("themes"))
    themes = _themes(units, alike, grouping, bounds, settled, step("labels"))
    placed = {i for theme in themes for i in theme.members}
    unassigned = tuple(sorted(known - placed))
    return Themes(themes, unassigned, (*notices, *_notices(ordered, seen)))


def _units(
    ordered: Sequence[Contribution], progress: Callable[[int, int], None] | None
) -> tuple[list[Unit], dict[str, str]]:
    """All passages, in an order that follows from the texts alone, and the language of each contribution."""
    found: list[Unit] = []
    languages: dict[str, str] = {}
    for n, one in enumerate(ordered):
        units = units_of(one)
        found += units
        if units:
            languages[one.id] = units[0].language
        if progress and (n % 500 == 0 or n + 1 == len(ordered)):
            progress(n + 1, len(ordered))
    return found, languages


def _notices(ordered: Sequence[Contribution], seen: dict[str, str]) -> tuple[tuple[str, str], ...]:
    empty = [one.id for one in ordered if one.id not in seen]
    found = [("no_words", f"{i!r} has no words") for i in empty]
    texts = [one for one in ordered if one.id in seen]
    for doubt in doubts([one.text for one in texts], [one.language for one in texts]):
        found.append((doubt.code, f"{texts[doubt.position].id!r}: {doubt.message}"))
    return tuple(found)


def _themes(
    units: Sequence[Unit],
    alike: Sequence[int],
    grouping: Grouping,
    bounds: Bounds,
    decisions: Decisions,
    progress: Callable[[int, int], None] | None,
) -> tuple[Theme, ...]:
    inside: dict[int, list[int]] = defaultdict(list)
    for n, label in enumerate(grouping.labels.tolist()):
        if label >= 0:
            inside[label].append(n)
    labeller = Labeller(units, alike, grouping.labels)
    found = []
    for done, (label, members) in enumerate(sorted(inside.items()), 1):
        found.append(_theme(label, members, units, alike, grouping, bounds, decisions, labeller))
        if progress:
            progress(done, len(inside))
    # A theme of hers without any passage is still her theme.
    shown = {theme.name for theme in found}
    for name in bounds.names:
        if name not in shown and bounds.named[name]:
            ids = bounds.named[name]
            label = decisions.labels.get(name, name)
            found.append(Theme(_id_of(name), name, label, {}, len(ids), len(ids), (), ids, ()))
    return tuple(sorted(found, key=lambda theme: (-theme.size, theme.id)))


def _theme(
    label: int,
    inside: Sequence[int],
    units: Sequence[Unit],
    alike: Sequence[int],
    grouping: Grouping,
    bounds: Bounds,
    decisions: Decisions,
    labeller: Labeller,
) -> Theme:
    name = grouping.names.get(label, "")
    members = {units[n].contribution for n in inside} | set(bounds.named.get(name, ()))
    quotes = chosen_quotes([units[n] for n in inside], [alike[n] for n in inside], grouping.nearness[list(inside)])
    spoken = Counter({units[n].contribution: units[n].language for n in reversed(inside)}.values())
    most = sorted(spoken, key=lambda code: (-spoken[code], code))
    main = [code for code in most if spoken[code] >= _SPOKEN * sum(spoken.values())] or most[:1]
    labels = {code: text for code in main if (text := labeller.label(label, code))}
    made = next((labels[code] for code in main if code in labels), "")
    first = quotes[0]
    shown = made or next(units[n].text for n in inside if units[n].start == first.start
                         and units[n].contribution == first.id)
    return Theme(
        _id_of(f"{first.id}\n{first.start}\n{first.end}"),
        name,
        decisions.labels.get(name, name) if name else shown,
        labels,
        len(members),
        len({alike[n] for n in inside}) if len(members) > 1 else 1,
        quotes,
        tuple(sorted(members)),
        tuple(Quote(units[n].contribution, units[n].start, units[n].end)
              for n in sorted(inside, key=lambda n: (-round(float(grouping.nearness[n]), 6), n))),
    )


def _id_of(text: str) -> str:
    return "t" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:9]


