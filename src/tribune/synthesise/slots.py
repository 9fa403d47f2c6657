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
    processes = [process for process in Process.objects.filter(public_id__in=ids)
                 if may_gather_asks(viewer, process.organisation_id)]
    return {process.public_id: [("synthesise/_process.html", {"process": process,
                                                             "n": asks_for(viewer).filter(process=process).count()})]
            for process in processes}


@fills("strip.asked")
def asked(ids: Sequence[str], viewer: Viewer) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """For each version (by public id): the paths of the passages for which something is asked."""
    found: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    rows = (asks_for(viewer).filter(passage__version__public_id__in=ids)
            .values_list("passage__version__public_id", "passage__path"))
    for version, path in rows:
        found.setdefault(version, []).append(("", {"path": path}))
    return found
