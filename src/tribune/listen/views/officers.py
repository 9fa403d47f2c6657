"""What every officer's door of this room asks first."""

from __future__ import annotations

from django.http import Http404

from tribune.people.rules import Viewer

from .. import queries
from ..models import Consultation
from ..rules import may_prepare

__all__ = ["kept_by"]


def kept_by(viewer: Viewer, slug: str) -> Consultation:
    """Return a consultation of an organisation in which the viewer is an officer; raise Http404 for any other."""
    found = queries.consultation_for(viewer, slug)
    if not may_prepare(viewer, found.organisation_id):
        raise Http404
    return found
