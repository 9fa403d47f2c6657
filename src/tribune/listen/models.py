"""Consultations: phases, contributions on paragraphs, statements and votes."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tribune.common.ids import new_id
from tribune.people.choices import IncomeGroup, MandateLevel, Region
from tribune.people.models import City, Named, Organisation, User
from tribune.watch.models import Passage, Process, Rendition, Version

from .choices import (
    Act,
    ConsultationState,
    ContributionState,
    Origin,
    PhaseKind,
    SizeClass,
    StatementState,
    Strength,
    VoiceOrigin,
    VoteValue,
    VotingMode,
    Who,
)


class Consultation(Named):
    """A question put to cities, services and residents. `name` is its title."""

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    slug = models.SlugField(unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="consultations")
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="consultations")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, blank=True,
                                related_name="consultations")
    introduction = models.TextField(_("introduction"), blank=True)
    introductions = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=8, choices=ConsultationState.choices, default=ConsultationState.PREPARED)
    voting_mode = models.CharField(max_length=10, choices=VotingMode.choices, default=VotingMode.OPEN)
    # A consultation cannot open before all of these are named (GROUND.md, Names, law, honesty).
    controller = models.CharField(_("controller"), max_length=200, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    recipients = models.CharField(_("who receives the answers"), max_length=300, blank=True)
    retention_days = models.PositiveIntegerField(_("kept for, in days"), default=730,
                                                 validators=[MinValueValidator(1)])
    contact = models.EmailField(_("contact"), blank=True)
    moderation_policy = models.TextField(_("moderation policy"), blank=True)
    answer_days = models.PositiveSmallIntegerField(_("a person reads it within, in days"), default=3)
    # Which ready format it was made from; the phases say what holds.
    format = models.CharField(max_length=20, blank=True, editable=False)
    audience = models.CharField(_("who is asked"), max_length=9, choices=Who.choices, default=Who.ANYONE)
    # In which languages the organiser reads answers; empty: in any.
    languages = models.JSONField(_("languages"), default=list, blank=True)
    urgent = models.BooleanField(default=False, editable=False)
    # What a review asks about: the organiser's summary of what was said.
    summary = models.TextField(_("summary of what was said"), blank=True)
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True)
    # What closing froze: {"voices": n, "statements": {public id: [agree, pass, disagree]}}. A later erasure
    # removes rows and leaves these (GROUND.md, Voices).
    frozen = models.JSONField(null=True, blank=True, editable=False)


class Phase(models.Model):
    """A stretch of a consultation that names what it permits; rules ask the phase."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="phases")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=PhaseKind.choices)
    title = models.CharField(_("name"), max_length=120, blank=True)
    # Verbs of `formats.VERBS`, each on its one kind of thing.
    permits = models.JSONField(default=list)
    who = models.CharField(max_length=9, choices=Who.choices, default=Who.ANYONE)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["consultation", "order"], name="one_phase_a_place")]


class Contribution(models.Model):
    """What somebody says about one paragraph. An amendment's `wording` is the paragraph as it should read."""

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="contributions")
    city = models.ForeignKey(City, on_delete=models.PROTECT, null=True, blank=True, related_name="contributions")
    service = models.CharField(max_length=80, blank=True)
    # Empty for guests: they hold a receipt.
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="contributions")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, null=True, related_name="contributions")
    rendition = models.ForeignKey(Rendition, on_delete=models.PROTECT, null=True, related_name="+")
    # An answer to a question of a call stands on no paragraph.
    question = models.ForeignKey("listen.Question", on_delete=models.PROTECT, null=True, related_name="answers")
    # Another one that asks the same and speaks for this one too; this one's city signs it.
    same_as = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="cosigners")
    # SHA-256 of the paragraph's text that was read while writing.
    text_sha256 = models.CharField(max_length=64, blank=True)
    # The words themselves, so that marks stay true when the same version is read again from a corrected file.
    read_text = models.TextField(blank=True, editable=False)
    act = models.CharField(max_length=7, choices=Act.choices)
    strength = models.CharField(max_length=6, choices=Strength.choices, blank=True)
    language = models.CharField(max_length=10)
    wording = models.TextField(_("wording"), blank=True)
    why = models.TextField(_("why"), blank=True)
    level = models.CharField(max_length=14, choices=MandateLevel.choices, default=MandateLevel.PERSONAL)
    state = models.CharField(max_length=9, choices=ContributionState.choices, default=ContributionState.WAITING)
    state_reason = models.TextField(blank=True)
    origin = models.CharField(max_length=10, default="web")
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["consultation", "state"]), models.Index(fields=["passage", "state"])]


class Statement(models.Model):
    """A sentence that people agree or disagree with; at most 200 characters (`statement_text`)."""

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="statements")
    # Wider than 200: one character that a person sees may be several code points.
    text = models.CharField(max_length=1000)
    language = models.CharField(max_length=10)
    translations = models.JSONField(default=dict, blank=True)
    origin = models.CharField(max_length=11, choices=Origin.choices, default=Origin.PARTICIPANT)
    state = models.CharField(max_length=9, choices=StatementState.choices, default=StatementState.WAITING)
    state_reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    # Empty for guests: they hold a receipt. Told by mail, never shown.
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="statements")
    # The file from another platform that brought it.
    came_by = models.ForeignKey("listen.DataImport", on_delete=models.SET_NULL, null=True, related_name="statements")

    class Meta:
        indexes = [models.Index(fields=["consultation", "state"])]


class Voice(models.Model):
    """Somebody who votes: a session, a code, a member or a sheet of paper; holds nothing that says who.

    What somebody chose to say of their place is kept as classes only; the place and the gender are counted apart.
    """

    uid = models.CharField(max_length=32, unique=True)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="voices")
    origin = models.CharField(max_length=6, choices=VoiceOrigin.choices, default=VoiceOrigin.WEB)
    region = models.CharField(max_length=20, choices=Region.choices, blank=True)
    size = models.CharField(max_length=6, choices=SizeClass.choices, blank=True)
    income_group = models.CharField(max_length=14, choices=IncomeGroup.choices, blank=True)
    language = models.CharField(max_length=10, blank=True)


class Vote(models.Model):
    """One voice on one statement; no time is kept (GROUND.md, Voices)."""

    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="votes")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="votes")
    value = models.SmallIntegerField(choices=VoteValue.choices)
    important = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voice", "statement"], name="one_vote_a_voice")]
        indexes = [models.Index(fields=["statement", "value"])]


from .answer_models import (  # noqa: E402  (they name the nouns above)
    EarlierWording,
    Intake,
    IntakeItem,
    Points,
    Question,
    Settlement,
)
from .exchange_models import DataImport  # noqa: E402  (it names the nouns above)
from .voice_models import (  # noqa: E402  (they name the nouns above)
    Appeal,
    CityInvited,
    CodeBatch,
    Headcount,
    ImportedVotes,
    MapSnapshot,
    MemberRoll,
    ModerationEntry,
    PaperBatch,
    PaperSheet,
    Target,
)

__all__ = [
    "Appeal",
    "CityInvited",
    "CodeBatch",
    "Consultation",
    "Contribution",
    "DataImport",
    "EarlierWording",
    "Headcount",
    "ImportedVotes",
    "Intake",
    "IntakeItem",
    "MapSnapshot",
    "MemberRoll",
    "ModerationEntry",
    "PaperBatch",
    "PaperSheet",
    "Phase",
    "Points",
    "Question",
    "Settlement",
    "Statement",
    "Target",
    "Voice",
    "Vote",
]
