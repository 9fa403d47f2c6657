"""What comes from other platforms: the file, how far its reading is, what of it was left out."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tribune.common.ids import new_id
from tribune.people.models import User

from .choices import DataKind, DataState


class DataImport(models.Model):
    """One conversation or list of statements brought in by an officer; statements point back at it.

    `key` makes the random ids of its voices, so that a reading that was cut off can be taken up without a voice
    counting twice.
    """

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    consultation = models.ForeignKey("listen.Consultation", on_delete=models.CASCADE, related_name="data_imports")
    kind = models.CharField(max_length=10, choices=DataKind.choices, blank=True)
    state = models.CharField(max_length=9, choices=DataState.choices, default=DataState.WAITING)
    file = models.FileField(upload_to="data/")
    file_names = models.JSONField(default=list)
    size = models.PositiveBigIntegerField(default=0)
    source = models.CharField(_("where it comes from"), max_length=200)
    licence = models.CharField(_("licence and who is to be named"), max_length=300, blank=True)
    sent_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField()
    # When the worker was last heard of: one that died leaves its file to the next.
    seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    n_done = models.PositiveBigIntegerField(default=0)
    n_total = models.PositiveBigIntegerField(default=0)
    # Why it was refused, as a code of `exchange.words`.
    code = models.CharField(max_length=30, blank=True)
    # {"statements", "voices", "votes", "replaced", "n_bad", "notices": [code], "bad": [[file, line, code, what]]}
    report = models.JSONField(default=dict)
    key = models.CharField(max_length=32, editable=False)

    class Meta:
        indexes = [models.Index(fields=["state", "sent_at"])]
