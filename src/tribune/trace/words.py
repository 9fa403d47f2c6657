"""Sentences of this room that depend on numbers or words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tribune.synthesise.queries import Behind

from .choices import VerdictWord

# The order of the key, best first.
ORDER = (VerdictWord.VERBATIM, VerdictWord.SUBSTANCE, VerdictWord.PARTLY, VerdictWord.KEPT, VerdictWord.NONE,
         VerdictWord.REMOVED)


def asked_by(behind: Behind) -> str:
    """Return who stands behind an ask: "9 cities, 2 regions", or how many people."""
    support = behind.for_it
    parts = []
    if support.cities:
        parts.append(ngettext("%d city", "%d cities", support.cities) % support.cities)
    if support.regions:
        parts.append(ngettext("%d region", "%d regions", support.regions) % support.regions)
    if not parts and support.people:
        parts.append(ngettext("%d person", "%d people", support.people) % support.people)
    return pgettext("between counts", ", ").join(parts) or _("nobody yet")


def counted(counts: Mapping[str, int], n_waiting: int = 0) -> str:
    """Return "1 verbatim, 3 in substance, 2 waiting": each word with its number, in the order of the key."""
    parts = [f"{counts[word]} {word.label}" for word in ORDER if counts.get(word)]
    if n_waiting:
        parts.append(_("%(n)d waiting for a signature") % {"n": n_waiting})
    return pgettext("between counts", ", ").join(parts)
