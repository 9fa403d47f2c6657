"""What this room does when a version is published, a submission handed over, a verdict signed, a ledger opened."""

from __future__ import annotations

from tribune.common.outbox import Happened, announce, reaction
from tribune.submit.events import SUBMISSION_SENT
from tribune.synthesise.models import Ask
from tribune.watch.choices import VersionState
from tribune.watch.events import VERSION_PUBLISHED, VERSION_REREAD
from tribune.watch.models import Version

from . import actions
from .choices import VerdictState
from .events import CONTEST_ANSWERED, LEDGER_OPENED, UPTAKE_JUDGED, VERDICT_CONTESTED, VERSION_TO_JUDGE
from .models import Contest, Ledger, Verdict
from .rules import is_asked_of
from .telling import note_news, tell_answer, tell_news, tell_officers


@reaction(VERSION_PUBLISHED)
def on_version_published(happened: Happened) -> None:
    """Hold the asks of the process against the new version, a few at a time."""
    announce(VERSION_TO_JUDGE, at=happened.at, version=happened.ids["version"], after=0)


@reaction(VERSION_PUBLISHED)
def find_what_was_promised(happened: Happened) -> None:
    """Propose the promises with a date of an adopted text to the officers."""
    actions.find_promises(version=Version.objects.get(pk=happened.ids["version"]), at=happened.at)


@reaction(VERSION_REREAD)
def on_version_reread(happened: Happened) -> None:
    """A corrected file was read: signed verdicts follow their places, proposals are made anew.

    The versions after it are compared again too, for this text may be the older one of theirs.
    """
    version = Version.objects.get(pk=happened.ids["version"])
    actions.follow_places(version=version, at=happened.at)
    actions.find_promises(version=version, at=happened.at)
    announce(VERSION_TO_JUDGE, at=happened.at, version=version.pk, after=0)


@reaction(SUBMISSION_SENT)
def on_submission_sent(happened: Happened) -> None:
    """Hold the asks that were handed over against versions published already: from the first of each draft on."""
    asks = list(Ask.objects.filter(sentences__section__submission=int(happened.ids["submission"]))
                .select_related("passage__version").distinct())
    versions = (Version.objects.filter(draft__process__in={ask.process_id for ask in asks},
                                       state=VersionState.PUBLISHED).order_by("draft_id", "order"))
    first: dict[int, Version] = {}
    for version in versions:
        if any(is_asked_of(ask, version) for ask in asks):
            first.setdefault(version.draft_id, version)
    for version in first.values():
        announce(VERSION_TO_JUDGE, at=happened.at, version=version.pk, after=0)


@reaction(VERSION_TO_JUDGE)
def on_version_to_judge(happened: Happened) -> None:
    """Compare a few asks, and say what is left: more asks of this version, then the version after it.

    The version after is compared again because what this one had may be "removed" there.
    """
    version = Version.objects.select_related("draft__process").get(pk=happened.ids["version"])
    last = actions.judge_next(version=version, after=int(happened.ids["after"]), at=happened.at)
    if last is not None:
        announce(VERSION_TO_JUDGE, at=happened.at, version=version.pk, after=last)
        return
    later = (Version.objects.filter(draft=version.draft_id, order__gt=version.order, state=VersionState.PUBLISHED)
             .order_by("order").first())
    if later is not None:
        announce(VERSION_TO_JUDGE, at=happened.at, version=later.pk, after=0)


@reaction(UPTAKE_JUDGED)
def on_uptake_judged(happened: Happened) -> None:
    """Propose this ask again on later versions, where the signed word may feed "removed"."""
    verdict = Verdict.objects.select_related("ask", "version").get(pk=happened.ids["verdict"])
    actions.judge_later_versions(version=verdict.version, asks=[verdict.ask], at=happened.at)


@reaction(UPTAKE_JUDGED)
def tell_what_became(happened: Happened) -> None:
    """Note the news for the authors, if the ledger is open; mail goes out once nothing waits in that version.

    An officer signs faster than the worker comes round: only the last signature sends, so that one mail has all.
    """
    verdict = Verdict.objects.select_related("ask", "version__draft").get(pk=happened.ids["verdict"])
    note_news(verdict, at=happened.at)
    later = Verdict.objects.filter(version=verdict.version_id, ask__process=verdict.ask.process_id,
                                   signed_at__gt=verdict.signed_at or happened.at)
    if not later.exists():
        tell_news(at=happened.at, version=verdict.version_id)


@reaction(LEDGER_OPENED)
def on_ledger_opened(happened: Happened) -> None:
    """Tell those who waited: of each ask, the newest version that was signed."""
    process = Ledger.objects.get(pk=happened.ids["ledger"]).process
    versions = set()
    for verdict in (Verdict.objects.filter(ask__process=process).exclude(state=VerdictState.PROPOSED)
                    .select_related("ask", "version__draft").order_by("pk")):
        if note_news(verdict, at=happened.at):
            versions.add(verdict.version_id)
    for version in sorted(versions):
        tell_news(at=happened.at, version=version)


@reaction(VERDICT_CONTESTED)
def on_verdict_contested(happened: Happened) -> None:
    """Tell the officers who may answer."""
    tell_officers(_contest(happened), at=happened.at)


@reaction(CONTEST_ANSWERED)
def on_contest_answered(happened: Happened) -> None:
    """Tell the author of the contest what was answered."""
    tell_answer(_contest(happened), at=happened.at)


def _contest(happened: Happened) -> Contest:
    return (Contest.objects.select_related("verdict__ask__process", "verdict__ask__organisation", "verdict__version",
                                           "by").get(pk=happened.ids["contest"]))
