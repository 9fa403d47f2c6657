"""Tables of mentions that a reader reports as missed, and of what then changed in the count."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tribune.common.ids import new_id


class ReportState(models.TextChoices):
    OPEN = "open", _("waits for an officer")
    TAKEN = "taken", _("counted now")
    DECLINED = "declined", _("not counted")


class MentionReport(models.Model):
    """Words of a paragraph that a reader takes for a local or regional government, and what an officer decided.

    Nothing is kept of who reported it. A report that was decided is the dated note on the figure.
    """

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    paragraph = models.ForeignKey("watch.Paragraph", on_delete=models.CASCADE, related_name="reports")
    # The paragraph's words when it was reported; the same words are looked for when it is decided.
    words = models.CharField(max_length=200)
    note = models.CharField(max_length=500, blank=True)
    reported_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ReportState.choices, default=ReportState.OPEN)
    reason = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True)
    # "6 of 131" before and after.
    n_before = models.PositiveIntegerField(null=True)
    n_after = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["reported_at", "id"]
        indexes = [models.Index(fields=["state", "reported_at"])]
