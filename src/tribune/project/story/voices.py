"""What cities, services and residents say: consultations, contributions and positions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from tribune.listen.actions import (
    close_due,
    contribute,
    moderate_contribution,
    open_consultation,
    prepare_consultation,
    send_position,
)
from tribune.listen.choices import Act
from tribune.people.choices import Role
from tribune.watch.models import Passage

from . import votes
from ._story import Step, Story, table
from .people import HUB_OFFICER

__all__ = ["plan", "told"]

MODERATOR = "tobias"
MODERATION = ("Opinions of every kind are published. What insults people, names private persons or gives addresses "
              "away is not, and whoever wrote it is told why.")


def plan(story: Story) -> Iterator[Step]:
    """Consultations open and close; words come on their days, positions when the city has its mandate."""
    for row in table("consultations"):
        opens = story.clock.past(row["opens"]["day"], row["opens"]["time"])
        yield Step(story.clock.past(row["opens"]["day"], "08:50"), partial(_prepare, story, row))
        yield Step(opens, partial(_open, story, row))
        closes = story.clock.moment(row["closes"]["day"], row["closes"]["time"])
        if closes <= story.clock.now:
            yield Step(closes, _close)
    yield from votes.plan(story)
    for place, row in enumerate(table("contributions")):
        yield from _said(story, row, place)


def told(story: Story) -> str:
    return (f"{len(story.consultations)} consultations, {len(story.contributions)} contributions, "
            f"{len(story.statements)} statements, {votes.told()}")


def _said(story: Story, row: dict[str, Any], place: int) -> Iterator[Step]:
    minutes = place * 2
    yield Step(story.clock.past(row["day"], "10:00", minutes=minutes), partial(_contribute, story, row))
    if _is_resident(row):
        yield Step(story.clock.past(row["day"] + 1, "10:00", minutes=minutes), partial(_publish, story, row))
        return
    mandated = row["mandate"]["day"]
    sent = row["day"] if mandated is None else max(row["day"], mandated)
    yield Step(story.clock.past(sent, "14:00", minutes=minutes), partial(_send, story, row))


def _is_resident(row: dict[str, Any]) -> bool:
    return any(person["key"] == row["author"] and person["role"] == "resident" for person in table("people"))


def _prepare(story: Story, row: dict[str, Any], at: datetime) -> None:
    privacy = row["privacy"]
    story.consultations[row["key"]] = prepare_consultation(
        process=story.processes[row["process"]], version=story.versions[row["version"]], slug=row["slug"],
        name=row["title"]["en"], names=row["title"], format=row["format"], introduction=row["introduction"]["en"],
        introductions=row["introduction"], controller=privacy["controller"]["en"],
        legal_basis=privacy["legal_basis"]["en"], recipients=privacy["recipients"]["en"],
        retention_days=privacy["retention_days"], contact=privacy["contact"], moderation_policy=MODERATION,
        answer_days=row["answer_within_days"], voting_mode=row["voting_mode"],
        by=story.viewer(HUB_OFFICER), at=at)


def _open(story: Story, row: dict[str, Any], at: datetime) -> None:
    story.consultations[row["key"]] = open_consultation(
        consultation=story.consultations[row["key"]], by=story.viewer(HUB_OFFICER), at=at,
        closes_at=story.clock.moment(row["closes"]["day"], row["closes"]["time"], row["timezone"]))


def _close(at: datetime) -> None:
    close_due(at=at)


def _contribute(story: Story, row: dict[str, Any], at: datetime) -> None:
    consultation = story.consultations[row["consultation"]]
    city = None if _is_resident(row) else story.cities[row["city"]]
    story.contributions[row["key"]], _receipt = contribute(
        consultation=consultation, passage=Passage.objects.get(version=story.versions[row["version"]],
                                                               path=row["paragraph"]),
        rendition=story.renditions[row["version"], row["rendition"]], act=_act(row), strength=row["strength"] or "",
        wording=row["wording"] or "", why=row["why"], language=row["language"], city=city,
        by=story.viewer(row["author"]), at=at)


def _act(row: dict[str, Any]) -> str:
    # On the page Delete means the whole paragraph; whoever strikes single words changes it.
    return Act.CHANGE if row["act"] == Act.DELETE and row["wording"] else str(row["act"])


def _send(story: Story, row: dict[str, Any], at: datetime) -> None:
    delegate = next(person["key"] for person in table("people")
                    if person["city"] == row["city"] and person["role"] == Role.DELEGATE)
    mandate = row["mandate"]
    story.contributions[row["key"]] = send_position(
        contribution=story.contributions[row["key"]], level=mandate["level"], body=mandate["body"] or "",
        given_on=None if mandate["day"] is None else story.clock.date(mandate["day"]),
        by=story.viewer(delegate), at=at)


def _publish(story: Story, row: dict[str, Any], at: datetime) -> None:
    story.contributions[row["key"]] = moderate_contribution(
        contribution=story.contributions[row["key"]], publish=True, reason="", by=story.viewer(MODERATOR), at=at)
