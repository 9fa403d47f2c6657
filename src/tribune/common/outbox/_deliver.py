"""Delivering what is due: the worker's half of the outbox."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction

from tribune.common.models import Delivery

from ._announce import Happened, reactions_to

log = logging.getLogger("tribune.outbox")

# After these pauses a delivery that keeps failing is dead: kept in sight for a person, not retried.
PAUSES = (5, 30, 120, 600, 3600, 6 * 3600)


def deliver_due(*, at: datetime, limit: int = 100) -> int:
    """Deliver up to `limit` due deliveries, oldest first; return how many were tried.

    A reaction runs in a transaction together with the mark that it is done, so what it wrote in the database
    and its mark stand or fall together. A failing one waits and leaves the others running.
    """
    ids = list(Delivery.objects.filter(state=Delivery.WAITING, due_at__lte=at)
               .order_by("id").values_list("id", flat=True)[:limit])
    for delivery_id in ids:
        _deliver(delivery_id, at=at)
    return len(ids)


def deliver_until_quiet(*, at: datetime, rounds: int = 50) -> int:
    """Deliver until nothing is due, since reactions may announce further events; return how many were tried."""
    total = 0
    for _ in range(rounds):
        n = deliver_due(at=at)
        total += n
        if not n:
            break
    return total


def _deliver(delivery_id: int, *, at: datetime) -> None:
    try:
        with transaction.atomic():
            delivery = (Delivery.objects.select_for_update(of=("self",)).select_related("event")
                        .filter(id=delivery_id, state=Delivery.WAITING).first())
            if delivery is None:
                return
            event = delivery.event
            function = reactions_to(event.name).get(delivery.reaction)
            if function is not None:
                function(Happened(event.pk, event.name, event.at, dict(event.ids)))
            # A reaction whose code is gone has nobody left to tell.
            delivery.state = Delivery.DONE
            delivery.done_at = at
            delivery.save(update_fields=["state", "done_at"])
    except Exception as error:  # a poisoned job must not stop the worker
        log.exception("delivery %s failed", delivery_id)
        _postpone(delivery_id, type(error).__name__, at=at)


def _postpone(delivery_id: int, error: str, *, at: datetime) -> None:
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().get(id=delivery_id)
        delivery.n_failures += 1
        delivery.error = error[:200]
        if delivery.n_failures > len(PAUSES):
            delivery.state = Delivery.DEAD
        else:
            delivery.due_at = at + timedelta(seconds=PAUSES[delivery.n_failures - 1])
        delivery.save(update_fields=["n_failures", "error", "state", "due_at"])
