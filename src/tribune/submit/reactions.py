"""What this room does when something happened upstream or here."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tribune.common.mail import queue
from tribune.common.outbox import Happened, announce, reaction
from tribune.listen.events import CONTRIBUTION_WITHDRAWN
from tribune.people.models import City
from tribune.people.queries import delegates_of
from tribune.synthesise.events import SUPPORT_LOST

from . import exports
from .events import SUBMISSION_SENT, SUBMISSION_SIGNED
from .models import SentCopy, Sentence, SentenceSource, Submission
from .queries import sentences_on


@reaction(CONTRIBUTION_WITHDRAWN)
def on_contribution_withdrawn(event: Happened) -> None:
    """A sentence that loses a source is announced; the page flags it by itself."""
    contribution = int(event.ids["contribution"])
    SentenceSource.objects.filter(contribution_id=contribution, lost_at=None).update(lost_at=event.at)
    for sentence in sentences_on(contribution):
        announce(SUPPORT_LOST, at=event.at, sentence=sentence.pk)


@reaction(SUPPORT_LOST)
def on_support_lost(event: Happened) -> None:
    """The organisation's contact hears that a sentence lost support."""
    submission = (Submission.objects.filter(sections__sentences=int(event.ids["sentence"]))
                  .select_related("organisation").first())
    if submission is None or not submission.organisation.contact:
        return
    queue(to=submission.organisation.contact, at=event.at, reason=f"support_lost:{event.ids['sentence']}:{event.id}",
          subject=_("A sentence lost support: %(title)s") % {"title": submission},
          body=_("A contribution that carried one of its sentences was taken back. The drafting table shows which:\n"
                 "%(address)s\n") % {"address": settings.BASE_URL + reverse("submit:table", args=[submission.slug])})


@reaction(SUBMISSION_SENT)
def on_submission_sent(event: Happened) -> None:
    """What was sent is kept by its digest, in each language it has, with those of its files."""
    submission = Submission.objects.select_related("organisation", "process", "consultation").get(
        pk=event.ids["submission"])
    tongues = {submission.language, *(key for texts in Sentence.objects.filter(section__submission=submission)
                                      .values_list("texts", flat=True) for key in texts)}
    for language in sorted(tongues):
        content = exports.content(submission, language=language, for_addressee=True)
        files = [[f"{submission.slug}-{language}.{suffix}",
                  hashlib.sha256(exports.render(content, suffix)).hexdigest()] for suffix in ("docx", "pdf", "akn.xml")]
        SentCopy.objects.get_or_create(submission=submission, language=language, defaults={
            "sha256": content.sha256, "files": files, "made_at": event.at})


@reaction(SUBMISSION_SIGNED)
def on_submission_signed(event: Happened) -> None:
    """All delegates of a city hear at once that it signed, and where they may contest it (GROUND.md, Voices)."""
    submission = Submission.objects.get(pk=event.ids["submission"])
    city = City.objects.get(pk=event.ids["city"])
    for delegate in delegates_of(city):
        with translation.override(delegate.language):
            queue(to=delegate.email, at=event.at, language=delegate.language,
                  reason=f"signed:{submission.public_id}:{city.pk}:{event.id}",
                  subject=_("%(city)s answered: %(title)s") % {"city": city, "title": submission},
                  body=_("The answer of %(city)s was signed. If that is not what your city decided, contest it before "
                         "the submission is handed over:\n%(address)s\n")
                  % {"city": city, "address": settings.BASE_URL + reverse("submit:submission", args=[submission.slug])})
