"""What became of each ask in each new text; the ledger."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tribune.common.ids import new_id
from tribune.listen.models import Contribution
from tribune.people.models import User
from tribune.synthesise.models import Ask
from tribune.watch.models import Passage, Process, Version

from .choices import Contestant, FollowUpState, VerdictState, VerdictWord


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
    # The same place by itself: a corrected file may call it otherwise (`actions.follow_places`).
    signed_passage = models.ForeignKey(Passage, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    signed_role = models.CharField(max_length=120, blank=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ask", "version"], name="one_verdict_a_version")]

    @property
    def is_proposed(self) -> bool:
        return self.state == VerdictState.PROPOSED


class Contest(models.Model):
    """A contributor says that a signed verdict is wrong; an officer answers. Both stay beside the verdict.

    Its words are shown to its author and to the officers; the public sees that it was contested, and the answer.
    """

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    verdict = models.ForeignKey(Verdict, on_delete=models.CASCADE, related_name="contests")
    # What ties its author to the ask; guests have nothing else.
    contribution = models.ForeignKey(Contribution, on_delete=models.SET_NULL, null=True, related_name="contests")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    by_role = models.CharField(max_length=11, choices=Contestant.choices)
    language = models.CharField(max_length=10, default="en")
    # The word that stood signed when it was contested.
    word = models.CharField(max_length=9, choices=VerdictWord.choices)
    text = models.TextField(_("what is wrong"), blank=True)
    made_at = models.DateTimeField()
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_role = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at", "id"]
        indexes = [models.Index(fields=["verdict", "answered_at"])]


class News(models.Model):
    """What a person is still to hear, or has heard: one row a signed verdict, one mail for all of them together."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    verdict = models.ForeignKey(Verdict, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "verdict"], name="one_news_a_verdict")]
        indexes = [models.Index(fields=["made_at"], condition=models.Q(told_at=None), name="news_untold")]


class FollowUp(models.Model):
    """A promise with a date in an adopted text: proposed by rule, public once an officer has confirmed it.

    `sentence` is as it stands in the text; `due_text` the words that name the time, at `start` of the sentence.
    """

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="follow_ups")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="follow_ups")
    language = models.CharField(max_length=2)
    sentence = models.TextField()
    who = models.CharField(_("who"), max_length=300, blank=True)
    due_text = models.CharField(max_length=200)
    start = models.PositiveIntegerField(default=0)
    due_on = models.DateField(_("by"), null=True, blank=True)
    names_local = models.BooleanField(default=False)
    # 1 to 5: the objective of the Global Digital Compact that it serves.
    objective = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=FollowUpState.choices, default=FollowUpState.PROPOSED)
    note = models.TextField(_("note"), blank=True)
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_role = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [models.UniqueConstraint(fields=["version", "passage", "language", "start"],
                                               name="one_promise_a_place")]
        indexes = [models.Index(fields=["state", "due_on"])]
