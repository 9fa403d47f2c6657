"""What several pages of this room show alike: one verdict, opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..excerpts import excerpt
from ..models import Contest, Verdict
from ..queries import Shown, earlier_signatures
from ..reasons import told
from ..rules import IN_THE_TEXT


def piece_of(verdict: Verdict, shown: list[Shown], *, may_keep: bool,
             contests: Sequence[Contest] = ()) -> dict[str, Any]:
    """Return what `trace/_verdict.html` shows of a verdict. Reasons of the comparison stand beside what it proposed."""
    is_signed = bool(verdict.signed)
    word = verdict.signed or verdict.proposed
    places = []
    for one in shown:
        # A signed "none" rests on no paragraph; the nearest one would contradict it.
        if one.is_text and word not in IN_THE_TEXT and not may_keep:
            continue
        text, spans = excerpt(one.paragraph.text, one.spans)
        passage = one.paragraph.passage
        places.append({"text": text, "spans": spans, "number": one.number, "language": one.paragraph.rendition.language,
                       "version": passage.version, "passage": passage, "is_text": one.is_text})
    return {"verdict": verdict, "word": word, "reasons": told(verdict.reasons), "contests": contests,
            "is_signed": is_signed, "may_keep": may_keep,
            "is_overruled": verdict.state == "overruled", "places": places,
            "confidence": f"{verdict.confidence:.2f}", "main": next((one for one in places if one["is_text"]), None),
            "older": next((one for one in places if not one["is_text"]), None),
            "before": earlier_signatures(verdict) if is_signed else []}
