"""One old paragraph that became several, and several that became one."""

from __future__ import annotations

from collections.abc import Callable

from ._likeness import Likeness, blot, left_over, longest_free_run
from ._places import Places
from ._units import Texts, Unit

# A part of a paragraph must stand in the whole, in words that no other part has; near its siblings half of
# its weight is enough, for splitting changes the words at the seam.
NEAR, FAR, FAR_WORDS, REACH = 0.5, 0.85, 10, 3
LEAST_WORDS = 3


def find_splits(texts: Texts, places: Places, likeness: Likeness) -> None:
    """Join new paragraphs without a partner to the old paragraph whose words they took over."""
    _find(likeness, wholes=texts.old, parts=texts.new, of_whole=places.to_new, of_part=places.to_old,
          pair=lambda whole, part: places.pair(whole, part), fits=places.between)


def find_merges(texts: Texts, places: Places, likeness: Likeness) -> None:
    """Join old paragraphs without a partner to the new paragraph that took over their words."""
    _find(likeness, wholes=texts.new, parts=texts.old, of_whole=places.to_old, of_part=places.to_new,
          pair=lambda whole, part: places.pair(part, whole),
          fits=lambda whole, part: places.between(part, whole))


def _find(likeness: Likeness, *, wholes: list[Unit], parts: list[Unit], of_whole: dict[int, list[int]],
          of_part: dict[int, list[int]], pair: Callable[[int, int], None],
          fits: Callable[[int, int], bool]) -> None:
    loose = [part for part in parts if part.at not in of_part and part.size >= LEAST_WORDS
             and not part.heading]
    if not loose:
        return
    free: dict[int, str] = {}
    for whole in wholes:
        members = [parts[at] for at in of_whole.get(whole.at, ())]
        if whole.heading or any(len(of_part[member.at]) > 1 or member.wording == whole.wording
                                for member in members):
            continue
        rest = left_over(whole, members)
        if longest_free_run(rest) >= LEAST_WORDS:
            free[whole.at] = rest
    near = likeness.candidates(loose, [wholes[at] for at in free])
    claims = []
    for part in loose:
        for whole in near[part.at]:
            if likeness.shared(part, whole) < NEAR:
                continue
            share, _ = likeness.taken_over(part, free[whole.at])
            if share >= NEAR:
                claims.append((-share, part.at, whole.at))
    claims.sort()
    in_place = {(part_at, whole_at) for _, part_at, whole_at in claims if fits(whole_at, part_at)}
    # Twice: a far piece may become a near one once its sibling has joined.
    for _ in range(2):
        for _, part_at, whole_at in claims:
            if part_at in of_part:
                continue
            part = parts[part_at]
            share, taken = likeness.taken_over(part, free[whole_at])
            siblings = of_whole.get(whole_at, [])
            is_near = (any(abs(part_at - sibling) <= REACH for sibling in siblings) if siblings
                       else (part_at, whole_at) in in_place)
            if share >= NEAR and (is_near or (share >= FAR and part.size >= FAR_WORDS)):
                pair(whole_at, part_at)
                free[whole_at] = blot(free[whole_at], taken)
