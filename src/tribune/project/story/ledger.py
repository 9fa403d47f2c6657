"""What became of the asks: comparison proposes as each version comes, the officer signs, the hub opens the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from tribune.trace.actions import open_ledger, sign_verdict
from tribune.trace.models import Verdict

from ._story import Step, Story, table
from .people import HUB_OFFICER

__all__ = ["plan", "told"]

# Comparison learns, the story does not: where it proposes another word than when the story was written, the signature
# overrules it, and a signature that overrules gives a reason.
READ_TOGETHER = "Two of us read the ask and the paragraph side by side; this is the word for it."


def plan(story: Story) -> Iterator[Step]:
    """Signatures on their days; the ledger is opened on the evening of the first ones."""
    signed = [row for row in table("ledger") if row["verdict"]]
    for place, row in enumerate(signed):
        yield Step(story.clock.past(row["signature"]["day"], "10:00", minutes=place * 3), partial(_sign, story, row))
    first = min(row["signature"]["day"] for row in signed)
    yield Step(story.clock.past(first, "17:00"), partial(_open, story))


def told(story: Story) -> str:
    n = sum(row["verdict"] is not None for row in table("ledger"))
    return f"{len(table('ledger'))} verdicts, {n} of them signed"


def _sign(story: Story, row: dict[str, Any], at: datetime) -> None:
    verdict = Verdict.objects.get(ask=story.asks[row["ask"]], version=story.versions[row["version"]])
    signature = row["signature"]
    reason = signature["reason"]["en"] if signature["reason"] else ""
    if row["verdict"] != verdict.proposed:
        reason = reason or READ_TOGETHER
    sign_verdict(verdict=verdict, signed=row["verdict"], paragraph=next(iter(row["paragraphs"]), ""), reason=reason,
                 by=story.viewer(signature["by"]), at=at)


def _open(story: Story, at: datetime) -> None:
    submission = table("submission")["submission"]
    open_ledger(process=story.processes[submission["process"]], by=story.viewer(HUB_OFFICER), at=at)
