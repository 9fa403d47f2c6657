"""What this room shows on pages upstream: the way to the desk, for officers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tribune.common.slots import fills
from tribune.people.rules import Viewer
from tribune.watch.models import Process
from tribune.watch.queries import Places, places_of

from .queries import asks_for, asks_on
from .rules import may_gather_asks


@fills("process.sections")
def desk(ids: Sequence[str], viewer: Viewer) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """For each process (by public id): how many asks there are, and the desk for those who gather them."""
    if not viewer.officer_of:
        return {}
    processes = [process for process in Process.objects.filter(public_id__in=ids)
                 if may_gather_asks(viewer, process.organisation_id)]
    return {process.public_id: [("synthesise/_process.html", {"process": process,
                                                             "n": asks_for(viewer).filter(process=process).count()})]
            for process in processes}


@fills("strip.asked")
def asked(ids: Sequence[str], viewer: Viewer, *,
          places: Places | None = None) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """For each passage (by uid) for which something is asked: one piece without words, since a bar is only marked."""
    wanted = frozenset(ids)
    places = places_of(ids) if places is None else places
    asks = asks_on(viewer, {places[uid][0] for uid in wanted if uid in places})
    return {ask.passage.uid: [("", {})] for ask in asks if ask.passage is not None and ask.passage.uid in wanted}
