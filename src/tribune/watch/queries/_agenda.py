"""What has a date: calls, meetings and stages, and what rooms downstream add. All of a process's dates are public."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from tribune.common import agenda
from tribune.common.agenda import Entry
from tribune.people.models import City
from tribune.people.rules import Viewer

from ..entries import of_all
from ..models import Call, Follow, Meeting, Process, Stage
from ..news import News, news_of

# A page of a calendar, and a file of one, hold at most so many things of a kind.
MOST = 2000


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader narrows the calendar to; empty means all. `language` is asked of calls and meetings only."""

    topic: str = ""
    region: str = ""
    host: str = ""
    way: str = ""
    language: str = ""

    def __bool__(self) -> bool:
        return any((self.topic, self.region, self.host, self.way, self.language))


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a calendar holds: calls apart, since pages show them at length; all else as (template, entry)."""

    calls: list[Call] = field(default_factory=list)
    others: list[tuple[str, Entry]] = field(default_factory=list)


def meetings(processes: Collection[int] | None = None) -> QuerySet[Meeting]:
    """Return meetings with their process and history, withdrawn ones too; of all processes, or of those given."""
    found = Meeting.objects.select_related("process__organisation").prefetch_related("changes")
    return found if processes is None else found.filter(process__in=processes)


def stages(processes: Collection[int] | None = None) -> QuerySet[Stage]:
    """Return stages with their process and history, withdrawn ones too; of all processes, or of those given."""
    found = Stage.objects.select_related("process__organisation").prefetch_related("changes")
    return found if processes is None else found.filter(process__in=processes)


def _dated(since: datetime, processes: Collection[int] | None, *, until: datetime | None = None
           ) -> tuple[QuerySet[Call], QuerySet[Meeting], QuerySet[Stage]]:
    calls = (Call.objects.select_related("process__organisation").prefetch_related("changes", "opening_changes")
             .filter(deadline_at__gte=since))
    if processes is not None:
        calls = calls.filter(process__in=processes)
    met = meetings(processes).filter(ends_at__gte=since)
    # A stage has days, not moments: a day's margin covers every zone.
    day = (since - timedelta(days=1)).date()
    staged = stages(processes).filter(Q(ends_on__gte=day) | Q(ends_on=None, starts_on__gte=day))
    if until is not None:
        calls, met = calls.filter(deadline_at__lt=until), met.filter(starts_at__lt=until)
        staged = staged.filter(starts_on__lt=until.date())
    return (calls.order_by("deadline_at", "pk")[:MOST], met.order_by("starts_at", "pk")[:MOST],
            staged.order_by("starts_on", "pk")[:MOST])


def calendar_entries(viewer: Viewer, *, since: datetime, processes: Collection[Process] | None = None
                     ) -> list[Entry]:
    """Return the entries of a calendar file: what ends after `since`, withdrawn things as cancelled.

    Of all processes, or of those given; with what rooms downstream date, as far as the viewer may see it.
    """
    ids = None if processes is None else [process.pk for process in processes]
    entries = of_all(*_dated(since, ids))
    asked = [agenda.ALL] if processes is None else [process.public_id for process in processes]
    for said in agenda.ask(asked, viewer, since=since).values():
        entries += [entry for _, entry in said]
    return sorted(entries, key=lambda entry: (entry.at, entry.uid))


def agenda_of(viewer: Viewer, *, since: datetime, until: datetime | None = None, by: Filter | None = None) -> Agenda:
    """Return what a page of the calendar shows between two moments, narrowed by a filter."""
    by = by or Filter()
    chosen = _chosen(by) if by else None
    ids = None if chosen is None else list(chosen)
    calls, met, staged = _dated(since, ids, until=until)
    shown = [call for call in calls if call.withdrawn_at is None and _suits(call, by)]
    own = of_all([], [meeting for meeting in met if meeting.withdrawn_at is None and _suits(meeting, by)],
                 [] if by.language else [stage for stage in staged if stage.withdrawn_at is None])
    others = [(agenda.ROW, entry) for entry in own]
    asked = [agenda.ALL] if chosen is None else list(chosen.values())
    if asked and not by.language:
        for said in agenda.ask(asked, viewer, since=since, until=until).values():
            others += said
    return Agenda(shown, sorted(others, key=lambda other: (other[1].at, other[1].uid)))


def _suits(thing: Call | Meeting, by: Filter) -> bool:
    return ((not by.language or by.language in thing.languages)
            and (not by.way or thing.participation == by.way))


def _chosen(by: Filter) -> dict[int, str]:
    """Return the processes that a filter leaves: key and public id.

    Lists of codes are looked into here: SQLite does not search JSON columns as PostgreSQL does.
    """
    found = Process.objects.all()
    if by.region:
        found = found.filter(host_region=by.region)
    if by.host:
        found = found.filter(host=by.host)
    return {key: public_id for key, public_id, topics in found.values_list("pk", "public_id", "topics")
            if not by.topic or by.topic in topics}


def filter_choices() -> tuple[list[str], list[str], list[str]]:
    """Return the topics, regions and hosts that occur, so that no filter leads to nothing."""
    topics: set[str] = set()
    regions, hosts = set(), set()
    for found, region, host in Process.objects.values_list("topics", "host_region", "host"):
        topics.update(found)
        regions.add(region)
        hosts.add(host)
    return sorted(topics), sorted(regions - {""}), sorted(hosts - {""})


def city_for(viewer: Viewer, slug: str) -> City:
    """Return a city: that it is here is public."""
    return get_object_or_404(City, slug=slug)


def followed_by(city: City) -> list[Process]:
    """Return the processes that a city follows, which is public."""
    return list(Process.objects.filter(follows__city=city).order_by("name"))


def follows_of(viewer: Viewer, process: Process) -> tuple[bool, set[int]]:
    """Return whether the viewer follows a process, and for which of their cities (keys) it is on the calendar."""
    if viewer.user_id is None:
        return False, set()
    rows = Follow.objects.filter(Q(user_id=viewer.user_id) | Q(city__in=list(viewer.cities)), process=process)
    mine, cities = False, set()
    for user, city in rows.values_list("user_id", "city_id"):
        mine = mine or user == viewer.user_id
        if city is not None:
            cities.add(city)
    return mine, cities


def news(*, since: datetime, until: datetime | None = None, processes: Collection[Process] | None = None
         ) -> list[News]:
    """Return what changed from `since` on (and before `until`) about dates that are public, newest first."""
    ids = None if processes is None else [process.pk for process in processes]
    touched = (Q(made_at__gte=since) | Q(changed_at__gte=since) | Q(withdrawn_at__gte=since)
               | Q(changes__changed_at__gte=since))
    calls = (Call.objects.select_related("process__organisation").prefetch_related("changes", "opening_changes")
             .filter(touched))
    if ids is not None:
        calls = calls.filter(process__in=ids)
    found = news_of(calls.order_by("-pk").distinct()[:MOST],
                    meetings(ids).filter(touched).order_by("-pk").distinct()[:MOST],
                    stages(ids).filter(touched).order_by("-pk").distinct()[:MOST])
    return [piece for piece in found if piece.at >= since and (until is None or piece.at < until)]
