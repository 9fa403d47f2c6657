"""Themes of a process: what was found, what an officer decided, and the vectors that need not be made twice."""

from django.db import models

from tribune.common.ids import new_id
from tribune.people.models import Organisation, User
from tribune.watch.models import Process

from .choices import ReadingState, ThemeAct


class ThemesReading(models.Model):
    """One look for themes in what was published in a process; `found` is `engine.themes.to_json`.

    `texts` has the digest of each text as it was read, by the public id of its contribution: what was changed or
    withdrawn since is not quoted. The latest that is ready is shown.
    """

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="themes_readings")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=7, choices=ReadingState.choices, default=ReadingState.WAITING)
    # Which step it is at, and how much of that is done.
    step = models.CharField(max_length=10, blank=True)
    n_done = models.PositiveIntegerField(default=0)
    n_of = models.PositiveIntegerField(default=0)
    n_texts = models.PositiveIntegerField(default=0)
    texts = models.JSONField(default=dict)
    found = models.JSONField(null=True)
    # What she had decided when it began; 0 where nothing was.
    decision_id = models.PositiveBigIntegerField(default=0)
    asked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["process", "state"]), models.Index(fields=["state", "asked_at"])]


class ThemesDecision(models.Model):
    """One act of an officer on the themes of a process, and all that is decided after it; `undone_at` takes it back."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="themes_decisions")
    act = models.CharField(max_length=7, choices=ThemeAct.choices)
    # What it was about, as people read it in the history.
    words = models.CharField(max_length=300, blank=True)
    # {"themes": {key: {"label", "members"}}, "loose": [public ids]}
    decided = models.JSONField()
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["process", "undone_at"])]


class NameProposal(models.Model):
    """A name that a language model was asked for, for one theme of a reading, or why it gave none."""

    reading = models.ForeignKey(ThemesReading, on_delete=models.CASCADE, related_name="names")
    theme = models.CharField(max_length=60)
    state = models.CharField(max_length=7, choices=ReadingState.choices, default=ReadingState.WAITING)
    label = models.CharField(max_length=80, blank=True)
    why = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reading", "theme"], name="one_name_a_theme")]
        indexes = [models.Index(fields=["state", "asked_at"])]


class Vector(models.Model):
    """What a text means as numbers, by the digest of model and text; never which text. May be forgotten any time."""

    key = models.CharField(max_length=64, primary_key=True)
    value = models.BinaryField()
    kept_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["kept_on"])]
