"""Sentences proposed by rule from asks and from statements that people agree on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from tribune.engine.compose import Counts, propose, propose_from_votes
from tribune.listen.models import Question, Statement
from tribune.people.rules import Viewer
from tribune.submit.models import Section, Submission
from tribune.submit.participation import n_took_part
from tribune.submit.rules import MOST_LETTERS
from tribune.synthesise.choices import Stance
from tribune.synthesise.models import Ask
from tribune.synthesise.queries import behind, counted_sources

from ._drafting import add_sentence
from ._held import held_for_drafting

# A statement unites when two thirds of all who voted on it agree, and at least so many did. Own convention.
AGREED_SHARE = 2 / 3
LEAST_VOTES = 5


@transaction.atomic
def propose_sentences(*, submission: Submission, by: Viewer, at: datetime, ask: Ask | None = None,
                      section: Section | None = None) -> int:
    """Add a proposed sentence for each ask, and each statement that unites, that no sentence carries yet.

    Returns how many. `engine.compose` says what the counts bear and no more; a person takes, rewrites or removes
    each. Asks whose sources answered a guiding question go to that question's section, others to the last one.
    With `ask`, that one alone; with `section`, into that section.
    """
    sections = list(submission.sections.order_by("order"))
    held_for_drafting(sections[-1], by)
    asks = list(Ask.objects.filter(process_id=submission.process_id, organisation_id=submission.organisation_id)
                .exclude(sentences__section__submission=submission).order_by("number"))
    if ask is not None:
        asks = [one for one in asks if one.pk == ask.pk]
    counted, took_part, places = behind(asks), n_took_part(submission), _places(asks, sections)
    n = 0
    for one in asks:
        words = one.texts.get(submission.language) or one.text or one.name
        said = counted[one.pk]
        made = propose(words, submission.language, Counts(
            said.for_it.governments, said.against.governments, max(took_part, said.for_it.governments)))
        # Asks that only residents carry are proposed in their own words: nobody is counted in them.
        text = (made.text if made else words)[:MOST_LETTERS]
        add_sentence(section=section or places.get(one.pk, sections[-1]), text=text, ask=one, is_proposal=True, by=by,
                     at=at)
        n += 1
    if ask is not None:
        return n
    for statement, agree, voted in uniting(submission):
        words = statement.translations.get(submission.language) or statement.text
        vote = propose_from_votes(words, submission.language, agree=agree, voted=voted)
        if vote is not None:
            add_sentence(section=sections[-1], text=vote.text, statement=statement, is_proposal=True, by=by, at=at)
            n += 1
    return n


def uniting(submission: Submission) -> list[tuple[Statement, int, int]]:
    """Return (statement, agree, voted) of a closed consultation's statements that unite and stand in no sentence.

    Counts are those that closing froze: open ones move in steps of five and are nobody's yet.
    """
    consultation = submission.consultation
    frozen = (consultation.frozen or {}).get("statements", {}) if consultation else {}
    rows = [(public_id, agree, agree + passed + disagree) for public_id, (agree, passed, disagree) in frozen.items()
            if agree + passed + disagree >= LEAST_VOTES
            and agree >= AGREED_SHARE * (agree + passed + disagree)]
    used = submission.sections.filter(sentences__statement__isnull=False).values("sentences__statement_id")
    found = {statement.public_id: statement for statement in Statement.objects.filter(
        public_id__in=[row[0] for row in rows], consultation=consultation, state="published").exclude(pk__in=used)}
    return sorted(((found[key], agree, voted) for key, agree, voted in rows if key in found),
                  key=lambda row: (-row[1] / row[2], row[0].pk))


def _places(asks: Iterable[Ask], sections: list[Section]) -> dict[int, Section]:
    """Return the section of each ask (by its id) whose sources mostly answered that section's question."""
    by_title = {" ".join(section.title.casefold().split()): section for section in sections}
    texts = dict(Question.objects.filter(answers__asks__ask__in=list(asks)).values_list("pk", "text"))
    votes: dict[int, Counter[int]] = {}
    for ask_id, question_id in (counted_sources().filter(ask__in=list(asks), stance=Stance.FOR,
                                                         contribution__question__isnull=False)
                                .values_list("ask_id", "contribution__question_id")):
        section = by_title.get(" ".join(texts[question_id].casefold().split())[:300])
        if section is not None:
            votes.setdefault(ask_id, Counter())[sections.index(section)] += 1
    return {ask_id: sections[max(found, key=lambda place: (found[place], -place))] for ask_id, found in votes.items()}
