"""What belongs to voices: codes, the roll of members, paper, counts apart, targets, moderation in the open, maps."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tribune.common.ids import new_id
from tribune.people.models import City, User

from .choices import Counted, Decision, Dimension, SheetState


class CodeBatch(models.Model):
    """A batch of single-use voting codes, as hashes in two sorted lists.

    A code has no row of its own, so that neither its place, nor an id, nor the transaction that a database keeps
    beside each row can join it to the voice that it became (GROUND.md, Voices).
    """

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    consultation = models.ForeignKey("listen.Consultation", on_delete=models.CASCADE, related_name="code_batches")
    number = models.PositiveIntegerField()
    made_on = models.DateField()
    by_mail = models.BooleanField(default=False)
    unused = models.JSONField(default=list)
    used = models.JSONField(default=list)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["consultation", "number"], name="one_code_batch_a_number")]


class MemberRoll(models.Model):
    """Which members have taken their voice: one sorted list of hashes, for the same reason as in CodeBatch."""

    consultation = models.OneToOneField("listen.Consultation", on_delete=models.CASCADE, related_name="member_roll")
    spoken = models.JSONField(default=list)


class Headcount(models.Model):
    """What people chose to say of themselves and may only be counted: joined to no voice (GROUND.md, law)."""

    consultation = models.ForeignKey("listen.Consultation", on_delete=models.CASCADE, related_name="headcounts")
    what = models.CharField(max_length=6, choices=Counted.choices)
    key = models.CharField(max_length=20)
    n = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consultation", "what", "key"], name="one_headcount_a_key")]


class Target(models.Model):
    """How many voices an officer wants from one part of the world, size, income group or language."""

    consultation = models.ForeignKey("listen.Consultation", on_delete=models.CASCADE, related_name="targets")
    dimension = models.CharField(max_length=12, choices=Dimension.choices)
    key = models.CharField(max_length=20)
    n = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consultation", "dimension", "key"], name="one_target_a_part")]


class CityInvited(models.Model):
    """That a city was asked to take part, so that it is asked once."""

    consultation = models.ForeignKey("listen.Consultation", on_delete=models.CASCADE, related_name="cities_invited")
    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="+")
    invited_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consultation", "city"], name="one_invitation_a_city")]


class PaperBatch(models.Model):
    """Sheets of one workshop, typed in by a clerk."""

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    consultation = models.ForeignKey("listen.Consultation", on_delete=models.CASCADE, related_name="paper_batches")
    number = models.PositiveIntegerField()
    note = models.CharField(_("where and when"), max_length=200, blank=True)
    language = models.CharField(max_length=10, default="en")
    double_entry = models.BooleanField(_("type each sheet twice"), default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["consultation", "number"], name="one_paper_batch_a_number")]


class PaperSheet(models.Model):
    """One answer sheet: its letters (+, -, o and . for each statement printed) and the voice they became."""

    batch = models.ForeignKey(PaperBatch, on_delete=models.CASCADE, related_name="sheets")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=SheetState.choices)
    first = models.JSONField(default=dict)
    second = models.JSONField(null=True)
    voice = models.OneToOneField("listen.Voice", on_delete=models.SET_NULL, null=True, related_name="sheet")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="one_sheet_a_number")]


class ModerationEntry(models.Model):
    """One line of the public log: what was decided, why, on which day, by which role; never the words."""

    consultation = models.ForeignKey("listen.Consultation", on_delete=models.CASCADE, related_name="moderation_log")
    kind = models.CharField(max_length=12)
    thing = models.CharField(max_length=10)
    decision = models.CharField(max_length=9, choices=Decision.choices)
    reason = models.TextField(blank=True)
    role = models.CharField(max_length=14)
    decided_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["consultation", "decided_on"])]


class Appeal(models.Model):
    """Somebody asks that a refusal be read again, with or without saying why."""

    statement = models.OneToOneField("listen.Statement", on_delete=models.CASCADE, related_name="appeal")
    words = models.TextField(blank=True)
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)


class MapSnapshot(models.Model):
    """The opinion map at one moment: what may be shown of it, ready to be drawn (`listen.opinion_map`).

    `part` is "" for all voices, else "region:africa" or "size:small". Open maps are made for each step of voices.
    """

    consultation = models.ForeignKey("listen.Consultation", on_delete=models.CASCADE, related_name="maps")
    part = models.CharField(max_length=30, blank=True)
    made_at = models.DateTimeField()
    n_voices = models.PositiveIntegerField()
    n_votes = models.PositiveIntegerField()
    # Short, for one read of the timeline; `shown` is the page.
    summary = models.JSONField(default=dict)
    shown = models.JSONField(default=dict)
    etag = models.CharField(max_length=16)

    class Meta:
        indexes = [models.Index(fields=["consultation", "part", "made_at"])]


class ImportedVotes(models.Model):
    """What an imported conversation brought that votes do not hold: its columns, summary, history of votes.

    For the officer's export only; times belong to the conversation that was imported, our own votes have none.
    """

    consultation = models.OneToOneField("listen.Consultation", on_delete=models.CASCADE, related_name="imported")
    details = models.BinaryField()
