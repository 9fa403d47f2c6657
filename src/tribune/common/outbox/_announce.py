"""Announcing an event, and registering who reacts to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction


@dataclass(frozen=True, slots=True)
class Happened:
    """What a reaction is told: the event's id and name, when, and ids only (never names or texts)."""

    id: int
    name: str
    at: datetime
    ids: dict[str, int | str]


Reaction = Callable[[Happened], None]
_reactions: dict[str, dict[str, Reaction]] = defaultdict(dict)


def reaction(event: str) -> Callable[[Reaction], Reaction]:
    """Register a function as a reaction to `event`. It must be idempotent: delivery is at least once."""

    def register(function: Reaction) -> Reaction:
        _reactions[event][f"{function.__module__}.{function.__name__}"] = function
        return function

    return register


def reactions_to(event: str) -> dict[str, Reaction]:
    """Return the registered reactions of an event by their dotted names."""
    return dict(_reactions[event])


def announce(name: str, *, at: datetime, **ids: int | str) -> None:
    """Write the event and one delivery per reaction, in the transaction of the caller.

    Raises RuntimeError outside a transaction: an event without its act, or an act without its event, is
    what the outbox is there to prevent.
    """
    from tribune.common.models import Delivery, Event

    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{name} was announced outside a transaction")
    event = Event.objects.create(name=name, at=at, ids=ids)
    Delivery.objects.bulk_create(
        Delivery(event=event, reaction=reaction_name, due_at=at) for reaction_name in sorted(_reactions[name]))
