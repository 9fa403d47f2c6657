"""Telling authors what became of their words, once for each ask and version."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tribune.common.mail import queue
from tribune.people.models import User
from tribune.people.queries import viewer_for
from tribune.synthesise.queries import authors_of

from .choices import VerdictWord
from .models import Verdict
from .queries import numbers_of, path_of, public_verdicts
from .rules import IN_THE_TEXT


def tell_authors(verdict: Verdict, *, at: datetime) -> int:
    """Queue a mail to each author with an account who may see this verdict; return how many are new.

    Nothing is told of a closed ledger, nor of a version that the author may not read. Guests read it with their
    receipt. Only the news of the newest version is told: who opens a ledger late sends no history.
    """
    people = User.objects.filter(pk__in=authors_of(verdict.ask).values("author_id"), is_active=True).order_by("pk")
    n = 0
    for person in people:
        seen = public_verdicts(viewer_for(person)).filter(ask=verdict.ask_id)
        latest = seen.order_by("-version__dated_on", "-version__order", "-pk").first()
        if latest is not None and latest.pk == verdict.pk:
            n += _tell(person, latest, at)
    return n


def _tell(person: User, verdict: Verdict, at: datetime) -> int:
    ask, version = verdict.ask, verdict.version
    with translation.override(person.language):
        subject = _("What became of your words: ask %(number)d, %(version)s") % {
            "number": ask.number, "version": version}
        lines = [
            _("Your words → ask %(number)d, “%(title)s” → %(version)s of “%(draft)s”:") % {
                "number": ask.number, "title": ask, "version": version, "draft": version.draft},
            "", said(verdict), "",
            _("Appearance is not proof of influence. A verdict says what the text contains. It does not say why."), "",
            settings.BASE_URL + reverse("trace:ask", args=[ask.public_id]), "",
        ]
        mail = queue(to=person.email, subject=subject, body="\n".join(lines), at=at, language=person.language,
                     reason=f"uptake:{ask.public_id}:{version.public_id}")
    return int(mail is not None)


def said(verdict: Verdict) -> str:
    """Return a signed verdict as a sentence in the present language: what the text contains, never why.

    The caller has checked that it may be seen.
    """
    path = path_of(verdict)
    number = numbers_of([verdict]).get((verdict.version_id, path), path)
    word = verdict.signed
    if word not in IN_THE_TEXT:
        if word == VerdictWord.REMOVED:
            return _("It no longer appears in this version.")
        return _("It is in no paragraph of this version.")
    if verdict.ask.kind == "DELETE":
        if word == VerdictWord.VERBATIM:
            return _("The words you asked to strike no longer stand in this version.")
        return _("Some of the words you asked to strike no longer stand in this version.")
    if word == VerdictWord.KEPT:
        return _("It still stands, in paragraph %(number)s.") % {"number": number}
    sentences = {
        VerdictWord.VERBATIM: _("It appears verbatim in paragraph %(number)s."),
        VerdictWord.SUBSTANCE: _("It appears in substance in paragraph %(number)s."),
        VerdictWord.PARTLY: _("It appears in part in paragraph %(number)s."),
    }
    sentence = sentences[VerdictWord(word)] % {"number": number}
    if verdict.already_there:
        sentence += " " + _("It stood in the version before already.")
    return sentence
