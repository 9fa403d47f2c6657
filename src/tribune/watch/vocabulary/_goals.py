"""The Sustainable Development Goals and their targets (A/RES/70/1): codes of all 169, labels of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GOALS: Mapping[int, str | Promise] = {
    1: _("no poverty"), 2: _("no hunger"), 3: _("health"), 4: _("education"), 5: _("gender equality"),
    6: _("water"), 7: _("energy"), 8: _("decent work"), 9: _("industry and infrastructure"), 10: _("less inequality"),
    11: _("cities"), 12: _("responsible consumption"), 13: _("climate"), 14: _("oceans"), 15: _("land"),
    16: _("peace and institutions"), 17: _("partnerships"),
}

# How many numbered targets a goal has, and the last letter of its means of implementation.
_EXTENT = {1: (5, "b"), 2: (5, "c"), 3: (9, "d"), 4: (7, "c"), 5: (6, "c"), 6: (6, "b"), 7: (3, "b"), 8: (10, "b"),
           9: (5, "c"), 10: (7, "c"), 11: (7, "c"), 12: (8, "c"), 13: (3, "b"), 14: (7, "c"), 15: (9, "c"),
           16: (10, "b"), 17: (19, "")}

# Those that texts on digital matters and cities cite; the others bear the label of their goal.
_LABELS: Mapping[str, str | Promise] = {
    "1.4": _("access to basic services"), "4.4": _("skills for work"), "4.a": _("schools that are equipped"),
    "5.5": _("women take part and lead"), "5.b": _("technology for women"), "8.2": _("productivity and innovation"),
    "9.1": _("reliable infrastructure"), "9.c": _("access to the Internet"), "10.2": _("inclusion of all"),
    "11.1": _("housing"), "11.2": _("transport"), "11.3": _("planning with residents"), "11.4": _("heritage"),
    "11.5": _("fewer losses in disasters"), "11.6": _("clean air and waste"), "11.7": _("public space"),
    "11.a": _("towns and their regions"), "11.b": _("plans for resilience"), "13.1": _("resilience to climate hazards"),
    "16.5": _("less corruption"), "16.6": _("accountable institutions"), "16.7": _("decisions with people"),
    "16.9": _("legal identity"), "16.10": _("access to information"), "17.6": _("sharing science and technology"),
    "17.8": _("technology in least developed countries"), "17.14": _("coherent policies"),
    "17.16": _("global partnership"), "17.17": _("public, private and civil partnerships"),
    "17.18": _("data by group"), "17.19": _("better measures of progress"),
}


def targets(goal: int) -> list[str]:
    """Return the codes of a goal's targets in their order.

    >>> targets(13), sum(len(targets(goal)) for goal in GOALS)
    (['13.1', '13.2', '13.3', '13.a', '13.b'], 169)
    """
    numbered, last = _EXTENT[goal]
    letters = "abcd"[: "abcd".index(last) + 1] if last else ""
    return [f"{goal}.{n}" for n in range(1, numbered + 1)] + [f"{goal}.{letter}" for letter in letters]


def is_target(code: str) -> bool:
    """Whether a code is one of the 169 targets.

    >>> is_target("11.b"), is_target("11.8"), is_target("18.1")
    (True, False, False)
    """
    return bool(re.fullmatch(r"\d{1,2}\.(\d{1,2}|[a-d])", code)) and goal_of(code) in GOALS and (
        code in targets(goal_of(code)))


def goal_of(code: str) -> int:
    """Return the number of a target's goal.

    >>> goal_of("16.10")
    16
    """
    return int(code.partition(".")[0])


def target_label(code: str) -> str:
    """Return a short label of a target: its own, or that of its goal."""
    if code in _LABELS:
        return str(_LABELS[code])
    return str(GOALS[goal_of(code)]) if is_target(code) else code
