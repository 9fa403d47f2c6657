"""How a voice begins: as a session, with a single-use code, or as a member; each mode is chosen before opening."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tribune.common import journal
from tribune.common.ids import ALPHABET
from tribune.common.mail import queue
from tribune.common.refusals import NotAllowed
from tribune.people.rules import Viewer

from ..choices import ConsultationState, VotingMode
from ..models import CodeBatch, Consultation, MemberRoll, Voice
from ..refusals import CodeUnknown, ConsultationClosed, HasSpoken, Incomplete, ModeIsFixed, NeedsCode, NeedsMember
from ..rules import MOST_CODES, is_open, may_prepare

# 28 of 29 letters: 136 bits, in groups that can be read aloud and typed from paper.
_GROUPS, _IN_GROUP = 7, 4


@transaction.atomic
def choose_voting_mode(*, consultation: Consultation, mode: str, by: Viewer, at: datetime) -> Consultation:
    """Set who has a voice, before the consultation opens. Raises NotAllowed, ModeIsFixed."""
    found = _held(consultation)
    if not may_prepare(by, found.organisation_id):
        raise NotAllowed(_("Only an officer of this organisation chooses who has a voice."))
    if found.state != ConsultationState.PREPARED:
        raise ModeIsFixed
    found.voting_mode = VotingMode(mode)
    found.save(update_fields=["voting_mode"])
    journal.record("voting_mode_chosen", by=by.public_id, thing=found.public_id, at=at)
    return found


@transaction.atomic
def new_voice(*, consultation: Consultation, at: datetime | None = None) -> Voice:
    """Return a new voice of a consultation in open mode: a random id that says nothing of whom it belongs to.

    Raises ConsultationClosed, NeedsCode, NeedsMember.
    """
    found = Consultation.objects.get(pk=consultation.pk)
    if not is_open(found, at):
        raise ConsultationClosed
    if found.voting_mode == VotingMode.INVITATION:
        raise NeedsCode
    if found.voting_mode == VotingMode.MEMBERS:
        raise NeedsMember
    return _voice(found)


@transaction.atomic
def make_codes(*, consultation: Consultation, n: int, by: Viewer, at: datetime,
               addresses: Sequence[str] = ()) -> tuple[CodeBatch, list[str]]:
    """Make a batch of single-use voting codes; return it with the codes, which nobody can read again.

    With `addresses`, one code each goes out by mail and the list returned is empty. Raises NotAllowed, Incomplete.
    """
    found = _held(consultation)
    if not may_prepare(by, found.organisation_id):
        raise NotAllowed(_("Only an officer of this organisation makes codes."))
    if found.voting_mode != VotingMode.INVITATION:
        raise Incomplete("n", _("Codes are for consultations by invitation."))
    if found.state == ConsultationState.CLOSED:
        raise ConsultationClosed
    n = len(addresses) or n
    if not 1 <= n <= MOST_CODES:
        raise Incomplete("n", _("Make between 1 and %(most)d codes at a time.") % {"most": MOST_CODES})
    codes = [_code() for _each in range(n)]
    batch = CodeBatch.objects.create(
        consultation=found, number=found.code_batches.count() + 1, made_on=at.date(), by_mail=bool(addresses),
        unused=sorted(_digest(code) for code in codes))
    journal.record("voting_codes_made", by=by.public_id, thing=batch.public_id, at=at)
    for address, code in zip(addresses, codes, strict=False):
        _mail(found, address, code, at=at)
    return batch, [] if addresses else codes


@transaction.atomic
def take_voice_with_code(*, consultation: Consultation, code: str, at: datetime) -> Voice:
    """Use a code up and return a new random voice, in one transaction; nothing that remains joins the two.

    Raises ConsultationClosed, CodeUnknown for a code that was never made or is used.
    """
    # All batches of the consultation are held, so that one code gives one voice.
    found = _held(consultation)
    if not is_open(found, at):
        raise ConsultationClosed
    digest = _digest(code)
    batch = next((row for row in CodeBatch.objects.select_for_update(of=("self",)).filter(consultation=found)
                  if digest in row.unused), None)
    if batch is None:
        raise CodeUnknown
    batch.unused = [each for each in batch.unused if each != digest]
    batch.used = sorted([*batch.used, digest])
    batch.save(update_fields=["unused", "used"])
    return _voice(found)


@transaction.atomic
def take_voice_as_member(*, consultation: Consultation, by: Viewer, at: datetime) -> Voice:
    """Return the one voice of a member of a city or organisation; raise HasSpoken when it was taken before.

    Kept of it is one hash in a sorted list. Raises ConsultationClosed, NeedsMember, HasSpoken.
    """
    found = _held(consultation)
    if not is_open(found, at):
        raise ConsultationClosed
    if found.voting_mode != VotingMode.MEMBERS or not by.is_member:
        raise NeedsMember
    roll, _made = MemberRoll.objects.select_for_update(of=("self",)).get_or_create(consultation=found)
    mine = hmac.new(settings.SECRET_KEY.encode(), f"roll:{found.public_id}:{by.public_id}".encode(),
                    hashlib.sha256).hexdigest()
    if mine in roll.spoken:
        raise HasSpoken
    roll.spoken = sorted([*roll.spoken, mine])
    roll.save(update_fields=["spoken"])
    return _voice(found)


def _voice(consultation: Consultation) -> Voice:
    return Voice.objects.create(consultation=consultation, uid=secrets.token_hex(16))


def _held(consultation: Consultation) -> Consultation:
    return Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)


def _code() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _each in range(_IN_GROUP)) for _group in range(_GROUPS))


def _digest(code: str) -> str:
    letters = "".join(letter for letter in code.lower() if letter in ALPHABET)
    return hashlib.sha256(f"voting-code:{letters}".encode()).hexdigest()


def _mail(consultation: Consultation, address: str, code: str, *, at: datetime) -> None:
    language = translation.get_language() or "en"
    where = settings.BASE_URL + reverse("listen:code", args=[consultation.slug])
    queue(to=address, subject=_("Your voice in: %(name)s") % {"name": consultation}, at=at, language=language,
          body=_("You are asked what you think: %(name)s\n\nYour code, for one voice:\n\n%(code)s\n\n"
                 "Type it here:\n%(address)s\n\nWhen it is used, nothing can join the code, or you, to your votes.\n"
                 "Questions: %(contact)s\n") % {"name": consultation, "code": code, "address": where,
                                               "contact": consultation.contact})
