"""The drafting table: each sentence with its support, what is missing to it, and what it lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from tribune.engine.compose import Counts, Excess, claims, excesses
from tribune.listen.choices import ContributionState
from tribune.listen.models import Contribution
from tribune.listen.word_limits import n_words
from tribune.people.choices import MandateLevel
from tribune.people.models import Mandate
from tribune.people.rules import Viewer
from tribune.submit.models import Revision, Section, Sentence, SentenceSource, Submission
from tribune.submit.participation import n_took_part
from tribune.synthesise.choices import Stance
from tribune.synthesise.queries import Voice
from tribune.synthesise.rules import Support, support
from tribune.watch.queries import visible_versions

from ._signatures import staying_out


@dataclass(slots=True)
class Quote:
    """A source as the page shows it: the contribution, its words, and the span that carries the sentence.

    `lost`: taken back, or a city stays out of the sentence; `hidden`: counted, not for this viewer to read.
    """

    contribution: Contribution
    text: str
    span: tuple[int, int]
    lost: bool = False
    hidden: bool = False
    lost_at: datetime | None = None
    stays_out: bool = False
    level: str = ""

    @property
    def marks(self) -> list[tuple[int, int, str]]:
        start, end = self.span
        # All of a short answer carries the sentence: marking every word would mark none.
        return [] if (start, end) == (0, len(self.text)) else [(start, end, "match")]


@dataclass(frozen=True, slots=True)
class Missing:
    """What an amber sentence lacks: the claim as written, its kind, how many the claim needs and how many there are."""

    code: str
    words: str
    said: int
    otherwise: int
    took_part: int
    number: int | None = None
    whole: int | None = None


@dataclass(slots=True)
class Row:
    """A sentence with all that stands behind it. `agreed` of `voted` people for one that stands on votes."""

    sentence: Sentence
    for_it: list[Quote] = field(default_factory=list)
    against: list[Quote] = field(default_factory=list)
    lost: list[Quote] = field(default_factory=list)
    support: Support = field(default_factory=Support)
    opposition: Support = field(default_factory=Support)
    excesses: tuple[Excess, ...] = ()
    missing: list[Missing] = field(default_factory=list)
    agreed: int = 0
    voted: int = 0

    @property
    def spans(self) -> list[tuple[int, int, str]]:
        # A sentence that nobody carries has no words that go too far: all of it does, and the chip says so.
        return [(excess.start, excess.end, "warn") for excess in self.excesses if excess.code != "unsupported"]

    @property
    def n_voices(self) -> int:
        return len(self.for_it)

    @property
    def n_published(self) -> int:
        return sum(not quote.hidden for quote in self.for_it)

    @property
    def was(self) -> Support:
        """Who carried it before something was lost."""
        return support(_voices(self.for_it + [quote for quote in self.lost if not quote.stays_out]))

    @property
    def lost_on(self) -> datetime | None:
        """When it last lost support."""
        return max((quote.lost_at for quote in self.lost if quote.lost_at), default=None)


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

    @property
    def main(self) -> list[Row]:
        return [row for row in self.rows if not row.sentence.is_minority]

    @property
    def minority(self) -> list[Row]:
        return [row for row in self.rows if row.sentence.is_minority]


def words_of(sentence: Sentence, language: str) -> str:
    """Return a sentence in a language, or in the one it was written in."""
    return sentence.texts.get(language) or sentence.text


def table(submission: Submission, *, language: str = "", viewer: Viewer | None = None, on: date | None = None,
          taken_only: bool = False, sentences: Sequence[Sentence] | None = None) -> list[Part]:
    """Return the sections with their sentences, in seven queries at most however many there are.

    `language` chooses the words of a translation where there is one; claims are judged in that language. Words that
    `viewer` may not read are counted and not shown (all are, without a viewer: pages ask `submission_for` first).
    `on` is the day on which mandates must be valid: of sending, else today. `taken_only` leaves proposals out.
    `sentences` are all of them with ask and statement, for who has read them already.
    """
    language = language or submission.language
    day = on or (submission.sent_at.date() if submission.sent_at else timezone.now().date())
    sections = list(submission.sections.order_by("order"))
    if sentences is None:
        sentences = list(Sentence.objects.filter(section__in=sections).select_related("ask", "statement")
                         .order_by("is_minority", "order", "pk"))
    if taken_only:
        sentences = [sentence for sentence in sentences if not sentence.is_proposal]
    sources: dict[int, list[SentenceSource]] = defaultdict(list)
    found = list(SentenceSource.objects.filter(sentence__in=sentences)
                 .select_related("contribution__city", "contribution__passage", "contribution__consultation")
                 .order_by("pk"))
    for source in found:
        sources[source.sentence_id].append(source)
    readable = None
    if viewer is not None and found:
        spoken_on = {pk for source in found if (pk := version_of(source.contribution)) is not None}
        readable = set(visible_versions(viewer).filter(pk__in=spoken_on).values_list("pk", flat=True))
    view = _View(n_took_part(submission), language, staying_out(submission), readable,
                 _levels([source.contribution for source in found], day),
                 (submission.consultation.frozen or {}).get("statements", {}) if submission.consultation else {})
    rows: dict[int, list[Row]] = defaultdict(list)
    for sentence in sentences:
        rows[sentence.section_id].append(_row(sentence, sources[sentence.pk], view))
    return [Part(section, rows[section.pk], sum(n_words(words_of(row.sentence, language)) for row in rows[section.pk]))
            for section in sections]


def version_of(contribution: Contribution) -> int | None:
    """Return the id of the version that a contribution speaks about."""
    return contribution.passage.version_id if contribution.passage else contribution.consultation.version_id


@dataclass(frozen=True, slots=True)
class _View:
    took_part: int
    language: str
    out: dict[int, set[int]]
    readable: set[int] | None
    levels: dict[int, str]
    votes: dict[str, list[int]]

    def hides(self, contribution: Contribution) -> bool:
        if self.readable is None:
            return False
        version = version_of(contribution)
        return version is not None and version not in self.readable


def _levels(contributions: Iterable[Contribution], on: date) -> dict[int, str]:
    """Return what stands behind each contribution (by its id) on a day: an ended mandate is a service's word."""
    found = {row.public_id: row for row in contributions}
    ended = set(Mandate.objects.filter(position__in=found, valid_until__lt=on).values_list("position", flat=True))
    return {row.pk: MandateLevel.SERVICE if public_id in ended else row.level for public_id, row in found.items()}


def _row(sentence: Sentence, sources: Iterable[SentenceSource], view: _View) -> Row:
    row = Row(sentence)
    out = view.out.get(sentence.pk, set())
    for source in sources:
        contribution = source.contribution
        left = contribution.city_id is not None and contribution.city_id in out
        lost = contribution.state != ContributionState.PUBLISHED or left
        hidden = not lost and view.hides(contribution)
        # Words that were taken back are not shown again here.
        text = "" if lost or hidden else getattr(contribution, source.field)
        quote = Quote(contribution, text, (min(source.start, len(text)), min(source.end, len(text))), lost, hidden,
                      source.lost_at, left, view.levels.get(contribution.pk, contribution.level))
        where = row.lost if lost else row.for_it if source.stance == Stance.FOR else row.against
        if not lost or source.stance == Stance.FOR:
            where.append(quote)
    row.support, row.opposition = support(_voices(row.for_it)), support(_voices(row.against))
    text = words_of(sentence, view.language)
    counts = Counts(row.support.governments, row.opposition.governments, max(view.took_part, row.support.governments))
    if not row.support.governments and row.support.people:
        counts = Counts(row.support.people, row.opposition.people, view.took_part + row.support.people)
    if sentence.statement is not None:
        agreed, passed, disagreed = view.votes.get(sentence.statement.public_id, (0, 0, 0))
        row.agreed, row.voted = agreed, agreed + passed + disagreed
        if not row.for_it:
            counts = Counts(agreed, disagreed, row.voted)
    row.excesses = excesses(text, view.language, counts)
    row.missing = [_missing(text, view.language, excess, counts) for excess in row.excesses]
    return row


def _missing(text: str, language: str, excess: Excess, counts: Counts) -> Missing:
    claim = next((claim for claim in claims(text, language) if claim.start == excess.start), None)
    return Missing(excess.code, text[excess.start:excess.end] if excess.code != "unsupported" else "", counts.said,
                   counts.otherwise, counts.took_part, claim.number if claim else None, claim.whole if claim else None)


def _voices(quotes: Iterable[Quote]) -> list[Voice]:
    return [Voice(quote.contribution.city_id, quote.contribution.city.kind if quote.contribution.city else "",
                  quote.level or quote.contribution.level) for quote in quotes]


def history_of(submission: Submission, public_id: str = "", *, most: int = 50) -> list[Revision]:
    """Return what was done at the table, or to one sentence, newest first."""
    rows = Revision.objects.filter(submission=submission).select_related("by", "section").order_by("-pk")
    return list((rows.filter(sentence=public_id) if public_id else rows)[:most])
