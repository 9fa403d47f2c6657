"""Answers from outside: a file is brought in, looked through, and what a person chose becomes contributions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tribune.common import journal
from tribune.common.mail import queue
from tribune.common.outbox import announce
from tribune.common.reading import Limits, in_child
from tribune.common.refusals import NotAllowed
from tribune.engine.align import redline
from tribune.engine.text import language_of
from tribune.engine.types import Unreadable
from tribune.people import tokens
from tribune.people.choices import MandateLevel
from tribune.people.models import City
from tribune.people.queries import delegates_of
from tribune.people.rules import Viewer, may_write_for_city
from tribune.watch.models import Paragraph, Rendition

from ..choices import Act, ContributionState, IntakeKind, IntakeState, ItemState, Strength
from ..events import CONTRIBUTION_MADE
from ..models import Consultation, Contribution, Intake, IntakeItem, Question
from ..placing import Place, place, without_label
from ..refusals import ConsultationClosed, Incomplete, NotWaiting
from ..rules import is_open, may_prepare
from ..twins import plain
from ._answers import answer_question, check_answer
from ._contributions import RECEIPT, UNKNOWN_LANGUAGE, check_words, contribute, words_of

_TASK = "tribune.listen.outside:read_answers"
_KINDS = {"eml": IntakeKind.MAIL, "docx": IntakeKind.WORD, "csv": IntakeKind.TABLE, "tsv": IntakeKind.TABLE,
          "json": IntakeKind.NOTES, "jsonld": IntakeKind.NOTES}
# A receipt is made slowly on purpose; a mail that lists more would not be read.
_RECEIPTS = 10


@dataclass(frozen=True, slots=True)
class ItemGiven:
    """What a person decided about one answer; one without `take` is left out."""

    take: bool
    paragraph: str = ""
    question: str = ""
    city: City | None = None
    act: str = Act.COMMENT
    strength: str = Strength.SHOULD
    wording: str = ""
    why: str = ""


def bring_in(*, consultation: Consultation, data: bytes, file_name: str, by: Viewer, at: datetime,
             city: City | None = None, rendition: Rendition | None = None) -> Intake:
    """Read a file in a child process, keep the original, and return what was found, to be looked through.

    Officers bring answers of anybody; with `city`, its own people bring what colleagues wrote, and nobody else sees
    it. Raises NotAllowed, ConsultationClosed, NotWaiting for a file that is there already, Incomplete("file") when
    it cannot be read.
    """
    _check_bringer(consultation, city, by, at)
    digest = hashlib.sha256(data).hexdigest()
    twin = Intake.objects.filter(consultation=consultation, city=city, sha256=digest).exclude(
        state=IntakeState.LEFT).first()
    if twin is not None:
        raise NotWaiting(_("This file was brought in already, as “%(name)s”.") % {"name": twin.file_name})
    file_name = file_name.rpartition("/")[2][-200:] or "file"
    try:
        told = in_child(_TASK, data, {"name": file_name}, Limits(file_bytes=25_000_000, wall_seconds=30, cpu_seconds=20,
                                                                  output_bytes=30_000_000))
    except Unreadable as refusal:
        raise Incomplete("file", f"{refusal.what} {refusal.do}".strip()) from refusal
    return _keep(told, consultation=consultation, city=city, rendition=rendition, data=data, digest=digest,
                 file_name=file_name, by=by, at=at)


@transaction.atomic
def take_in(*, intake: Intake, given: Mapping[int, ItemGiven], by: Viewer, at: datetime) -> list[Contribution]:
    """Turn the chosen answers (by primary key of the item) into contributions and return them.

    Of those given, what is not taken is left out; what is not given is still to be looked through.

    An officer's wait for a moderator, marked with how they arrived; each sender is asked by mail to confirm, and the
    delegates of a city that was named are told. A city's own stay inside it as its colleagues' proposals. All or
    none: raises NotAllowed, ConsultationClosed, NotWaiting, or Incomplete("item-<key>").
    """
    found = (Intake.objects.select_for_update(of=("self",)).select_related("consultation__version", "city")
             .get(pk=intake.pk))
    _check_bringer(found.consultation, found.city, by, at)
    if found.state != IntakeState.PREVIEW:
        raise NotWaiting(_("This file was looked through already."))
    made = []
    decided = list(found.items.filter(state=ItemState.FOUND, pk__in=list(given)))
    for item in decided:
        chosen = given[item.pk]
        if not chosen.take:
            item.state = ItemState.LEFT
            item.save(update_fields=["state"])
            continue
        try:
            item.contribution = _take_one(found, item, chosen, by=by, at=at)
        except Incomplete as refusal:
            raise Incomplete(f"item-{item.pk}", str(refusal)) from refusal
        item.state, item.city = ItemState.TAKEN, item.contribution.city
        item.passage, item.question = item.contribution.passage, item.contribution.question
        item.save(update_fields=["state", "contribution", "city", "passage", "question"])
        made.append(item.contribution)
    if not found.items.filter(state=ItemState.FOUND).exists():
        found.state, found.taken_at = IntakeState.TAKEN, at
        found.save(update_fields=["state", "taken_at"])
    journal.record("answers_taken_in", by=by.public_id, thing=found.public_id, at=at)
    if found.city is None and made:
        _ask_senders(found, [item for item in decided if item.state == ItemState.TAKEN], at=at)
        _tell_cities(found, made, at=at)
    return made


@transaction.atomic
def leave_out(*, intake: Intake, by: Viewer, at: datetime) -> Intake:
    """Leave a whole file out: what was found in it and the original are erased; that it was there stays."""
    found = Intake.objects.select_for_update(of=("self",)).select_related("consultation", "city").get(pk=intake.pk)
    _check_bringer(found.consultation, found.city, by, None)
    if found.state != IntakeState.PREVIEW:
        raise NotWaiting(_("This file was looked through already."))
    found.items.all().delete()
    name = found.file.name
    found.file, found.sender, found.sender_name, found.subject = "", "", "", ""
    found.state, found.warnings = IntakeState.LEFT, []
    found.save()
    if name:
        storage = Intake._meta.get_field("file").storage
        transaction.on_commit(lambda: storage.delete(name))
    journal.record("answers_left_out", by=by.public_id, thing=found.public_id, at=at)
    return found


def _check_bringer(consultation: Consultation, city: City | None, by: Viewer, at: datetime | None) -> None:
    if city is not None:
        if not may_write_for_city(by, city.pk):
            raise NotAllowed(_("You do not write for %(city)s. Ask one of its delegates to invite you.")
                             % {"city": city})
    elif not may_prepare(by, consultation.organisation_id):
        raise NotAllowed(_("Only an officer of this organisation brings answers in."))
    if at is not None and not is_open(consultation, at):
        raise ConsultationClosed


@transaction.atomic
def _keep(told: dict[str, Any], *, consultation: Consultation, city: City | None, rendition: Rendition | None,
          data: bytes, digest: str, file_name: str, by: Viewer, at: datetime) -> Intake:
    kind = _KINDS.get(file_name.lower().rpartition(".")[2], IntakeKind.MAIL)
    sent = parse_datetime(str(told["sent_at"])) if told["sent_at"] else None
    intake = Intake(
        consultation=consultation, city=city, kind=kind, file_name=file_name, sha256=digest,
        sender=_address(str(told["sender"])), sender_name=str(told["sender_name"])[:200],
        subject=str(told["subject"])[:300], sent_at=sent if sent and sent.tzinfo else None, brought_by_id=by.user_id,
        made_at=at, warnings=[{"code": str(code), "message": str(words)[:500]} for code, words in told["warnings"]])
    intake.file.save(f"{digest[:16]}.bin", ContentFile(data), save=False)
    intake.save()
    _keep_items(intake, told["items"], rendition)
    journal.record("answers_brought_in", by=by.public_id, thing=intake.public_id, at=at)
    return intake


def _keep_items(intake: Intake, items: Sequence[dict[str, Any]], rendition: Rendition | None) -> None:
    consultation = intake.consultation
    paragraphs = {row.passage.uid: row for row in Paragraph.objects.filter(rendition=rendition)
                  .exclude(kind="heading").select_related("passage").order_by("order")} if rendition else {}
    places = [Place(uid, row.passage.path, row.number, row.label, row.text) for uid, row in paragraphs.items()]
    questions = list(consultation.questions.all())
    # Public names of cities only: nothing is guessed from the address of a sender.
    cities = {plain(name): row for row in City.objects.all() for name in (row.name, *row.names.values())} \
        if intake.city is None else {}
    there = _said_already(intake)
    seen: dict[tuple[str, str], IntakeItem] = {}
    for order, row in enumerate(items, start=1):
        said = str(row["paragraph"])
        question = _question(said, questions)
        placed = None if question or said.startswith("question ") else place(said, str(row["read_text"]), places)
        read = placed.place if placed else None
        item = IntakeItem(
            intake=intake, order=order, place=str(row["place"])[:200], said_paragraph=said[:200],
            said_city=str(row["city"])[:200], said_by=str(row["by"])[:200], sender=_address(str(row["sender"])),
            act=row["act"] if row["act"] in Act.values else Act.COMMENT,
            strength=row["strength"] if row["strength"] in Strength.values else "",
            language=str(row["language"])[:10], read_text=str(row["read_text"]), why=str(row["why"]),
            wording=without_label(str(row["wording"]), read.label if read else ""), question=question,
            passage=paragraphs[read.uid].passage if read else None,
            city=cities.get(plain(str(row["city"]))) if row["city"] else None)
        item.act = _act_of(item, read.text if read else item.read_text)
        key = _key(read.path if read else f"q{question.pk}" if question else "", f"{item.wording} {item.why}")
        item.twin, item.twin_item = there.get(key), seen.get(key)
        item.save()
        seen.setdefault(key, item)


def _act_of(item: IntakeItem, read: str) -> str:
    # Tracked changes say what was struck and put in; only then is it an addition or a deletion.
    if item.act != Act.CHANGE or not read or not item.wording:
        return item.act
    signs = {sign for sign, words in redline(read, item.wording) if words.strip()}
    if "-" not in signs and "+" in signs:
        return Act.ADD
    return Act.DELETE if "+" not in signs and "-" in signs else Act.CHANGE


def _said_already(intake: Intake) -> dict[tuple[str, str], Contribution]:
    rows = Contribution.objects.filter(consultation=intake.consultation).exclude(
        state=ContributionState.WITHDRAWN).select_related("passage")
    # An officer does not learn from a twin what a city keeps inside.
    rows = rows.filter(city=intake.city) if intake.city else rows.exclude(
        state__in=(ContributionState.INNER, ContributionState.ASIDE))
    found: dict[tuple[str, str], Contribution] = {}
    for row in rows.order_by("pk"):
        where = row.passage.path if row.passage else f"q{row.question_id}" if row.question_id else ""
        found.setdefault(_key(where, f"{row.wording} {row.why}"), row)
    return found


def _key(where: str, words: str) -> tuple[str, str]:
    return where, plain(words)


def _question(said: str, questions: Sequence[Question]) -> Question | None:
    if not said.startswith("question "):
        return None
    named = said.removeprefix("question ").strip()
    if named.isdecimal():
        return next((row for row in questions if row.order == int(named)), None)
    wanted = plain(named)
    return next((row for row in questions if wanted and plain(row.text) == wanted), None)


def _address(words: str) -> str:
    try:
        validate_email(words)
    except ValidationError:
        return ""
    return words.lower()


def _take_one(intake: Intake, item: IntakeItem, chosen: ItemGiven, *, by: Viewer, at: datetime) -> Contribution:
    consultation = intake.consultation
    question = consultation.questions.filter(public_id=chosen.question).first() if chosen.question else None
    paragraph = None
    if chosen.paragraph:
        version = consultation.version
        paragraph = (Paragraph.objects.filter(passage__version=version, passage__path=chosen.paragraph)
                     .select_related("passage", "rendition").order_by("rendition_id").first()) if version else None
        if paragraph is None:
            raise Incomplete("", _("This paragraph is not in the text. Choose another."))
    language = item.language or language_of(chosen.why or chosen.wording) or UNKNOWN_LANGUAGE
    if intake.city is not None:
        if question is not None:
            made, _none = answer_question(question=question, text=chosen.why, by=by, at=at, language=language,
                                          city=intake.city)
        elif paragraph is not None:
            made, _none = contribute(
                consultation=consultation, passage=paragraph.passage, rendition=paragraph.rendition, act=chosen.act,
                strength=chosen.strength, wording=chosen.wording, why=chosen.why, by=by, at=at, language=language,
                city=intake.city, origin=intake.kind)
        else:
            raise Incomplete("", _("Choose the paragraph or the question that it answers."))
        return made
    return _made_by_officer(intake, chosen, question, paragraph, language, by=by, at=at)


def _made_by_officer(intake: Intake, chosen: ItemGiven, question: Question | None, paragraph: Paragraph | None,
                     language: str, *, by: Viewer, at: datetime) -> Contribution:
    act, wording, why = chosen.act, chosen.wording, chosen.why
    if paragraph is not None:
        wording, why = words_of(act, wording, why, paragraph.text)
        check_words(act, chosen.strength, wording, why, paragraph.text)
    elif question is not None:
        act, wording = Act.COMMENT, ""
        check_answer(question, why)
    else:
        raise Incomplete("", _("Choose the paragraph or the question that it answers."))
    made = Contribution.objects.create(
        consultation=intake.consultation, city=chosen.city, passage=paragraph.passage if paragraph else None,
        rendition=paragraph.rendition if paragraph else None, question=question,
        text_sha256=paragraph.sha256 if paragraph else "", read_text=paragraph.text if paragraph else "", act=act,
        strength="" if act == Act.COMMENT else chosen.strength, wording=wording, why=why, language=language,
        level=MandateLevel.PERSONAL, state=ContributionState.WAITING, origin=intake.kind, made_at=at)
    journal.record("answer_taken_in", by=by.public_id, thing=made.public_id, at=at)
    announce(CONTRIBUTION_MADE, at=at, contribution=made.pk)
    return made


def _ask_senders(intake: Intake, items: Sequence[IntakeItem], *, at: datetime) -> None:
    consultation = intake.consultation
    for address in dict.fromkeys(item.sender or intake.sender for item in items):
        theirs = [item for item in items if (item.sender or intake.sender) == address and item.contribution]
        if not address or not theirs:
            continue
        receipts = [tokens.make_receipt(purpose=RECEIPT, thing=item.contribution.public_id, at=at)
                    for item in theirs[:_RECEIPTS] if item.contribution is not None]
        known = {code for code, _name in settings.LANGUAGES}
        language = theirs[0].language if theirs[0].language in known else "en"
        with translation.override(language):
            body = ngettext(
                "What you sent was taken into a consultation as %(n)d answer:\n\n%(name)s\n%(address)s\n\n"
                "Nothing of it is published before a person has read it.\n",
                "What you sent was taken into a consultation as %(n)d answers:\n\n%(name)s\n%(address)s\n\n"
                "Nothing of it is published before a person has read it.\n", len(theirs)) % {
                    "n": len(theirs), "name": consultation,
                    "address": settings.BASE_URL + reverse("listen:consultation", args=[consultation.slug])}
            body += "\n" + _("If you did not send it, or it is not right, say so to %(contact)s. With these receipts "
                             "you can see what became of it, or delete it, at %(where)s:") % {
                                 "contact": consultation.contact,
                                 "where": settings.BASE_URL + reverse("listen:receipt")} + "\n\n"
            body += "\n".join(receipts) + "\n"
            queue(to=address, at=at, language=language, body=body,
                  reason=f"intake:{intake.public_id}:{theirs[0].order}",
                  subject=_("Your answer has arrived: %(name)s") % {"name": consultation})


def _tell_cities(intake: Intake, made: Sequence[Contribution], *, at: datetime) -> None:
    for city in dict.fromkeys(row.city for row in made if row.city is not None):
        for person in delegates_of(city):
            with translation.override(person.language):
                queue(to=person.email, at=at, language=person.language, reason=f"intake:{intake.public_id}:{city.pk}",
                      subject=_("An answer arrived in the name of %(city)s") % {"city": city},
                      body=_("An officer took an answer that arrived by mail or as a file into “%(name)s” in the name "
                             "of %(city)s. It counts as a personal answer, without a mandate. Your desk has it, and "
                             "you can take it back there:\n%(desk)s\n") % {
                                 "name": intake.consultation, "city": city,
                                 "desk": settings.BASE_URL + reverse("listen:city_desk", args=[city.slug])})
