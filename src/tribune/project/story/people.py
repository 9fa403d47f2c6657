"""Who is in the story: organisations, cities and regions, and their people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings

from tribune.people.actions import add_city
from tribune.people.choices import Region, Role
from tribune.people.models import Membership, Organisation, User

from ._story import Step, Story, table

__all__ = ["plan", "told"]

BEFORE_ALL = -120
HUB_OFFICER = "ilse"
# A resident has an account and belongs to no office.
RESIDENT = "resident"
REGIONS = {"Africa": Region.AFRICA, "Asia-Pacific": Region.ASIA_PACIFIC, "Eastern Europe": Region.EASTERN_EUROPE,
           "Latin America and the Caribbean": Region.LATIN_AMERICA,
           "Western Europe and others": Region.WESTERN_EUROPE}


def plan(story: Story) -> Iterator[Step]:
    """Organisations and people first: an instance begins with somebody who sets it up. Then the hub adds cities."""
    morning = story.clock.past(BEFORE_ALL)
    yield Step(morning, partial(_organisations_and_people, story))
    for row in table("cities"):
        yield Step(story.clock.past(BEFORE_ALL, minutes=1), partial(_city, story, row))
    yield Step(story.clock.past(BEFORE_ALL, minutes=2), partial(_memberships, story))


def told(story: Story) -> str:
    return (f"{len(story.users)} people, {len(story.cities)} cities and regions, "
            f"{len(story.organisations)} organisations")


def _organisations_and_people(story: Story, at: datetime) -> None:
    for row in table("organisations"):
        story.organisations[row["key"]] = Organisation.objects.create(
            slug=row["slug"], name=row["name"]["en"], names=row["name"], is_hub=row["kind"] == "hub",
            description=row["about"]["en"], contact=row["email"], sample=True)
    zones = {row["key"]: row["timezone"] for name in ("cities", "organisations") for row in table(name)}
    for row in table("people"):
        story.users[row["key"]] = User.objects.create_user(
            email=row["email"], name=row["name"], language=_spoken(row["languages"]), joined_at=at,
            time_zone=zones[row["city"] or row["organisation"]],
            is_administrator=row["role"] == Role.ADMINISTRATOR)
    for row in table("people"):
        if row["organisation"]:
            Membership.objects.create(user=story.users[row["key"]], role=row["role"], since=at,
                                      organisation=story.organisations[row["organisation"]])


def _spoken(languages: list[str]) -> str:
    """The first of a person's languages in which Tribune speaks."""
    ours = {code.split("-")[0]: code for code, _name in settings.LANGUAGES}
    return next((ours[language] for language in languages if language in ours), "en")


def _city(story: Story, row: dict[str, Any], at: datetime) -> None:
    delegate = next(person for person in table("people")
                    if person["city"] == row["key"] and person["role"] == Role.DELEGATE)
    story.cities[row["key"]] = add_city(
        slug=row["slug"], name=row["name"]["en"], names=row["name"], country=row["country"]["name"]["en"],
        region=REGIONS[row["un_region"]], kind=row["kind"], population=row["population"],
        income_group=row["income_group"], languages=row["languages"], latitude=row["latitude"],
        longitude=row["longitude"], time_zone=row["timezone"], sample=True,
        # The registry of the city, not the person: signatures are the office's.
        signing_email=f"registry@{delegate['email'].split('@')[1]}", by=story.viewer(HUB_OFFICER), at=at)


def _memberships(story: Story, at: datetime) -> None:
    services = {(city["key"], service["key"]): service["name"]["en"]
                for city in table("cities") for service in city["services"]}
    for row in table("people"):
        if row["city"] and row["role"] != RESIDENT:
            Membership.objects.create(user=story.users[row["key"]], city=story.cities[row["city"]], role=row["role"],
                                      service=services.get((row["city"], row["service"]), ""), since=at)
