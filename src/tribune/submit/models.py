"""Joint submissions: sections, sentences that keep their sources, endorsements, the hand-over."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tribune.common.ids import new_id
from tribune.listen.models import Consultation, Contribution, Statement
from tribune.people.choices import MandateLevel
from tribune.people.models import City, Named, Organisation, User
from tribune.synthesise.choices import Stance
from tribune.synthesise.models import Ask
from tribune.watch.models import Call, Process

from .choices import Answer, Deed, DraftState, LetterKind, SubmissionState, Visibility


class Submission(Named):
    """One text of several cities. `name` is its title."""

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    slug = models.SlugField(unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="submissions")
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="submissions")
    call = models.ForeignKey(Call, on_delete=models.SET_NULL, null=True, blank=True, related_name="submissions")
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, null=True, blank=True,
                                     related_name="submissions")
    language = models.CharField(max_length=2, default="en")
    # The State, member or accredited organisation entitled to submit it, or "open call" (GROUND.md, Voices).
    entitled = models.CharField(_("who is entitled to submit it"), max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=SubmissionState.choices, default=SubmissionState.DRAFTING)
    sign_until = models.DateTimeField(_("cities sign until"), null=True, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)


class Section(models.Model):
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(_("guiding question or title"), max_length=300)
    titles = models.JSONField(default=dict, blank=True)
    word_limit = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["submission", "order"], name="one_section_a_place")]


class Sentence(models.Model):
    """A sentence knows who said it; what it claims is checked against its sources by rule."""

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="sentences")
    order = models.PositiveIntegerField()
    text = models.TextField()
    texts = models.JSONField(default=dict, blank=True)
    ask = models.ForeignKey(Ask, on_delete=models.SET_NULL, null=True, blank=True, related_name="sentences")
    # A statement that people voted on; its frozen votes carry the sentence.
    statement = models.ForeignKey(Statement, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # Proposed by rule until a person takes it.
    is_proposal = models.BooleanField(default=False)
    # Drafted by a language model, from the words of its sources; a proposal like any other.
    is_from_model = models.BooleanField(default=False)
    # Raised with each edit: an edit made from an older number is merged or refused, not lost.
    edition = models.PositiveIntegerField(default=1)
    # Held by some: it stands under the section's other sentences and says so.
    is_minority = models.BooleanField(default=False)

    class Meta:
        ordering = ["order"]


class SentenceSource(models.Model):
    """The words that carry a sentence: an exact substring of one field of a contribution."""

    sentence = models.ForeignKey(Sentence, on_delete=models.CASCADE, related_name="sources")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="sentences")
    stance = models.CharField(max_length=7, choices=Stance.choices, default=Stance.FOR)
    # "wording" or "why", and half-open offsets into it
    field = models.CharField(max_length=7, default="why")
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    # When the contribution was taken back, or the words it was quoted for were replaced.
    lost_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sentence", "contribution"], name="one_source_a_sentence")]


class Endorsement(models.Model):
    """A city's answer to a submission, confirmed by a fresh code."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="endorsements")
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="endorsements")
    answer = models.CharField(max_length=11, choices=Answer.choices)
    reservation = models.TextField(_("reservation"), blank=True)
    # Sentences this city stays out of.
    stays_out_of = models.ManyToManyField(Sentence, blank=True, related_name="+")
    level = models.CharField(max_length=14, choices=MandateLevel.choices, default=MandateLevel.PERSONAL)
    body = models.CharField(max_length=200, blank=True)
    given_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    visibility = models.CharField(max_length=9, choices=Visibility.choices, default=Visibility.PUBLIC)
    signer_role = models.CharField(_("role of the person who signs"), max_length=120, blank=True)
    signed_at = models.DateTimeField()
    # SHA-256 of all sentences when it was signed: changed later, it was given for an earlier wording.
    wording = models.CharField(max_length=64)
    contested_at = models.DateTimeField(null=True)
    # Given after the day on which signing ended: recorded, and not counted.
    is_late = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "city"], name="one_answer_a_city")]


class Answered(models.Model):
    """Each answer of a city in the order it was given, so that a changed mind is on record."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="answers")
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="+")
    # An Answer, or "contested".
    answer = models.CharField(max_length=11)
    level = models.CharField(max_length=14, choices=MandateLevel.choices, blank=True)
    wording = models.CharField(max_length=64, blank=True)
    is_late = models.BooleanField(default=False)
    # After the hand-over: what was sent stays as sent.
    after_sending = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]


class Asked(models.Model):
    """A city that was asked to sign, and when it was last reminded."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="asked")
    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    # The fewest days before the end for which a reminder went out already.
    reminded_days = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "city"], name="one_asking_a_city")]


class Revision(models.Model):
    """A sentence as it stood after an act: what undo brings back. Sources as ids and offsets, never as words."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="revisions")
    # Public id of the sentence, which may be removed.
    sentence = models.CharField(max_length=10)
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="+")
    deed = models.CharField(max_length=8, choices=Deed.choices)
    edition = models.PositiveIntegerField()
    # text, texts, order, ask, is_proposal, is_minority, sources: [[contribution, stance, field, start, end]]
    kept = models.JSONField()
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["submission", "sentence", "edition"])]


class ModelDraft(models.Model):
    """A sentence that a language model is asked to draft for an ask; why it gave none, if it did not."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="model_drafts")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="+")
    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=7, choices=DraftState.choices, default=DraftState.WAITING)
    why = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "ask"], name="one_draft_an_ask")]
        indexes = [models.Index(fields=["state", "asked_at"])]


class Presence(models.Model):
    """Who has the drafting table open, and which sentence; forgotten after a minute."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    sentence = models.CharField(max_length=10, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "user"], name="one_presence_a_person")]


class SentCopy(models.Model):
    """What was sent, in one language: its words and its digest stay, whatever happens later."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="copies")
    language = models.CharField(max_length=2)
    sha256 = models.CharField(max_length=64)
    # [[name of the file, SHA-256]]
    files = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "language"], name="one_copy_a_language")]


class Letter(models.Model):
    """An organisation's own template of a letter, or of the lines above a language sheet, in one language."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=6, choices=LetterKind.choices, default=LetterKind.LETTER)
    language = models.CharField(max_length=2)
    body = models.TextField()
    edition = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "kind", "language"],
                                               name="one_letter_a_language")]


class FormAnswers(models.Model):
    """The answers to a form that is defined as data (submit/prizes)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="form_answers")
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="form_answers")
    form = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "process", "form"], name="one_answer_a_form")]


class HandOver(models.Model):
    """To whom the submission was handed, and when; private to the organisation."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="hand_overs")
    recipient = models.CharField(_("handed to"), max_length=200)
    handed_on = models.DateField(_("on"))
    note = models.TextField(blank=True)
    # What was handed: the submission, the language sheet or a letter.
    what = models.CharField(max_length=10, choices=LetterKind.choices, default=LetterKind.TEXT)
    country = models.CharField(_("State"), max_length=100, blank=True)
    # The number or words by which the addressee confirmed that it arrived.
    receipt = models.CharField(_("receipt"), max_length=200, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
