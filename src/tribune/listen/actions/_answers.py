"""Answers to the questions of a call, and what a review says of the summary."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tribune.common import journal
from tribune.common.outbox import announce
from tribune.common.refusals import NotAllowed
from tribune.engine.text import language_of
from tribune.people import tokens
from tribune.people.choices import MandateLevel
from tribune.people.models import City
from tribune.people.rules import Viewer, may_write_for_city

from ..choices import Act, ContributionState, Strength
from ..events import CONTRIBUTION_MADE
from ..formats import ANSWER, REVIEW
from ..models import Consultation, Contribution, Question
from ..refusals import ConsultationClosed, Incomplete
from ..rules import MOST_WHY, as_a_person, is_open
from ..word_limits import n_words
from ._contributions import RECEIPT, UNKNOWN_LANGUAGE, check_asked, clean

ORIGIN_REVIEW = "review"


@transaction.atomic
def answer_question(*, question: Question, text: str, by: Viewer, at: datetime, language: str = "",
                    city: City | None = None) -> tuple[Contribution, str]:
    """Keep an answer to a question; return it, and the receipt of a guest ("" for others).

    Raises ConsultationClosed, NotAllowed, NotInThisPhase, or Incomplete("why") with how many words are too many.
    """
    consultation = Consultation.objects.get(pk=question.consultation_id)
    _check_open(consultation, city, by, at)
    check_asked(consultation, ANSWER, by if city else as_a_person(by), at)
    text = clean(text)
    check_answer(question, text)
    return _keep(consultation, act=Act.COMMENT, text=text, language=language, by=by, at=at, city=city,
                 question=question, origin="web")


@transaction.atomic
def review_summary(*, consultation: Consultation, right: bool, why: str, by: Viewer, at: datetime,
                   language: str = "", city: City | None = None) -> Contribution:
    """Keep whether somebody finds the organiser's summary right (KEEP), or what it leaves out (COMMENT).

    Raises ConsultationClosed, NotAllowed, NotInThisPhase, Incomplete("why") for a no without a reason.
    """
    consultation = Consultation.objects.get(pk=consultation.pk)
    _check_open(consultation, city, by, at)
    check_asked(consultation, REVIEW, by if city else as_a_person(by), at)
    if not consultation.summary:
        raise Incomplete("", _("The summary is not written yet."))
    why = clean(why)
    if not right and not why:
        raise Incomplete("why", _("Write what is wrong or missing."))
    if len(why) > MOST_WHY:
        raise Incomplete("why", _("Too long by %(n)d characters.") % {"n": len(why) - MOST_WHY})
    made, _receipt = _keep(consultation, act=Act.KEEP if right else Act.COMMENT, text=why, language=language, by=by,
                           at=at, city=city, question=None, origin=ORIGIN_REVIEW)
    return made


def check_answer(question: Question, text: str) -> None:
    """Raise Incomplete("why") for an empty answer or one above the question's limit."""
    if not text:
        raise Incomplete("why", _("Write your answer."))
    over = n_words(text) - question.most_words
    if over > 0:
        raise Incomplete("why", ngettext("Too long by %(n)d word.", "Too long by %(n)d words.", over) % {"n": over})
    if len(text) > 40 * question.most_words + 200:
        raise Incomplete("why", _("These words are longer than words are. Put spaces between them."))


def _check_open(consultation: Consultation, city: City | None, by: Viewer, at: datetime) -> None:
    if not is_open(consultation, at):
        raise ConsultationClosed
    if city is not None and not may_write_for_city(by, city.pk):
        raise NotAllowed(_("You do not write for %(city)s. Ask one of its delegates to invite you.") % {"city": city})


def _keep(consultation: Consultation, *, act: str, text: str, language: str, by: Viewer, at: datetime,
          city: City | None, question: Question | None, origin: str) -> tuple[Contribution, str]:
    service = by.services.get(city.pk, "") if city else ""
    made = Contribution.objects.create(
        consultation=consultation, city=city, service=service, author_id=by.user_id, question=question, act=act,
        strength=Strength.SHOULD if act == Act.KEEP else "", why=text, origin=origin, made_at=at,
        language=language or language_of(text) or UNKNOWN_LANGUAGE,
        level=MandateLevel.SERVICE if service else MandateLevel.PERSONAL,
        state=ContributionState.INNER if city else ContributionState.WAITING)
    receipt = "" if by.is_signed_in else tokens.make_receipt(purpose=RECEIPT, thing=made.public_id, at=at)
    if by.is_signed_in:
        journal.record("contribution_made", by=by.public_id, thing=made.public_id, at=at)
    if city is None:
        announce(CONTRIBUTION_MADE, at=at, contribution=made.pk)
    return made, receipt
