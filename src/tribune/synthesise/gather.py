"""From many contributions to few asks: what is the same is put together, nothing is decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tribune.engine.align import redline
from tribune.listen.choices import Act
from tribune.listen.models import Contribution

AMENDMENTS = (Act.KEEP, Act.ADD, Act.CHANGE, Act.DELETE)


@dataclass(slots=True)
class Gathered:
    """Contributions on one passage that ask the same; `old` are the words struck or kept, `new` the inserted."""

    act: str
    path: str
    old: str
    new: str
    contributions: list[Contribution] = field(default_factory=list)


def asked_words(act: str, read: str, wording: str) -> tuple[str, str]:
    """Return (old, new): the words an amendment strikes or keeps, and those it inserts.

    KEEP and DELETE of a whole paragraph name its words; otherwise what differs between the paragraph that was
    read and the wording proposed.
    """
    if act == Act.KEEP:
        return read, ""
    if act == Act.DELETE and not wording.strip():
        return read, ""
    struck, inserted = [], []
    for mark, words in redline(read, wording):
        if mark == "-":
            struck.append(words.strip())
        elif mark == "+":
            inserted.append(words.strip())
    old, new = " ".join(filter(None, struck)), " ".join(filter(None, inserted))
    if act == Act.ADD:
        old = ""
    if act == Act.DELETE:
        new = ""
    return old, new


def _same(words: str) -> str:
    return " ".join(words.casefold().split()).strip(" .,;:")


def gather(contributions: Iterable[Contribution], read: dict[int, str]) -> list[Gathered]:
    """Group amendments that ask the same of the same passage, and comments by passage, most cities first.

    `read` maps the id of a contribution to the paragraph its author read.
    """
    groups: dict[tuple[str, str, str, str], Gathered] = {}
    for contribution in contributions:
        path = contribution.passage.path if contribution.passage else ""
        if contribution.act in AMENDMENTS:
            old, new = asked_words(contribution.act, read.get(contribution.pk, ""), contribution.wording)
        else:
            old = new = ""
        key = (path, contribution.act, _same(old), _same(new))
        groups.setdefault(key, Gathered(contribution.act, path, old, new)).contributions.append(contribution)
    return sorted(groups.values(), key=lambda group: (-_n_cities(group.contributions), group.path, group.act))


def _n_cities(contributions: Sequence[Contribution]) -> int:
    return len({contribution.city_id for contribution in contributions if contribution.city_id})


def by_passage(groups: Iterable[Gathered]) -> dict[str, list[Gathered]]:
    """Return groups by path of the passage, in the order they came."""
    found: dict[str, list[Gathered]] = defaultdict(list)
    for group in groups:
        found[group.path].append(group)
    return dict(found)
