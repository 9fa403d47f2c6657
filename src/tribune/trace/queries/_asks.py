"""Asks over all processes: who made them, what was handed over, and the last that was signed of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from tribune.listen.models import Contribution
from tribune.people.models import City
from tribune.people.rules import Viewer
from tribune.submit.choices import SubmissionState
from tribune.submit.models import Sentence
from tribune.submit.queries import submissions_for
from tribune.synthesise.choices import Stance
from tribune.synthesise.models import Ask, AskSource
from tribune.synthesise.queries import asks_for
from tribune.watch.models import Process

from ..choices import VerdictWord
from ..models import Verdict
from ..rules import IN_THE_TEXT
from ._gate import public_verdicts, signed_for, sources_for
from ._ledger import numbers_of, path_of

SHOWN = ("made", "handed", "in", "out", "waiting", *VerdictWord.values)
_OUT = (VerdictWord.NONE, VerdictWord.REMOVED)


def listed_asks(viewer: Viewer, *, process: Process | None = None, city: City | None = None, topic: str = "",
                year: int | None = None, show: str = "made") -> QuerySet[Any]:
    """Return public asks, newest process first, each with `latest` (word last signed, or None) and `is_handed_over`.

    `show`: "made" (all), "handed", "in" (stands in the text, wholly or in part), "out", "waiting", or one word;
    `topic` is one of a process's topics, `year` the year in which it was asked.
    """
    latest = (signed_for(viewer).filter(ask=OuterRef("pk"))
              .order_by("-version__dated_on", "-version__order", "-pk").values("signed")[:1])
    # Any: types do not tell what is annotated.
    asks: QuerySet[Any] = (
        asks_for(viewer).filter(is_public=True)
        .annotate(latest=Subquery(latest), is_handed_over=Exists(_handed_over(viewer)))
        .order_by("-process__made_at", "process_id", "number"))
    if process is not None:
        asks = asks.filter(process=process)
    if city is not None:
        asks = asks.filter(Exists(sources_for(viewer).filter(ask=OuterRef("pk"), stance=Stance.FOR,
                                                          contribution__city=city)))
    if topic:
        asks = asks.filter(process__in=[one.pk for one in Process.objects.only("topics") if topic in one.topics])
    if year is not None:
        asks = asks.filter(made_at__year=year)
    if show == "handed":
        return asks.filter(is_handed_over=True)
    if show == "in":
        return asks.filter(latest__in=IN_THE_TEXT)
    if show == "out":
        return asks.filter(latest__in=_OUT)
    if show == "waiting":
        return asks.filter(latest__isnull=True)
    return asks.filter(latest=show) if show in VerdictWord.values else asks


def _handed_over(viewer: Viewer) -> QuerySet[Sentence]:
    sent = submissions_for(viewer).filter(state=SubmissionState.SENT).order_by().values("pk")
    return Sentence.objects.filter(ask=OuterRef("pk"), is_proposal=False, section__submission__in=sent)


def handed_over(viewer: Viewer, asks: Iterable[Ask]) -> set[int]:
    """Return the ids of those asks that were handed over."""
    ids = [ask.pk for ask in asks]
    return set(Ask.objects.filter(Exists(_handed_over(viewer)), pk__in=ids).values_list("pk", flat=True))


def latest_words(viewer: Viewer, asks: Iterable[Ask]) -> dict[int, Verdict]:
    """Return the signed verdict on the newest version for each ask, by its id, in one query."""
    rows = (signed_for(viewer).filter(ask__in=list(asks))
            .order_by("version__dated_on", "version__order", "pk"))
    return {verdict.ask_id: verdict for verdict in rows}


def voices_of(viewer: Viewer, ask: Ask) -> list[AskSource]:
    """Return the sources of an ask that the viewer may see, those for it first, oldest first."""
    return list(sources_for(viewer).filter(ask=ask).select_related("contribution__city", "contribution__passage")
                .order_by("-stance", "contribution__made_at", "pk"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one ask that a contribution carries; `verdict` is None where nothing is public yet."""

    ask: Ask
    verdict: Verdict | None = None
    number: str = ""


def what_became(contribution: Contribution, viewer: Viewer | None = None) -> list[Outcome]:
    """Return what became of each public ask that a contribution carries, as its author may know it.

    Without a viewer, as everybody may: this is what the holder of a receipt reads. Four queries at most.
    """
    viewer = viewer or Viewer()
    asks = list(asks_for(viewer).filter(is_public=True, sources__contribution=contribution,
                                        sources__stance=Stance.FOR).order_by("number").distinct())
    rows = public_verdicts(viewer).filter(ask__in=asks).order_by("version__dated_on", "version__order", "pk")
    latest = {verdict.ask_id: verdict for verdict in rows}
    numbers = numbers_of(latest.values())
    return [_outcome(ask, latest.get(ask.pk), numbers) for ask in asks]


def _outcome(ask: Ask, verdict: Verdict | None, numbers: dict[tuple[int, str], str]) -> Outcome:
    if verdict is None:
        return Outcome(ask)
    path = path_of(verdict)
    return Outcome(ask, verdict, numbers.get((verdict.version_id, path), path))


def cities_in(viewer: Viewer, process: Process) -> list[City]:
    """Return the cities and regions behind public asks of a process, by name, as the viewer may know them."""
    asks = asks_for(viewer).filter(process=process, is_public=True).order_by().values("pk")
    theirs = sources_for(viewer).filter(ask__in=asks, stance=Stance.FOR, contribution__city__isnull=False)
    return list(City.objects.filter(pk__in=theirs.values("contribution__city")).order_by("name"))
