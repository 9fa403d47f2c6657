"""Telling contributors what became of their words: one mail for all that was signed, each verdict once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tribune.common.mail import queue
from tribune.listen.models import Contribution
from tribune.people.choices import Role
from tribune.people.models import User
from tribune.people.queries import viewer_for
from tribune.synthesise.choices import Stance
from tribune.synthesise.queries import authors_of, counted_sources

from .choices import VerdictState
from .models import Contest, News, Verdict
from .queries import numbers_of, public_verdicts
from .words import said, whose

# Officers sign in one sitting: news wait until nothing in the version waits, but no longer than this.
_PATIENCE = timedelta(hours=1)


def note_news(verdict: Verdict, *, at: datetime) -> int:
    """Note for each author with an account who may see this verdict that there is news; return how many are new.

    Nothing is noted of a closed ledger, nor of a version that the author may not read. Guests read it with their
    receipt. Only the newest version is news: who opens a ledger late sends no history.
    """
    people = User.objects.filter(pk__in=authors_of(verdict.ask).values("author_id"), is_active=True).order_by("pk")
    n = 0
    for person in people:
        seen = public_verdicts(viewer_for(person)).filter(ask=verdict.ask_id)
        latest = seen.order_by("-version__dated_on", "-version__order", "-pk").first()
        if latest is not None and latest.pk == verdict.pk:
            _, is_new = News.objects.get_or_create(person=person, verdict=verdict, defaults={"made_at": at})
            n += is_new
    return n


def tell_news(*, at: datetime, version: int | None = None) -> int:
    """Queue one mail to each person for whom there is news that may go out now; return how many mails are new.

    News of a version wait while officers still sign in it. What may no longer be seen is dropped unsaid. With
    `version` (an id), only people who have news of that version.
    """
    rows = News.objects.filter(told_at=None).select_related(
        "person", "verdict__ask__process", "verdict__version__draft__process")
    if version is not None:
        rows = rows.filter(person__in=News.objects.filter(told_at=None, verdict__version=version).values("person"))
    by_person: dict[User, list[News]] = defaultdict(list)
    for row in rows.order_by("person_id", "pk"):
        by_person[row.person].append(row)
    pending = _still_signing(by_person.values())
    n = 0
    for person, news in by_person.items():
        ready = [one for one in news if one.verdict.version_id not in pending or one.made_at <= at - _PATIENCE]
        if ready:
            n += _tell(person, ready, at)
    return n


def _still_signing(groups: Iterable[Sequence[News]]) -> set[int]:
    """Return the versions in which proposals still wait for an officer."""
    versions = {one.verdict.version_id for group in groups for one in group}
    return set(Verdict.objects.filter(Q(ask__is_public=True), version__in=versions, state=VerdictState.PROPOSED)
               .values_list("version_id", flat=True))


def _tell(person: User, news: Sequence[News], at: datetime) -> int:
    seen = set(public_verdicts(viewer_for(person)).filter(pk__in=[one.verdict_id for one in news])
               .values_list("pk", flat=True))
    News.objects.filter(pk__in=[one.pk for one in news if one.verdict_id not in seen]).delete()
    verdicts = _newest([one.verdict for one in news if one.verdict_id in seen])
    News.objects.filter(pk__in=[one.pk for one in news if one.verdict_id in seen]).update(told_at=at)
    if not verdicts:
        return 0
    with translation.override(person.language):
        mail = queue(to=person.email, subject=_subject(verdicts), body=_body(person, verdicts), at=at,
                     language=person.language, reason=f"uptake:{verdicts[0].public_id}")
    return int(mail is not None)


def _newest(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Return of each ask the verdict on the newest version, by number of the ask."""
    found: dict[int, Verdict] = {}
    for verdict in sorted(verdicts, key=lambda one: (one.version.dated_on, one.version.order, one.pk)):
        found[verdict.ask_id] = verdict
    return sorted(found.values(), key=lambda one: (one.ask.process_id, one.ask.number))


def _subject(verdicts: Sequence[Verdict]) -> str:
    versions = {verdict.version_id for verdict in verdicts}
    if len(verdicts) == 1:
        return _("What became of your words: ask %(number)d, %(version)s") % {
            "number": verdicts[0].ask.number, "version": verdicts[0].version}
    if len(versions) == 1:
        return _("What became of your words: %(n)d asks, %(version)s") % {
            "n": len(verdicts), "version": verdicts[0].version}
    return _("What became of your words: %(n)d asks") % {"n": len(verdicts)}


def _body(person: User, verdicts: Sequence[Verdict]) -> str:
    numbers = numbers_of(verdicts)
    theirs = _contributions(person, verdicts)
    lines = []
    for verdict in verdicts:
        lines += [
            _("%(whose)s → ask %(number)d, “%(title)s” → %(version)s of “%(draft)s”:") % {
                "whose": whose(theirs[verdict.ask_id]), "number": verdict.ask.number, "title": verdict.ask,
                "version": verdict.version, "draft": verdict.version.draft},
            said(verdict, numbers),
            settings.BASE_URL + reverse("trace:ask", args=[verdict.ask.public_id]), ""]
    lines += [
        _("Appearance is not proof of influence. A verdict says what the text contains. It does not say why."), "",
        _("If a verdict is wrong, open the ask and contest it. An officer answers."), ""]
    return "\n".join(lines)


def _contributions(person: User, verdicts: Sequence[Verdict]) -> dict[int, list[Contribution]]:
    rows = (counted_sources().filter(ask__in=[verdict.ask_id for verdict in verdicts], stance=Stance.FOR,
                                     contribution__author=person)
            .select_related("contribution__city").order_by("contribution__made_at", "pk"))
    found: dict[int, list[Contribution]] = defaultdict(list)
    for row in rows:
        found[row.ask_id].append(row.contribution)
    return found


def tell_officers(contest: Contest, *, at: datetime) -> int:
    """Queue a mail to each officer who may answer a contest; the words stay on the page. Return how many are new."""
    ask = contest.verdict.ask
    officers = (User.objects.filter(memberships__organisation=ask.organisation_id, memberships__role=Role.OFFICER,
                                    is_active=True).distinct().order_by("pk"))
    n = 0
    for person in officers:
        with translation.override(person.language):
            address = reverse("trace:contest", args=[ask.process.slug, contest.public_id])
            body = "\n".join([
                _("A contributor says that the verdict on ask %(number)d in “%(version)s” is wrong.") % {
                    "number": ask.number, "version": contest.verdict.version}, "",
                _("Read both texts and answer:"), settings.BASE_URL + address, ""])
            n += queue(to=person.email, subject=_("Contested: ask %(number)d") % {"number": ask.number}, body=body,
                       at=at, language=person.language, reason=f"contest:{contest.public_id}") is not None
    return n


def tell_answer(contest: Contest, *, at: datetime) -> int:
    """Queue the answer to the author of a contest; guests read it with their receipt. Return how many are new."""
    person = contest.by
    if person is None or not person.is_active:
        return 0
    ask = contest.verdict.ask
    with translation.override(person.language):
        body = "\n".join([
            _("On %(day)s you contested the verdict on ask %(number)d, “%(title)s”. An officer of %(organisation)s "
              "answers:") % {"day": date_format(contest.made_at, "DATE_FORMAT"), "number": ask.number, "title": ask,
                             "organisation": ask.organisation}, "",
            contest.answer, "", settings.BASE_URL + reverse("trace:ask", args=[ask.public_id]), ""])
        mail = queue(to=person.email, subject=_("An answer to what you contested: ask %(number)d") % {
            "number": ask.number}, body=body, at=at, language=person.language,
            reason=f"contest-answer:{contest.public_id}")
    return int(mail is not None)
