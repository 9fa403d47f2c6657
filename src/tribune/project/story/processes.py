"""What is being negotiated: processes, their stages, calls, and a deadline that moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from tribune.watch.actions import make_call, make_process, move_deadline
from tribune.watch.choices import Participation, StageKind
from tribune.watch.models import Stage

from ._clock import time_of
from ._story import Step, Story, table
from .people import HUB_OFFICER

__all__ = ["plan", "told"]

HUB = "confluence"
OPEN_TO = {"accredited": Participation.NETWORK, "observers": Participation.OWN_STATUS, "open": Participation.OPEN}
# What the files call a stage, in the words of the watch room; versions say themselves which stage they are.
STAGES = {"hand_over": StageKind.SUBMISSION, "call": StageKind.SUBMISSION, "meeting": StageKind.FOLLOW_UP}
VERSIONS = {"zero": StageKind.ZERO_DRAFT, "rev1": StageKind.REVISION, "adopted": StageKind.ADOPTION}


def plan(story: Story) -> Iterator[Step]:
    """The hub takes each process up on its first day, and each call on the day it opens, or with the process."""
    for row in table("processes")["processes"]:
        days = [stage["day"] for stage in row["stages"]] + [call["opens"]["day"] for call in row["calls"]]
        first = min(days)
        yield Step(story.clock.past(first, "07:00"), partial(_process, story, row))
        for call in row["calls"]:
            opens = call["opens"]["day"]
            known = opens if opens <= 0 else first
            yield Step(story.clock.past(known, "07:30"), partial(_call, story, row, call))
            for move in call["history"]:
                yield Step(story.clock.past(move["day"], "14:00"), partial(_move, story, call, move))


def told(story: Story) -> str:
    return f"{len(story.processes)} processes, {len(story.calls)} calls"


def _process(story: Story, row: dict[str, Any], at: datetime) -> None:
    process = make_process(
        organisation=story.organisations[HUB], slug=row["slug"], name=row["title"]["en"], names=row["title"],
        summary=row["summary"]["en"], summaries=row["summary"], host=story.organisations[row["host"]].name,
        place=row["place"], time_zone=row["timezone"], topics=row["topics"], sdg_targets=row["sdg_targets"],
        sample=True, by=story.viewer(HUB_OFFICER), at=at)
    story.processes[row["key"]] = process
    adopted = next((stage["day"] for stage in row["stages"] if stage.get("version") == "adopted"), None)
    Stage.objects.bulk_create(
        Stage(process=process, kind=_kind(stage, adopted), starts_on=story.clock.date(stage["day"]),
              ends_on=None if stage["day_to"] is None else story.clock.date(stage["day_to"]))
        for stage in row["stages"])


def _kind(stage: dict[str, Any], adopted: int | None) -> StageKind:
    if stage["kind"] == "version":
        return VERSIONS[stage.get("version", "zero")]
    if stage["kind"] == "consultation":
        return StageKind.FOLLOW_UP if adopted is not None and stage["day"] > adopted else StageKind.SUBMISSION
    return STAGES[stage["kind"]]


def _call(story: Story, row: dict[str, Any], call: dict[str, Any], at: datetime) -> None:
    # As it was when it opened: what moved later moves later.
    closes = call["history"][0]["from"] if call["history"] else call["closes"]
    story.calls[call["key"]] = make_call(
        process=story.processes[row["key"]], name=call["title"]["en"], names=call["title"],
        opens_on=story.clock.date(call["opens"]["day"]), deadline_on=story.clock.date(closes["day"]),
        deadline_time=time_of(closes["time"]), time_zone=row["timezone"], participation=OPEN_TO[call["open_to"]],
        languages=call["languages"], word_limit=call["word_limit"],
        questions=[question["en"] for question in call["questions"]], by=story.viewer(HUB_OFFICER), at=at)


def _move(story: Story, call: dict[str, Any], move: dict[str, Any], at: datetime) -> None:
    story.calls[call["key"]] = move_deadline(
        call=story.calls[call["key"]], deadline_on=story.clock.date(move["to"]["day"]),
        deadline_time=time_of(move["to"]["time"]), by=story.viewer(HUB_OFFICER), at=at)
