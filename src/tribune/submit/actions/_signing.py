"""Sign-off: a link opens it, a fresh code to the address on file signs it (GROUND.md, Voices)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
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
from tribune.people.choices import MANDATED
from tribune.people.limits import knock
from tribune.people.models import City, Mandate, Token
from tribune.people.queries import delegates_of
from tribune.people.rules import Viewer
from tribune.submit.choices import SubmissionState
from tribune.submit.events import SUBMISSION_SIGNED
from tribune.submit.models import Answered, Asked, Endorsement, Sentence, Submission
from tribune.submit.refusals import (
    NoAddressOnFile,
    NothingToSign,
    NotSigning,
    NotYours,
    SigningOver,
    WhoSubmits,
)
from tribune.submit.rules import may_draft, wording_of

from ._held import all_sentences, held

LINK = "sign_off"
CODE = "sign_code"
# A link outlives the day on which signing ends: a late answer, or a changed mind, is put on record.
AFTER = timedelta(days=60)


def current_wording(submission: Submission) -> str:
    """Return the digest of the sentences as they stand."""
    return wording_of(sentence.text for sentence in all_sentences(submission))


@transaction.atomic
def open_signing(*, submission: Submission, cities: Iterable[City], sign_until: datetime, by: Viewer,
                 at: datetime) -> dict[int, str]:
    """Send each city a link to the sign-off and return the secrets by id of the city.

    Raises NothingToSign while a sentence is missing or only proposed, and WhoSubmits while nobody entitled is
    named. More cities can be asked later, or the same ones for a new wording, by calling it again.
    """
    if not may_draft(by, submission.organisation_id):
        raise NotYours
    now = held(submission.pk)
    sentences = list(all_sentences(now))
    if not sentences or any(sentence.is_proposal for sentence in sentences):
        raise NothingToSign
    if not submission.entitled.strip():
        raise WhoSubmits
    if now.state == SubmissionState.SENT:
        raise NotSigning
    for held_one in (now, submission):
        held_one.state, held_one.sign_until = SubmissionState.SIGNING, sign_until
    now.save(update_fields=["state", "sign_until"])
    secrets = {}
    for city in cities:
        secrets[city.pk] = invite(now, city, at=at)
        Asked.objects.update_or_create(submission=now, city=city, defaults={"asked_at": at, "reminded_days": None})
    journal.record("signing_opened", by=by.public_id, thing=submission.public_id, at=at)
    return secrets


@transaction.atomic
def reopen_drafting(*, submission: Submission, by: Viewer, at: datetime) -> None:
    """Take a text back to the drafting table: signatures stay, and count again only for the words they were given for.

    Raises NotSigning unless the cities have it.
    """
    if not may_draft(by, submission.organisation_id):
        raise NotYours
    now = held(submission.pk)
    if now.state != SubmissionState.SIGNING:
        raise NotSigning
    now.state = submission.state = SubmissionState.DRAFTING
    now.save(update_fields=["state"])
    journal.record("drafting_reopened", by=by.public_id, thing=submission.public_id, at=at)


def invite(submission: Submission, city: City, *, at: datetime, reminder: int | None = None) -> str:
    """Send a city's delegates a new link to the sign-off and return its secret; `reminder` counts the days left."""
    assert submission.sign_until is not None
    secret = tokens.make_capability(purpose=LINK, thing=submission.public_id, at=at,
                                    life=max(submission.sign_until - at, timedelta(0)) + AFTER,
                                    details={"city": city.pk})
    address = settings.BASE_URL + reverse("submit:sign", args=[secret])
    for delegate in delegates_of(city):
        with translation.override(delegate.language):
            fields = {"city": city, "title": submission, "address": address, "days": reminder}
            if reminder is None:
                subject = _("%(city)s is asked to sign: %(title)s") % fields
                body = _("A joint submission waits for the answer of %(city)s.\n\nThis link opens the sign-off; it "
                         "does not sign. A fresh code to the address on file signs:\n%(address)s\n") % fields
            else:
                subject = translation.ngettext("%(days)d day left to sign: %(title)s",
                                               "%(days)d days left to sign: %(title)s", reminder) % fields
                body = _("%(city)s has not answered yet. This link opens the sign-off; it does not sign. Not signing "
                         "is an answer too, and needs no mail:\n%(address)s\n") % fields
            queue(to=delegate.email, at=at, language=delegate.language, subject=subject, body=body,
                  reason=f"sign:{submission.public_id}:{city.pk}" + (f":{reminder}:{at.date()}" if reminder else ""))
    return secret


def _opened(secret: str, at: datetime, *, lock: bool = False) -> tuple[Submission, City, Token]:
    token = tokens.look_at(secret, at=at, purpose=LINK)
    rows = Submission.objects.select_related("organisation", "process")
    submission = (rows.select_for_update(of=("self",)) if lock else rows).get(public_id=token.thing)
    if submission.state == SubmissionState.DRAFTING:
        raise NotSigning
    if submission.sign_until is None or submission.sign_until + AFTER <= at:
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

    The signature stands for the wording that was shown when the code was asked for. An answer after the day on
    which signing ended is kept as late; one after the hand-over is on record and changes nothing that was sent.
    """
    submission, city, _token = _opened(secret, at, lock=True)
    answer = tokens.use_code(code, link=secret, purpose=CODE, at=at)
    is_late = submission.sign_until is not None and submission.sign_until <= at
    sent = submission.state == SubmissionState.SENT
    given_on = date.fromisoformat(answer["given_on"]) if answer.get("given_on") else None
    valid_until = date.fromisoformat(answer["valid_until"]) if answer.get("valid_until") else None
    values: dict[str, Any] = {
        "answer": answer["answer"], "reservation": answer.get("reservation", ""), "level": answer["level"],
        "body": answer.get("body", ""), "visibility": answer["visibility"], "given_on": given_on,
        "valid_until": valid_until, "signer_role": answer.get("signer_role", ""), "signed_at": at,
        "wording": answer["wording"], "contested_at": None, "is_late": is_late}
    Answered.objects.create(submission=submission, city=city, answer=answer["answer"], level=answer["level"],
                            wording=answer["wording"], is_late=is_late, after_sending=sent, at=at)
    if sent:
        # Shown to the signer and never stored over the signature that was sent.
        return (Endorsement.objects.filter(submission=submission, city=city).first()
                or Endorsement(submission=submission, city=city, **values))
    endorsement, _made = Endorsement.objects.update_or_create(submission=submission, city=city, defaults=values)
    endorsement.stays_out_of.set(Sentence.objects.filter(section__submission=submission,
                                                         public_id__in=answer.get("stays_out_of", [])))
    if answer["level"] in MANDATED:
        Mandate.objects.update_or_create(
            city=city, process=submission.process.public_id, position=submission.public_id,
            defaults={"level": answer["level"], "body": answer.get("body", ""), "given_on": given_on or at.date(),
                      "valid_until": valid_until, "wording": answer["wording"], "recorded_at": at})
    journal.record("signed", by=city.public_id, thing=submission.public_id, at=at)
    announce(SUBMISSION_SIGNED, at=at, submission=submission.pk, city=city.pk)
    return endorsement
