"""Reading submissions: every sentence with who said it, who says otherwise, and whether it says more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.http import Http404

from tribune.engine.compose import Counts, Excess, excesses
from tribune.listen.choices import ContributionState
from tribune.listen.models import Contribution
from tribune.people.models import City
from tribune.people.rules import Viewer
from tribune.synthesise.choices import Stance
from tribune.synthesise.queries import Voice
from tribune.synthesise.rules import Support, support
from tribune.watch.queries import visible_versions

from .actions._signing import current_wording
from .choices import Answer, SubmissionState, Visibility
from .models import Endorsement, Section, Sentence, SentenceSource, Submission
from .rules import counts_as_endorsed, counts_as_mandated, may_draft


def submissions_for(viewer: Viewer) -> QuerySet[Submission]:
    """Return the submissions a viewer may see.

    Handed over: everybody; with the cities for signature: members; in drafting: its officers. One that stands on
    words of a version that the viewer may not see stays hidden as a whole.
    """
    mine = Q(organisation_id__in=viewer.officer_of)
    allowed = mine | Q(state=SubmissionState.SENT)
    if viewer.is_member:
        allowed |= Q(state=SubmissionState.SIGNING)
    hidden = (SentenceSource.objects.filter(contribution__passage__isnull=False)
              .exclude(contribution__passage__version__in=visible_versions(viewer))
              .values("sentence__section__submission_id"))
    hidden_asks = (Sentence.objects.filter(ask__passage__isnull=False)
                   .exclude(ask__passage__version__in=visible_versions(viewer)).values("section__submission_id"))
    return (Submission.objects.filter(allowed).exclude(~mine & (Q(pk__in=hidden) | Q(pk__in=hidden_asks)))
            .select_related("organisation", "process", "call", "consultation"))


def submission_for(viewer: Viewer, slug: str) -> Submission:
    """Return one submission the viewer may see, or raise Http404."""
    submission = submissions_for(viewer).filter(slug=slug).first()
    if submission is None:
        raise Http404
    return submission


def drafting_for(viewer: Viewer, slug: str) -> Submission:
    """Return a submission for its drafting table: its officers only, Http404 for everybody else."""
    submission = submission_for(viewer, slug)
    if not may_draft(viewer, submission.organisation_id):
        raise Http404
    return submission


@dataclass(slots=True)
class Quote:
    """A source as the page shows it: the contribution, its words, and the span that carries the sentence."""

    contribution: Contribution
    text: str
    span: tuple[int, int]
    lost: bool = False

    @property
    def marks(self) -> list[tuple[int, int, str]]:
        start, end = self.span
        # All of a short answer carries the sentence: marking every word would mark none.
        return [] if (start, end) == (0, len(self.text)) else [(start, end, "match")]


@dataclass(slots=True)
class Row:
    """A sentence with all that stands behind it."""

    sentence: Sentence
    for_it: list[Quote] = field(default_factory=list)
    against: list[Quote] = field(default_factory=list)
    lost: list[Quote] = field(default_factory=list)
    support: Support = field(default_factory=Support)
    opposition: Support = field(default_factory=Support)
    excesses: tuple[Excess, ...] = ()

    @property
    def spans(self) -> list[tuple[int, int, str]]:
        return [(excess.start, excess.end, "warn") for excess in self.excesses]


@dataclass(slots=True)
class Part:
    """A section with its sentences and how many words they have."""

    section: Section
    rows: list[Row]
    n_words: int

    @property
    def n_too_many(self) -> int:
        limit = self.section.word_limit
        return max(0, self.n_words - limit) if limit else 0


def table(submission: Submission, *, language: str = "") -> list[Part]:
    """Return the sections with their sentences, in four queries however many there are.

    `language` chooses the words of a translation where there is one; claims are judged in that language.
    """
    language = language or submission.language
    sections = list(submission.sections.order_by("order"))
    sentences = list(Sentence.objects.filter(section__in=sections).select_related("ask").order_by("order", "pk"))
    sources: dict[int, list[SentenceSource]] = defaultdict(list)
    for source in (SentenceSource.objects.filter(sentence__in=sentences)
                   .select_related("contribution__city", "contribution__passage").order_by("pk")):
        sources[source.sentence_id].append(source)
    took_part = n_took_part(submission)
    rows: dict[int, list[Row]] = defaultdict(list)
    for sentence in sentences:
        rows[sentence.section_id].append(_row(sentence, sources[sentence.pk], took_part, language))
    return [Part(section, rows[section.pk], sum(len(words_of(row.sentence, language).split())
                                                for row in rows[section.pk])) for section in sections]


def words_of(sentence: Sentence, language: str) -> str:
    """Return a sentence in a language, or in the one it was written in."""
    return sentence.texts.get(language) or sentence.text


def n_took_part(submission: Submission) -> int:
    """Return how many local and regional governments spoke in the consultation, or in any of the process."""
    spoke = Contribution.objects.filter(state=ContributionState.PUBLISHED, city__isnull=False)
    if submission.consultation_id:
        spoke = spoke.filter(consultation_id=submission.consultation_id)
    else:
        spoke = spoke.filter(consultation__process_id=submission.process_id)
    return spoke.values("city_id").distinct().count()


def _row(sentence: Sentence, sources: Iterable[SentenceSource], took_part: int, language: str) -> Row:
    row = Row(sentence)
    for source in sources:
        contribution = source.contribution
        lost = contribution.state != ContributionState.PUBLISHED
        # Words that were taken back are not shown again here.
        text = "" if lost else getattr(contribution, source.field)
        quote = Quote(contribution, text, (source.start, min(source.end, len(text))), lost)
        where = row.lost if lost else row.for_it if source.stance == Stance.FOR else row.against
        where.append(quote)
    row.support, row.opposition = support(_voices(row.for_it)), support(_voices(row.against))
    counts = Counts(row.support.governments, row.opposition.governments, max(took_part, row.support.governments))
    text = words_of(sentence, language)
    if not row.support.governments and row.support.people:
        counts = Counts(row.support.people, row.opposition.people, took_part + row.support.people)
    row.excesses = excesses(text, language, counts)
    return row


def _voices(quotes: Iterable[Quote]) -> list[Voice]:
    return [Voice(quote.contribution.city_id, quote.contribution.city.kind if quote.contribution.city else "",
                  quote.contribution.level) for quote in quotes]


@dataclass(slots=True)
class Signatures:
    """Who endorses: those that may be named, how many more are only counted, and what does not count and why."""

    named: list[Endorsement] = field(default_factory=list)
    n_not_named: int = 0
    n_endorsed: int = 0
    n_mandated: int = 0
    n_declined: int = 0
    earlier_wording: list[Endorsement] = field(default_factory=list)
    contested: list[Endorsement] = field(default_factory=list)


def signatures(submission: Submission, *, for_addressee: bool = False) -> Signatures:
    """Return the signatures as a page (or, `for_addressee`, the document handed over) may show them."""
    now = current_wording(submission)
    found = Signatures()
    rows = (Endorsement.objects.filter(submission=submission).select_related("city")
            .prefetch_related("stays_out_of").order_by("city__name"))
    shown = {Visibility.PUBLIC, Visibility.ADDRESSEE} if for_addressee else {Visibility.PUBLIC}
    for row in rows:
        if row.answer == Answer.DECLINE:
            found.n_declined += 1
            continue
        if row.contested_at:
            found.contested.append(row)
            continue
        if not counts_as_endorsed(answer=row.answer, wording=row.wording, now=now, contested_at=row.contested_at):
            found.earlier_wording.append(row)
            continue
        found.n_endorsed += 1
        found.n_mandated += counts_as_mandated(row.level)
        if row.visibility in shown:
            found.named.append(row)
        else:
            found.n_not_named += 1
    return found


def stays_out(found: Signatures) -> Counter[int]:
    """Return how many of the named signers stay out of each sentence, by its id."""
    return Counter(sentence.pk for row in found.named for sentence in row.stays_out_of.all())


def cities_without_answer(submission: Submission) -> QuerySet[City]:
    """Return the cities that spoke in the consultation and have not signed or declined."""
    spoke = Contribution.objects.filter(state=ContributionState.PUBLISHED, city__isnull=False,
                                        consultation__process_id=submission.process_id).values("city_id")
    return (City.objects.filter(pk__in=spoke).exclude(endorsements__submission=submission).order_by("name"))


def sentences_on(contribution_id: int) -> QuerySet[Sentence]:
    """Return the sentences that a contribution carries, with their submissions."""
    return Sentence.objects.filter(sources__contribution_id=contribution_id).select_related("section__submission")
