"""Vectors of sentences kept in the database, so that a text is encoded once (the cache of `engine.meaning`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from .theme_models import Vector

# SQLite takes so many values in one statement, and a batch of vectors stays below a megabyte.
_AT_ONCE = 500
# A vector is a kilobyte and takes a few milliseconds to make again.
KEPT = timedelta(days=400)


class StoredVectors:
    """A cache of vectors by key (64 hexadecimal characters); a batch is one query for every 500."""

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return the values that are there."""
        found: dict[str, bytes] = {}
        wanted = list(dict.fromkeys(keys))
        for first in range(0, len(wanted), _AT_ONCE):
            some = wanted[first:first + _AT_ONCE]
            rows = Vector.objects.filter(key__in=some).values_list("key", "value")
            found.update((key, bytes(value)) for key, value in rows)
        return found

    def put_many(self, values: Mapping[str, bytes]) -> None:
        """Keep these values; one that another process kept meanwhile is the same."""
        day = timezone.now().date()
        rows = [Vector(key=key, value=value, kept_on=day) for key, value in values.items()]
        Vector.objects.bulk_create(rows, batch_size=_AT_ONCE, ignore_conflicts=True)


def forget_old_vectors(at: datetime) -> None:
    """Forget vectors that were made long ago; what is still needed is made again."""
    Vector.objects.filter(kept_on__lt=(at - KEPT).date()).delete()
