"""What this room has to say on pages upstream: on a person's own page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tribune.common import search
from tribune.common.slots import fills
from tribune.people.rules import Viewer

from .calendar_forms import DigestForm
from .models import Digest, Process
from .searching import PARAGRAPHS, PROCESSES

search.searchable(PARAGRAPHS)
search.searchable(PROCESSES)


@fills("me.sections")
def me_sections(ids: Sequence[str], viewer: Viewer) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """Return, on a person's own page, the choice of their digest and the processes they follow."""
    if viewer.user_id is None or viewer.public_id not in ids:
        return {}
    digest = Digest.objects.filter(user_id=viewer.user_id).first()
    followed = list(Process.objects.filter(follows__user_id=viewer.user_id).order_by("name"))
    return {viewer.public_id: [("watch/digest_choice.html", {"form": DigestForm.of(digest), "followed": followed})]}
