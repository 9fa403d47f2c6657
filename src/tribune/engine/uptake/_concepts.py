"""English words that stand for the same actor, action or object when an ask is put in prose.

A reading aid, not a thesaurus: it never makes a match "verbatim", and meaning must agree. Other languages
rely on sentence vectors alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from tribune.engine.search import analyse

_GROUPS = (
    "municipality municipal city town local urban mayor",
    "region regional subnational province provincial territorial",
    "government authority administration",
    "consult consultation involve involvement engage engagement participate participation include inclusion view "
    "hear dialogue partner",
    "ensure guarantee secure safeguard",
    "strengthen enhance reinforce improve improvement boost",
    "support assist assistance help aid",
    "promote foster encourage advance",
    "fund funding finance financing financial budget investment invest money grant resource",
    "train training capacity skill literacy education",
    "connect connection connectivity access internet broadband",
    "digital ict online electronic cyber technology technological",
    "policy policymaking strategy plan planning legislation",
    "report reporting review monitor monitoring evaluate evaluation assess assessment",
    "child youth young",
    "woman girl gender female",
    "poor vulnerable marginalized disadvantaged underserved",
    "protect protection safety safe security",
    "data information statistics",
    "create establish set found launch",
    "decision decide determine",
    "remove eliminate end abolish",
    "reduce decrease lower narrow bridge close",
    "increase expand extend scale",
    "transparent transparency open openness",
    "implement implementation apply application execute follow",
    "design develop development elaborate prepare preparation formulate draft",
    "meet meeting conference summit forum session convene",
    "share sharing exchange",
    "disability disabled",
)


@lru_cache(maxsize=1)
def _class_of() -> dict[str, str]:
    found: dict[str, str] = {}
    for words in _GROUPS:
        keys = analyse(words, "en").keys
        for key in keys:
            found.setdefault(key, f"={keys[0]}")
    return found


def concepts(keys: Iterable[str], language: str) -> list[str]:
    """Each key, or the name of its group.

    >>> concepts(["municipality", "seaport"], "en") == concepts(["city", "seaport"], "en")
    True
    """
    if language != "en":
        return list(keys)
    groups = _class_of()
    return [groups.get(key, key) for key in keys]


def expanded(keys: Iterable[str], language: str) -> list[str]:
    """The keys and all others of their groups, each once, for a wider search."""
    wanted = list(keys)
    if language != "en":
        return wanted
    names = set(concepts(wanted, language))
    return sorted({*wanted, *(key for key, name in _class_of().items() if name in names)})
