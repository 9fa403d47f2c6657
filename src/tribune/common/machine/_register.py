"""The register: what a machine proposes here, how, what it does not see, and which person decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Help:
    """One kind of automatic proposal, in words for everybody.

    `code` names it for ever (it is the anchor on the page), `card` its method card (`docs/engine/<card>.md`),
    `place` is where its proposals are seen. `asks_model` says that a language model takes part if one is switched on.
    """

    code: str
    place: Any
    does: Any
    blind_to: Any
    decides: Any
    card: str = ""
    asks_model: bool = False


_helps: dict[str, Help] = {}


def register(*several: Help) -> None:
    """Put kinds of help on the register; each room does so from its `machine.py`."""
    for one in several:
        if one.code in _helps:
            raise ValueError(f"{one.code!r} is on the register already")
        _helps[one.code] = one


def helps() -> list[Help]:
    """Return all kinds of help in the order of registration: the order of the flow from voice to text."""
    return list(_helps.values())
