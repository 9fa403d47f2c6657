"""Reading answers: questions with what was said to them, points, and contributions that ask the same."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Max, Q, Sum

from tribune.people.models import City
from tribune.people.rules import Viewer

from .choices import ContributionState
from .counts import STEP
from .models import Consultation, Contribution, Points, Question
from .queries import contributions_for
from .twins import twins


@dataclass(frozen=True, slots=True)
class Ranked:
    """One contribution with its points and from how many; both 0 where too few gave any to be shown."""

    it: Contribution
    points: int
    givers: int


def questions_of(consultation: Consultation) -> list[Question]:
    """Return the questions of a call in order."""
    return list(consultation.questions.all())


def answers_to(viewer: Viewer, consultation: Consultation) -> dict[int, list[Contribution]]:
    """Return what the viewer may see of the answers, by question (primary key), oldest first, in one query."""
    found: dict[int, list[Contribution]] = defaultdict(list)
    for row in contributions_for(viewer, consultation).filter(question__isnull=False):
        assert row.question_id is not None
        found[row.question_id].append(row)
    return dict(found)


def n_answers(consultation: Consultation) -> dict[int, int]:
    """Return how many published answers each question has, in one query."""
    return {row.pk: row.n for row in Question.objects.filter(consultation=consultation).annotate(
        n=Count("answers", filter=Q(answers__state=ContributionState.PUBLISHED)))}


def points_of(viewer: Viewer, consultation: Consultation, city: City | None) -> dict[str, int]:
    """Return what a city, or a person without one, has given: by public id of the contribution."""
    if city is not None and city.pk not in viewer.cities:
        return {}
    mine = Points.objects.filter(consultation=consultation, city=city) if city else Points.objects.filter(
        consultation=consultation, user_id=viewer.user_id or 0)
    return dict(mine.values_list("contribution__public_id", "n"))


def ranking_of(consultation: Consultation) -> tuple[int, list[Ranked]]:
    """Return (how many gave points, contributions with most points first).

    Until five have given points nothing is ranked; later a row from one to four givers says nothing of its points
    and stands below all others, so that nobody's preference follows from it.
    """
    rows = list(Points.objects.filter(consultation=consultation, contribution__state=ContributionState.PUBLISHED)
                .order_by().values("contribution_id").annotate(total=Sum("n"), givers=Count("pk"), most=Max("n")))
    n = Points.objects.filter(consultation=consultation).order_by().values("city_id", "user_id").distinct().count()
    if n < STEP:
        return n, []
    things = Contribution.objects.select_related("city", "passage", "rendition", "question").in_bulk(
        [row["contribution_id"] for row in rows])
    shown = [Ranked(things[row["contribution_id"]], row["total"] if row["givers"] >= STEP else 0,
                    row["givers"] if row["givers"] >= STEP else 0) for row in rows]
    return n, sorted(shown, key=lambda row: (-row.points, row.it.pk))


def twins_in(consultation: Consultation) -> list[list[Contribution]]:
    """Return groups of published contributions that ask the same and are not put together yet, largest first."""
    rows = list(Contribution.objects.filter(consultation=consultation, state=ContributionState.PUBLISHED,
                                            passage__isnull=False)
                .select_related("city", "passage", "rendition").order_by("pk"))
    by_id = {row.public_id: row for row in rows}
    groups = twins((row.public_id, row.passage.path, row.act, row.wording) for row in rows if row.passage)
    found = [[by_id[key] for key in group] for group in groups]
    open_ones = [group for group in found if any(row.same_as_id != group[0].pk for row in group[1:])]
    return sorted(open_ones, key=lambda group: (-len(group), group[0].pk))


def joined_in(consultation: Consultation) -> list[Contribution]:
    """Return published contributions that stand for others too."""
    return list(Contribution.objects.filter(consultation=consultation, state=ContributionState.PUBLISHED,
                                            cosigners__state=ContributionState.PUBLISHED)
                .select_related("city", "passage").prefetch_related("cosigners__city").distinct().order_by("pk"))
