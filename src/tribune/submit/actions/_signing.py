"""Sign-off: a link opens it, a fresh code to the address on file signs it (GROUND.md, Voices)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tribune.common import journal
from tribune.common.mail import queue
from tribune.common.outbox import announce
from tribune.people import tokens
from tribune.people.limits import knock
from tribune.people.models import City, Token
from tribune.people.queries import delegates_of
from tribune.people.rules import Viewer
from tribune.submit.choices import SubmissionState
from tribune.submit.events import SUBMISSION_SIGNED
from tribune.submit.models import Endorsement, Sentence, Submission
from tribune.submit.refusals import NoAddressOnFile, NothingToSign, NotSigning, NotYours, SigningOver, WhoSubmits
from tribune.submit.rules import may_draft, wording_of

from ._drafting import all_sentences

LINK = "sign_off"
CODE = "sign_code"


def current_wording(submission: Submission) -> str:
    """Return the digest of the sentences as they stand."""
    return wording_of(sentence.text for sentence in all_sentences(submission))


@transaction.atomic
def open_signing(*, submission: Submission, cities: Iterable[City], sign_until: datetime, by: Viewer,
                 at: datetime) -> dict[int, str]:
    """Send each city a link to the sign-off and return the secrets by id of the city.

    Raises NothingToSign while a sentence is missing or only proposed, and WhoSubmits while nobody entitled is
    named. More cities can be asked later by calling it again.
    """
    if not may_draft(by, submission.organisation_id):
        raise NotYours
    sentences = list(all_sentences(submission))
    if not sentences or any(sentence.is_proposal for sentence in sentences):
        raise NothingToSign
    if not submission.entitled.strip():
        raise WhoSubmits
    if submission.state == SubmissionState.SENT:
        raise NotSigning
    submission.state = SubmissionState.SIGNING
    submission.sign_until = sign_until
    submission.save(update_fields=["state", "sign_until"])
    secrets = {city.pk: _invite(submission, city, at=at) for city in cities}
    journal.record("signing_opened", by=by.public_id, thing=submission.public_id, at=at)
    return secrets


def _invite(submission: Submission, city: City, *, at: datetime) -> str:
    assert submission.sign_until is not None
    secret = tokens.make_capability(purpose=LINK, thing=submission.public_id, at=at, life=submission.sign_until - at,
                                    details={"city": city.pk})
    for delegate in delegates_of(city):
        with translation.override(delegate.language):
            queue(to=delegate.email, at=at, language=delegate.language, reason=f"sign:{submission.public_id}:{city.pk}",
                  subject=_("%(city)s is asked to sign: %(title)s") % {"city": city, "title": submission},
                  body=_("A joint submission waits for the answer of %(city)s.\n\nThis link opens the sign-off; it "
                         "does not sign. A fresh code to the address on file signs:\n%(address)s\n")
                  % {"city": city, "address": settings.BASE_URL + reverse("submit:sign", args=[secret])})
    return secret


def _opened(secret: str, at: datetime) -> tuple[Submission, City, Token]:
    token = tokens.look_at(secret, at=at, purpose=LINK)
    submission = Submission.objects.select_related("organisation", "process").get(public_id=token.thing)
    if submission.state != SubmissionState.SIGNING:
        raise NotSigning
    if submission.sign_until is None or submission.sign_until <= at:
        raise SigningOver
    return submission, City.objects.get(pk=token.details["city"]), token


def opened(secret: str, *, at: datetime) -> tuple[Submission, City]:
    """Return what a sign-off link opens. Raises TokenRefused, NotSigning, SigningOver."""
    submission, city, _token = _opened(secret, at)
    return submission, city


@transaction.atomic
def ask_for_code(*, secret: str, answer: dict[str, Any], at: datetime) -> None:
    """Keep a city's answer and send a fresh code to its address on file; nothing is signed yet."""
    submission, city, _token = _opened(secret, at)
    if not city.signing_email:
        raise NoAddressOnFile
    knock("sign_code", f"{submission.pk}:{city.pk}", at=at, most=6, seconds=3600)
    kept = {**answer, "wording": current_wording(submission)}
    code = tokens.make_code(purpose=CODE, thing=f"{submission.public_id}:{city.public_id}", link=secret, at=at,
                            details=kept)
    queue(to=city.signing_email, at=at, language=translation.get_language() or "en",
          subject=_("Code to sign for %(city)s") % {"city": city},
          body=_("This code signs the answer of %(city)s to “%(title)s”:\n\n%(code)s\n\nIt is valid for 30 minutes. If "
                 "nobody at your office asked for it, do nothing and tell %(organisation)s.\n")
          % {"city": city, "title": submission, "code": code, "organisation": submission.organisation})


@transaction.atomic
def sign(*, secret: str, code: str, at: datetime) -> Endorsement:
    """Sign the answer that a code confirms; tell the city's delegates. Raises CodeRefused, NotSigning, SigningOver.

    The signature stands for the wording that was shown when the code was asked for.
    """
    submission, city, _token = _opened(secret, at)
    answer = tokens.use_code(code, link=secret, purpose=CODE, at=at)
    endorsement, _made = Endorsement.objects.update_or_create(
        submission=submission, city=city, defaults={
            "answer": answer["answer"], "reservation": answer.get("reservation", ""), "level": answer["level"],
            "body": answer.get("body", ""), "visibility": answer["visibility"],
            "given_on": date.fromisoformat(answer["given_on"]) if answer.get("given_on") else None,
            "signer_role": answer.get("signer_role", ""), "signed_at": at, "wording": answer["wording"],
            "contested_at": None})
    endorsement.stays_out_of.set(Sentence.objects.filter(section__submission=submission,
                                                         public_id__in=answer.get("stays_out_of", [])))
    journal.record("signed", by=city.public_id, thing=submission.public_id, at=at)
    announce(SUBMISSION_SIGNED, at=at, submission=submission.pk, city=city.pk)
    return endorsement
