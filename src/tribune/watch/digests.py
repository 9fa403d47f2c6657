"""The digest: one mail with what changed, grouped by process, in the reader's language, of what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tribune.common.mail import queue
from tribune.common.zones import is_zone
from tribune.people import tokens
from tribune.people.models import Token, User
from tribune.people.queries import viewer_for

from . import queries
from .choices import Rhythm
from .entries import deadline_words, path_of
from .models import Digest, Process, Version
from .moments import Moment, end_of_days, moment_of
from .news import News
from .templatetags.watch import clock, day

# The secret of its link opens nothing but the end of the digest.
STOP = "digest_stop"
_LINK_LIFE = timedelta(days=400)
# A digest is in the mailbox when the day begins; the weekly one on Monday.
_MORNING = time(7)
_AHEAD = 14


def due_since(rhythm: str, *, at: datetime, zone: str) -> datetime | None:
    """Return the latest moment at which a digest fell due: seven in the morning where the reader is, on Mondays for a
    weekly one; None for never.

    >>> from datetime import UTC
    >>> due_since("weekly", at=datetime(2027, 5, 19, 12, tzinfo=UTC), zone="Africa/Dakar").isoformat()
    '2027-05-17T07:00:00+00:00'
    """
    if rhythm == Rhythm.NEVER:
        return None
    local = at.astimezone(ZoneInfo(zone))
    on = local.date()
    if rhythm == Rhythm.WEEKLY:
        on -= timedelta(days=on.weekday())
    found = datetime.combine(on, _MORNING, ZoneInfo(zone))
    if found > local:
        found = datetime.combine(on - timedelta(days=7 if rhythm == Rhythm.WEEKLY else 1), _MORNING, ZoneInfo(zone))
    return found


@dataclass(slots=True)
class Told:
    """What a digest says of one process."""

    process: Process
    news: list[News] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)


def send_digests(*, at: datetime) -> int:
    """Queue the digests that fell due; return how many mails are new. Running it twice sends nothing twice."""
    Token.objects.filter(purpose=STOP, expires_at__lt=at).delete()
    n = 0
    for digest in Digest.objects.exclude(rhythm=Rhythm.NEVER).filter(told_until__lt=at).select_related("user"):
        fell = due_since(digest.rhythm, at=at, zone=zone_of(digest.user))
        if fell is not None and digest.told_until < fell and digest.user.is_active:
            n += _send(digest, at=at)
    return n


def zone_of(user: User) -> str:
    """Return the zone in which a person's mornings are: theirs, else that of the instance."""
    return user.time_zone if is_zone(user.time_zone) else settings.TIME_ZONE


@transaction.atomic
def _send(digest: Digest, *, at: datetime) -> int:
    locked = Digest.objects.select_for_update().get(pk=digest.pk)
    if locked.told_until != digest.told_until or locked.rhythm != digest.rhythm:
        return 0
    user = digest.user
    with translation.override(user.language):
        told = gather(digest, until=at)
        closing = _closing(digest, at=at)
        since, locked.told_until = locked.told_until, at
        locked.save(update_fields=["told_until"])
        if not told and not (closing and locked.rhythm == Rhythm.WEEKLY):
            return 0
        link = urljoin(settings.BASE_URL, reverse("stop_digest", args=[tokens.make_capability(
            purpose=STOP, thing=user.public_id, at=at, life=_LINK_LIFE)]))
        n = sum(len(one.news) + len(one.versions) for one in told)
        subject = (ngettext("%(n)d change in what you follow", "%(n)d changes in what you follow", n) % {"n": n}
                   if n else _closing_words(len(closing)))
        mail = queue(
            to=user.email, subject=subject, at=at,
            body=words(told, closing, since=since, zone=zone_of(user), stop=link),
            reason=f"digest:{user.public_id}:{since:%Y%m%dT%H%M%S}", language=user.language,
            # RFC 8058: a mail program ends it with one POST.
            headers={"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"})
    return int(mail is not None)


def gather(digest: Digest, *, until: datetime) -> list[Told]:
    """Return what changed since the last digest, by process in the order of their names; texts pass their gate."""
    viewer = viewer_for(digest.user)
    chosen = _chosen(digest)
    found: dict[int, Told] = {}

    def of(process: Process) -> Told:
        return found.setdefault(process.pk, Told(process))

    for piece in queries.news(since=digest.told_until, until=until, processes=chosen):
        of(piece.process).news.append(piece)
    versions = queries.visible_versions(viewer).filter(
        published_at__gte=digest.told_until, published_at__lt=until).select_related("draft__process")
    if chosen is not None:
        versions = versions.filter(draft__process__in=[process.pk for process in chosen])
    for version in versions.order_by("-published_at", "-pk")[:queries.MOST]:
        of(version.draft.process).versions.append(version)
    return sorted(found.values(), key=lambda one: (str(one.process).casefold(), one.process.pk))


def _chosen(digest: Digest) -> list[Process] | None:
    if not digest.followed_only:
        return None
    return list(Process.objects.filter(follows__user=digest.user))


def _closing(digest: Digest, *, at: datetime) -> list[Moment]:
    zone = zone_of(digest.user)
    calls = queries.closing_calls(viewer_for(digest.user), at=at, until=end_of_days(at, zone, _AHEAD))
    chosen = _chosen(digest)
    if chosen is not None:
        calls = calls.filter(process__in=[process.pk for process in chosen])
    return [moment_of(call, at=at, zone=zone) for call in calls[:queries.MOST]]


def _closing_words(n: int) -> str:
    return ngettext("%(n)s call closes in the next fourteen days", "%(n)s calls close in the next fourteen days",
                    n) % {"n": n}


def words(told: Iterable[Told], closing: list[Moment], *, since: datetime, zone: str, stop: str) -> str:
    """Return the plain text of a digest, in the active language."""
    lines = []
    told = list(told)
    if told:
        lines += [_("What changed since %(day)s") % {"day": day(since.astimezone(ZoneInfo(zone)).date())}, ""]
    for one in told:
        lines += [str(one.process), urljoin(settings.BASE_URL, reverse("watch:process", args=[one.process.slug]))]
        for piece in one.news:
            # The process stands above; its name need not stand in each line.
            lines.append(f"- {piece.title}. {piece.words.removeprefix(f'{one.process}. ')}")
        for version in one.versions:
            lines.append("- " + _("New text: %(draft)s, %(version)s") % {"draft": version.draft, "version": version})
            lines.append("  " + urljoin(settings.BASE_URL, reverse("watch:version", args=[
                one.process.slug, version.draft.slug, version.slug])))
        lines.append("")
    if closing:
        lines += [_closing_words(len(closing)), ""]
        for moment in closing:
            call = moment.call
            lines.append(f"- {call} ({call.process})")
            host = deadline_words(call.deadline_on, call.deadline_time, call.time_zone)
            here = (_("%(day)s, %(time)s (%(place)s)") % {
                "day": day(moment.day), "time": clock(moment.time), "place": moment.place}
                if moment.is_other_zone else "")
            lines += [f"  {host}" + (f" = {here}" if here else ""), f"  {urljoin(settings.BASE_URL, path_of(call))}"]
        lines.append("")
    lines += [_("You asked for this mail. Choose how often, on your page: %(address)s") % {
        "address": urljoin(settings.BASE_URL, reverse("people:me"))}, _("Stop it: %(address)s") % {"address": stop}, ""]
    return "\n".join(lines)
