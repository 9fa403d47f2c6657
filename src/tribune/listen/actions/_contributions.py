"""Saying something about one paragraph, sending it as a city's position, taking it back."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tribune.common import journal
from tribune.common.outbox import announce
from tribune.common.refusals import NotAllowed
from tribune.engine.align import redline
from tribune.engine.text import language_of
from tribune.people import tokens
from tribune.people.choices import MANDATED, MandateLevel
from tribune.people.models import City, Mandate
from tribune.people.rules import Viewer, may_write_for_city
from tribune.watch.models import Paragraph, Passage, Rendition

from ..choices import Act, ContributionState, Strength
from ..events import CONTRIBUTION_MADE, CONTRIBUTION_WITHDRAWN
from ..formats import AMEND, COMMENT
from ..models import Consultation, Contribution
from ..refusals import ConsultationClosed, Incomplete, NotInThisPhase, NotWaiting, ReceiptUnknown
from ..rules import (
    MOST_WHY,
    as_a_person,
    is_asked,
    is_open,
    may_send_position,
    may_withdraw,
    most_wording,
    permits_for,
    permitted,
)

RECEIPT = "contribution"
UNKNOWN_LANGUAGE = "und"


@transaction.atomic
def contribute(*, consultation: Consultation, passage: Passage, rendition: Rendition, act: str, by: Viewer,
               at: datetime, language: str = "", strength: str = "", wording: str = "", why: str = "",
               city: City | None = None, service: str = "", origin: str = "web") -> tuple[Contribution, str]:
    """Keep what somebody says about one paragraph; return it, and the receipt of a guest ("" for others).

    Words written for a city stay inside it until a delegate sends them; all others wait for a moderator.
    `wording` is the paragraph as it should read; DELETE without one strikes all of it, with one only the words that
    are no longer there. `language` is detected where it is not given.
    Raises ConsultationClosed, NotInThisPhase, NotAllowed, or Incomplete with the field it is about.
    """
    consultation = Consultation.objects.select_related("version").get(pk=consultation.pk)
    _check_phase(consultation, act, at)
    paragraph = _anchor(consultation, passage, rendition)
    if city is not None and not may_write_for_city(by, city.pk):
        raise NotAllowed(_("You do not write for %(city)s. Ask one of its delegates to invite you.") % {"city": city})
    if act != Act.COMMENT and not by.is_signed_in:
        raise NotAllowed(_("Wording is proposed by people who have signed in. Without an account you can comment."))
    check_asked(consultation, COMMENT if act == Act.COMMENT else AMEND, by if city else as_a_person(by), at)
    wording, why = words_of(act, wording, why, paragraph.text)
    check_words(act, strength, wording, why, paragraph.text)
    service = service or (by.services.get(city.pk, "") if city else "")
    inner = city is not None
    contribution = Contribution.objects.create(
        consultation=consultation, city=city, service=service, author_id=by.user_id, passage=passage,
        rendition=rendition, text_sha256=paragraph.sha256, read_text=paragraph.text, act=act,
        strength="" if act == Act.COMMENT else strength, wording=wording, why=why, origin=origin, made_at=at,
        language=language or language_of(why or wording) or (UNKNOWN_LANGUAGE if why else rendition.language),
        level=MandateLevel.SERVICE if service else MandateLevel.PERSONAL,
        state=ContributionState.INNER if inner else ContributionState.WAITING)
    receipt = "" if by.is_signed_in else tokens.make_receipt(purpose=RECEIPT, thing=contribution.public_id, at=at)
    if by.is_signed_in:
        journal.record("contribution_made", by=by.public_id, thing=contribution.public_id, at=at)
    if not inner:
        announce(CONTRIBUTION_MADE, at=at, contribution=contribution.pk)
    return contribution, receipt


@transaction.atomic
def send_position(*, contribution: Contribution, level: str, body: str, given_on: date | None, by: Viewer,
                  at: datetime, valid_until: date | None = None, document: File[bytes] | None = None,
                  document_is_public: bool = False) -> Contribution:
    """Send an inner contribution as the city's position, with what stands behind it, and publish it.

    `document` (the signed letter, the minutes) stays inside the city unless `document_is_public`.

    A delegate answers for it, so it does not wait for a moderator; one can still take it down with a reason.
    Raises NotAllowed, NotWaiting when it is not inside the city, Incomplete without the mandate's body and day.
    """
    found = held(contribution)
    city = found.city
    if city is None or not may_send_position(by, city.pk):
        raise NotAllowed(_("Only a delegate sends the position of the city."))
    if found.state != ContributionState.INNER:
        raise NotWaiting(_("This was sent or taken back already."))
    if not is_open(found.consultation, at):
        raise ConsultationClosed
    if level not in MandateLevel.values:
        raise Incomplete("level", _("Choose what stands behind it."))
    body = body.strip()
    if level in MANDATED and not body:
        raise Incomplete("body", _("Name who signed or voted."))
    if level in MANDATED and given_on is None:
        raise Incomplete("given_on", _("Name the day on which it was signed or voted."))
    if given_on is not None and given_on > at.date():
        raise Incomplete("given_on", _("This day has not come yet. Name the day on which it was signed or voted."))
    if valid_until is not None and valid_until < at.date():
        raise Incomplete("valid_until", _("This day is over: the mandate would not count. Leave it empty or name a "
                                          "later one."))
    found.level, found.state, found.published_at = level, ContributionState.PUBLISHED, at
    found.save(update_fields=["level", "state", "published_at"])
    mandate, _new = Mandate.objects.update_or_create(
        city=city, process=found.consultation.process.public_id, position=found.public_id,
        defaults={"level": level, "body": body, "given_on": given_on or at.date(), "wording": words_digest(found),
                  "valid_until": valid_until, "document_is_public": document_is_public,
                  "recorded_by_id": by.user_id, "recorded_at": at})
    if document is not None:
        mandate.document.save(document.name or "mandate", document)
    journal.record("position_sent", by=by.public_id, thing=found.public_id, at=at)
    announce(CONTRIBUTION_MADE, at=at, contribution=found.pk)
    return found


@transaction.atomic
def withdraw_contribution(*, contribution: Contribution, by: Viewer | None = None, receipt: str | None = None,
                          at: datetime) -> Contribution:
    """Take words back, by their author, a delegate of their city, or whoever holds the receipt.

    A person's words are erased, at any time. A city's position can be taken back until the consultation closes;
    its words stay inside the city. Raises ReceiptUnknown, NotAllowed, NotWaiting, ConsultationClosed.
    """
    found = held(contribution)
    if receipt is not None:
        token = tokens.find_receipt(receipt)
        if token is None or token.purpose != RECEIPT or token.thing != found.public_id:
            raise ReceiptUnknown
    elif by is None or not may_withdraw(by, author_id=found.author_id, city_id=found.city_id, state=found.state):
        raise NotAllowed(_("Only the person who wrote this, or a delegate of the city, takes it back."))
    if found.state == ContributionState.WITHDRAWN:
        raise NotWaiting(_("This was taken back already."))
    was = found.state
    if found.city_id is not None and was != ContributionState.INNER and not is_open(found.consultation, at):
        raise ConsultationClosed(_("The consultation has closed: what the city said in it stays as said."))
    found.state = ContributionState.WITHDRAWN
    if found.city_id is None:
        found.wording = found.why = ""
    found.save(update_fields=["state", "wording", "why"])
    Mandate.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=at.date()),
                           position=found.public_id).update(valid_until=at.date())
    if by is not None and by.is_signed_in:
        journal.record("contribution_withdrawn", by=by.public_id, thing=found.public_id, at=at)
    if was != ContributionState.INNER:
        announce(CONTRIBUTION_WITHDRAWN, at=at, contribution=found.pk)
    return found


def words_digest(contribution: Contribution) -> str:
    """Return the SHA-256 of what a mandate is given for: act, wording and reason."""
    words = "\n\n".join((contribution.act, contribution.strength, contribution.wording, contribution.why))
    return hashlib.sha256(words.encode()).hexdigest()


def held(contribution: Contribution) -> Contribution:
    """Return the contribution, held for this transaction."""
    return (Contribution.objects.select_for_update(of=("self",))
            .select_related("consultation__process", "city", "question")
            .get(pk=contribution.pk))


def _check_phase(consultation: Consultation, act: str, at: datetime) -> None:
    if not is_open(consultation, at):
        raise ConsultationClosed
    if act not in Act.values:
        raise Incomplete("act", _("Choose what should happen to the paragraph."))
    if (COMMENT if act == Act.COMMENT else AMEND) not in permitted(consultation.phases.all(), at):
        raise NotInThisPhase


def _anchor(consultation: Consultation, passage: Passage, rendition: Rendition) -> Paragraph:
    paragraph = Paragraph.objects.filter(passage=passage, rendition=rendition).first()
    if paragraph is None or passage.version_id != consultation.version_id:
        raise Incomplete("", _("This paragraph does not belong to the text that people are asked about."))
    return paragraph


def check_asked(consultation: Consultation, verb: str, by: Viewer, at: datetime) -> None:
    """Raise NotAllowed with the reason unless the consultation asks this person for this at the moment."""
    phases = list(consultation.phases.all())
    if verb in permits_for(by, phases, audience=consultation.audience, at=at):
        return
    if not is_asked(consultation.audience, by):
        raise NotAllowed(_("This consultation asks %(who)s.") % {"who": consultation.get_audience_display()})
    asked = [phase for phase in phases if verb in permitted([phase], at)]
    if not asked:
        raise NotInThisPhase
    raise NotAllowed(_("This phase asks %(who)s.") % {"who": asked[0].get_who_display()}
                     if not is_asked(asked[0].who, by) else _("This is for people who have signed in."))


def words_of(act: str, wording: str, why: str, read: str) -> tuple[str, str]:
    """Return wording and reason as they are kept: clean, and without a wording where the act has none."""
    wording, why = clean(wording), clean(why)
    untouched = " ".join(wording.split()) == " ".join(read.split())
    if act in (Act.COMMENT, Act.KEEP) or (act == Act.DELETE and untouched):
        wording = ""
    return wording, why


def check_words(act: str, strength: str, wording: str, why: str, read: str) -> None:
    if act == Act.COMMENT and not why:
        raise Incomplete("why", _("Write your comment."))
    if act != Act.COMMENT and strength not in Strength.values:
        raise Incomplete("strength", _("Choose how important it is."))
    if len(why) > MOST_WHY:
        raise Incomplete("why", _("Too long by %(n)d characters.") % {"n": len(why) - MOST_WHY})
    added = [words for sign, words in redline(read, wording) if sign == "+"] if act == Act.DELETE and wording else []
    # Words struck between two spaces leave other spaces behind; that puts nothing in.
    if any(words.strip() for words in added):
        raise Incomplete("wording", _("You put words in as well. Choose Change, or only take words away."))
    if act not in (Act.ADD, Act.CHANGE):
        return
    if not wording:
        raise Incomplete("wording", _("Write the paragraph as it should read. If it should go, choose Delete."))
    if len(wording) > most_wording(read):
        raise Incomplete("wording", _("Too long by %(n)d characters.") % {"n": len(wording) - most_wording(read)})
    if " ".join(wording.split()) == " ".join(read.split()):
        raise Incomplete("wording", _("These are the words of the paragraph. Change them, or choose Keep."))


def clean(text: str) -> str:
    """Return typed words in NFC with plain line ends."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
