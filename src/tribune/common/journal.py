"""Who did what: opaque ids of the person and of the thing, never names, addresses or free text."""

from __future__ import annotations

from datetime import datetime

from tribune.common import chain

JOURNAL = "journal"


def record(act: str, *, by: str, thing: str, at: datetime) -> None:
    """Append "`by` did `act` to `thing`" to the journal; both are public ids ("" for nobody)."""
    chain.append(JOURNAL, kind=act, subject=thing, content={"by": by}, on=at.date())
