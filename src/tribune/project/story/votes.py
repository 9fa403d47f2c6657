"""Statements, and what residents think of them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from tribune.listen.actions import moderate_statement, propose_statement
from tribune.listen.choices import Origin, VoteValue
from tribune.listen.models import Voice, Vote
from tribune.people.rules import Viewer

from ._story import Step, Story, table
from .people import HUB_OFFICER

__all__ = ["plan", "told"]

MODERATOR = "tobias"
VALUES = {"a": VoteValue.AGREE, "p": VoteValue.PASS, "d": VoteValue.DISAGREE}


def plan(story: Story) -> Iterator[Step]:
    """The organiser's statements stand from the start; participants' come one by one and are read by a person."""
    opens = {row["key"]: row["opens"]["day"] for row in table("consultations")}
    closes = {row["key"]: row["closes"]["day"] for row in table("consultations")}
    for place, row in enumerate(table("statements")):
        day = opens[row["consultation"]]
        if row["origin"] == Origin.ORGANISER:
            yield Step(story.clock.past(day, "08:55"), partial(_from_organiser, story, row))
            continue
        yield Step(story.clock.past(day, "12:00", minutes=place * 7), partial(_from_participant, story, row))
        yield Step(story.clock.past(day + 1, "09:00", minutes=place * 7), partial(_publish, story, row))
    for key, day in closes.items():
        yield Step(story.clock.past(day, "17:00"), partial(_vote, story, key))


def told() -> str:
    return f"{sum(n_votes(rows) for rows in table('votes').values() if isinstance(rows, dict))} votes"


def n_votes(rows: dict[str, Any]) -> int:
    return sum(letter in VALUES for voice in rows["voices"].values() for letter in voice)


def _words(row: dict[str, Any]) -> dict[str, Any]:
    return {"text": row["text"]["en"], "language": "en",
            "translations": {code: words for code, words in row["text"].items() if code != "en"}}


def _from_organiser(story: Story, row: dict[str, Any], at: datetime) -> None:
    story.statements[row["key"]], _none = propose_statement(
        consultation=story.consultations[row["consultation"]], origin=Origin.ORGANISER, **_words(row),
        by=story.viewer(HUB_OFFICER), at=at)


def _from_participant(story: Story, row: dict[str, Any], at: datetime) -> None:
    story.statements[row["key"]], _receipt = propose_statement(
        consultation=story.consultations[row["consultation"]], origin=Origin.PARTICIPANT, **_words(row),
        by=Viewer(), at=at)


def _publish(story: Story, row: dict[str, Any], at: datetime) -> None:
    story.statements[row["key"]] = moderate_statement(
        statement=story.statements[row["key"]], publish=True, reason="", by=story.viewer(MODERATOR), at=at)


def _vote(story: Story, key: str, _at: datetime) -> None:
    # The rows that `new_voice` and `vote` make, 1,700 at once; of votes no time is kept.
    rows = table("votes")[key]
    consultation = story.consultations[key]
    voices = Voice.objects.bulk_create(
        Voice(consultation=consultation, uid=secrets.token_hex(16)) for _ in rows["voices"])
    Vote.objects.bulk_create(
        Vote(voice=voice, statement=story.statements[statement], value=VALUES[letter])
        for voice, letters in zip(voices, rows["voices"].values(), strict=True)
        for statement, letter in zip(rows["statements"], letters, strict=True) if letter in VALUES)
