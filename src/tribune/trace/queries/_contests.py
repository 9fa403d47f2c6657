"""Contests: the public sees that there was one and the answer; its author and officers see its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.http import Http404

from tribune.people.rules import Viewer
from tribune.synthesise.models import Ask
from tribune.synthesise.queries import counted_sources
from tribune.watch.models import Process

from ..models import Contest, Verdict
from ._gate import verdicts_for


def contests_of(viewer: Viewer, verdicts: Iterable[Verdict]) -> dict[int, list[Contest]]:
    """Return the contests of each verdict by its id, oldest first, in one query.

    The caller has passed the gate for the verdicts. Words of a contest are blanked for who may not read them.
    """
    found: dict[int, list[Contest]] = defaultdict(list)
    rows = Contest.objects.filter(verdict__in=[verdict.pk for verdict in verdicts]).select_related("verdict__ask")
    for contest in rows:
        if not may_read(viewer, contest):
            contest.text = ""
        found[contest.verdict_id].append(contest)
    return found


def may_read(viewer: Viewer, contest: Contest) -> bool:
    """Whether a viewer reads the words of a contest: its author, and officers of the ledger's organisation."""
    own = viewer.user_id is not None and contest.by_id == viewer.user_id
    return own or contest.verdict.ask.organisation_id in viewer.officer_of


def open_contests(viewer: Viewer, process: Process) -> QuerySet[Contest]:
    """Return the contests in a process that wait for an answer of an officer, oldest first."""
    return (Contest.objects.filter(verdict__in=verdicts_for(viewer).order_by().values("pk"), answered_at=None,
                                   verdict__ask__process=process,
                                   verdict__ask__organisation_id__in=viewer.officer_of)
            .select_related("verdict__ask", "verdict__version__draft").order_by("made_at", "pk"))


def contest_for(viewer: Viewer, public_id: str) -> Contest:
    """Return one contest for an officer of the ledger's organisation, or raise Http404."""
    contest = (Contest.objects.filter(public_id=public_id, verdict__in=verdicts_for(viewer).order_by().values("pk"),
                                      verdict__ask__organisation_id__in=viewer.officer_of)
               .select_related("verdict__ask__process", "verdict__ask__organisation", "verdict__version__draft",
                               "contribution__city").first())
    if contest is None:
        raise Http404
    return contest


def has_a_voice_in(viewer: Viewer, ask: Ask) -> bool:
    """Whether a signed-in person wrote a contribution that carries an ask, or belongs to a city that did."""
    if not viewer.is_signed_in:
        return False
    mine = Q(contribution__author_id=viewer.user_id) | Q(contribution__city_id__in=viewer.cities)
    return counted_sources().filter(mine, ask=ask).exists()
