"""What this room does when a version is published, a submission handed over, a verdict signed, a ledger opened."""

from __future__ import annotations

from tribune.common.outbox import Happened, reaction
from tribune.submit.events import SUBMISSION_SENT
from tribune.synthesise.models import Ask
from tribune.watch.events import VERSION_PUBLISHED
from tribune.watch.models import Version

from . import actions
from .choices import VerdictState
from .events import LEDGER_OPENED, UPTAKE_JUDGED
from .models import Ledger, Verdict
from .telling import tell_authors


@reaction(VERSION_PUBLISHED)
def on_version_published(happened: Happened) -> None:
    """Hold the asks of the process against the new version, and again later ones if it came late."""
    version = Version.objects.get(pk=happened.ids["version"])
    actions.judge_version(version=version, at=happened.at)
    actions.judge_later_versions(version=version, at=happened.at)


@reaction(SUBMISSION_SENT)
def on_submission_sent(happened: Happened) -> None:
    """Hold the asks that were handed over against versions published already."""
    asks = (Ask.objects.filter(sentences__section__submission=int(happened.ids["submission"]))
            .select_related("passage__version").distinct())
    actions.judge_asks(asks=asks, at=happened.at)


@reaction(UPTAKE_JUDGED)
def on_uptake_judged(happened: Happened) -> None:
    """Propose this ask again on later versions, where the signed word may feed "removed"."""
    verdict = Verdict.objects.select_related("ask", "version").get(pk=happened.ids["verdict"])
    actions.judge_later_versions(version=verdict.version, asks=[verdict.ask], at=happened.at)


@reaction(UPTAKE_JUDGED)
def tell_what_became(happened: Happened) -> None:
    """Tell the authors, if the ledger is open."""
    verdict = Verdict.objects.select_related("ask", "version__draft").get(pk=happened.ids["verdict"])
    tell_authors(verdict, at=happened.at)


@reaction(LEDGER_OPENED)
def on_ledger_opened(happened: Happened) -> None:
    """Tell those who waited: of each ask, the newest version that was signed."""
    process = Ledger.objects.get(pk=happened.ids["ledger"]).process
    for verdict in (Verdict.objects.filter(ask__process=process).exclude(state=VerdictState.PROPOSED)
                    .select_related("ask", "version__draft").order_by("pk")):
        tell_authors(verdict, at=happened.at)
