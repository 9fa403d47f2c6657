"""What this room shows on pages upstream: the way to the desk, for officers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tribune.common.slots import fills
from tribune.people.rules import Viewer
from tribune.watch.models import Process

from .queries import asks_for
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
def asked(ids: Sequence[str], viewer: Viewer) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """For each passage (by uid) for which something is asked: one piece without words, since a bar is only marked."""
    uids = asks_for(viewer).filter(passage__uid__in=ids).values_list("passage__uid", flat=True)
    return {uid: [("", {})] for uid in uids if uid}
