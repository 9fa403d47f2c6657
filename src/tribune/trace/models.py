"""What became of each ask in each new text; the ledger."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tribune.common.ids import new_id
from tribune.people.models import User
from tribune.synthesise.models import Ask
from tribune.watch.models import Process, Version

from .choices import VerdictState, VerdictWord


class Ledger(models.Model):
    """The ledger of a process; public once its organisation has opened it."""

    process = models.OneToOneField(Process, on_delete=models.CASCADE, related_name="ledger")
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")


class Verdict(models.Model):
    """What was proposed for one ask in one version, and what a person signed; both stay."""

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="verdicts")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="verdicts")
    state = models.CharField(max_length=9, choices=VerdictState.choices, default=VerdictState.PROPOSED)

    proposed = models.CharField(max_length=9, choices=VerdictWord.choices)
    direction = models.CharField(max_length=12, blank=True)
    confidence = models.FloatField()
    already_there = models.BooleanField(default=False)
    # [{code, message}] and [{in, paragraph, passage, score, spans}]
    reasons = models.JSONField(default=list)
    evidence = models.JSONField(default=list)
    proposed_at = models.DateTimeField()

    signed = models.CharField(max_length=9, choices=VerdictWord.choices, blank=True)
    # The paragraph the signer points at, a path in `version`; empty for none and removed.
    signed_paragraph = models.CharField(max_length=60, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    signed_role = models.CharField(max_length=120, blank=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ask", "version"], name="one_verdict_a_version")]

    @property
    def is_proposed(self) -> bool:
        return self.state == VerdictState.PROPOSED
