"""Contributions on paragraphs as W3C Web Annotations (Recommendation of 23 February 2017), in JSON-LD."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from .models import Consultation, Contribution

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def collection(consultation: Consultation, contributions: Sequence[Contribution]) -> dict[str, Any]:
    """Return an AnnotationCollection with one page that holds all contributions in the order given."""
    address = settings.BASE_URL + reverse("listen:annotations", args=[consultation.slug])
    return {"@context": CONTEXT, "id": address, "type": "AnnotationCollection", "label": str(consultation.name),
            "total": len(contributions),
            "first": {"id": f"{address}#page", "type": "AnnotationPage", "startIndex": 0,
                      "items": [annotation(row) for row in contributions]}}


def annotation(row: Contribution) -> dict[str, Any]:
    """Return one contribution as an annotation.

    Its reason is a comment, its wording an edit of the quoted words, its act a classification and its strength an
    assessment; the creator is the city, never a person. The target is the passage with the words that were read.
    """
    assert row.passage is not None
    told: dict[str, Any] = {
        "@context": CONTEXT, "id": f"{settings.BASE_URL}/para/{row.passage.uid}#a{row.public_id}",
        "type": "Annotation", "motivation": "commenting" if row.act == "COMMENT" else "editing",
        # The day, not the moment.
        "created": f"{row.made_at:%Y-%m-%d}T00:00:00Z",
        "body": [body for body in (
            {"type": "TextualBody", "value": row.why, "language": row.language, "purpose": "commenting",
             "format": "text/plain"} if row.why else None,
            {"type": "TextualBody", "value": row.wording, "language": row.rendition.language if row.rendition else
             row.language, "purpose": "editing", "format": "text/plain"} if row.wording else None,
            {"type": "TextualBody", "value": row.act, "purpose": "classifying"} if row.act != "COMMENT" else None,
            {"type": "TextualBody", "value": row.strength, "purpose": "assessing"} if row.strength else None) if body],
        "target": {"source": f"{settings.BASE_URL}/para/{row.passage.uid}",
                   "selector": {"type": "TextQuoteSelector", "exact": row.read_text}}}
    if row.city is not None:
        told["creator"] = {"type": "Organization", "name": row.city.name,
                           "id": settings.BASE_URL + reverse("people:city", args=[row.city.slug])}
    return told
