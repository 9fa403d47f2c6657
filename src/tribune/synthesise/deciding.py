"""What an officer decided about themes, as plain values: each act gives the decisions after it. Knows no database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tribune.engine.themes import Decisions

# A label that is longer is a paragraph.
MOST_LABEL = 120


@dataclass(frozen=True, slots=True)
class Kept:
    """A theme of hers: the label she gave, and the contributions (public ids) that she saw in it."""

    label: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """Her themes by key, and the contributions that shall be in none."""

    themes: Mapping[str, Kept] = field(default_factory=dict)
    loose: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.themes or self.loose)


def from_stored(plain: Mapping[str, Any] | None) -> Decided:
    """Return decisions from what the database holds."""
    if not plain:
        return Decided()
    return Decided({key: Kept(one["label"], tuple(one["members"])) for key, one in plain["themes"].items()},
                   tuple(plain["loose"]))


def to_stored(decided: Decided) -> dict[str, Any]:
    """Return decisions as the database holds them."""
    return {"themes": {key: {"label": one.label, "members": list(one.members)} for key, one in decided.themes.items()},
            "loose": list(decided.loose)}


def for_engine(decided: Decided, there: Collection[str]) -> Decisions:
    """Return what binds the engine, for contributions that are still there.

    One that is in a theme of hers and was taken out of all is out: the later act took it from her themes already.
    """
    fixed = {key: within for key, kept in decided.themes.items()
             if (within := [one for one in kept.members if one in there])}
    named = {one for members in fixed.values() for one in members}
    return Decisions(fixed=fixed, labels={key: decided.themes[key].label for key in fixed},
                     loose=[one for one in decided.loose if one in there and one not in named])


def keep(decided: Decided, *, key: str, label: str, members: Iterable[str]) -> Decided:
    """Her theme `key` has this label and these members; who was loose and is a member now is loose no more."""
    within = tuple(sorted(set(members)))
    themes = {**decided.themes, key: Kept(" ".join(label.split())[:MOST_LABEL], within)}
    return Decided(themes, tuple(one for one in decided.loose if one not in within))


def merge(decided: Decided, *, into: str, label: str, members: Iterable[str], gone: Iterable[str]) -> Decided:
    """Her theme `into` has the members of several; those of hers that are in it now are gone."""
    left = {key: one for key, one in decided.themes.items() if key not in set(gone) - {into}}
    return keep(Decided(left, decided.loose), key=into, label=label, members=members)


def take(decided: Decided, *, members: Iterable[str], out_of: str, rest: Iterable[str], label: str) -> Decided:
    """Contributions leave a theme, which becomes hers with the `rest`; where nobody is left it is gone."""
    leaving = set(members)
    kept = [one for one in rest if one not in leaving]
    if not kept:
        return Decided({key: one for key, one in decided.themes.items() if key != out_of}, decided.loose)
    return keep(decided, key=out_of, label=label, members=kept)


def let_loose(decided: Decided, members: Iterable[str]) -> Decided:
    """These contributions shall be in no theme."""
    out = set(members)
    left = {key: tuple(one for one in kept.members if one not in out) for key, kept in decided.themes.items()}
    themes = {key: Kept(decided.themes[key].label, members) for key, members in left.items() if members}
    return Decided(themes, tuple(sorted({*decided.loose, *out})))


def give_back(decided: Decided, *, key: str = "", members: Iterable[str] = ()) -> Decided:
    """A theme of hers, or contributions that she had taken out, are left to the machine again."""
    back = set(members)
    return Decided({name: one for name, one in decided.themes.items() if name != key},
                   tuple(one for one in decided.loose if one not in back))
