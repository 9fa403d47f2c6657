"""What unites the answers: asks that keep their sources."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tribune.common.ids import new_id
from tribune.listen.models import Contribution
from tribune.people.models import Named, Organisation, User
from tribune.watch.models import Passage, Process

from .choices import AskKind, EvidenceKind, Stance


class Ask(Named):
    """What cities ask of a text, gathered from contributions. `name` is its short title.

    `old` are the words to strike or keep, `new` the words to insert, `text` the ask in prose (and `texts`
    the same in other languages); `passage` is where, in the version that was read when asking.
    """

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="asks")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="asks")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=6, choices=AskKind.choices)
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, null=True, blank=True, related_name="asks")
    language = models.CharField(max_length=2, default="en")
    old = models.TextField(_("words to strike or keep"), blank=True)
    new = models.TextField(_("words to insert"), blank=True)
    text = models.TextField(_("the ask in plain words"), blank=True)
    texts = models.JSONField(default=dict, blank=True)
    is_public = models.BooleanField(default=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["process", "number"], name="one_ask_a_number")]


class AskSource(models.Model):
    """A contribution that carries an ask, or that says otherwise."""

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="sources")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="asks")
    stance = models.CharField(max_length=7, choices=Stance.choices, default=Stance.FOR)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ask", "contribution"], name="one_source_an_ask")]


class Evidence(models.Model):
    """What stands under an ask: a quote, a document or a figure, frozen as it was read, with year and source."""

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=8, choices=EvidenceKind.choices)
    text = models.TextField(_("what it says"), max_length=1000)
    # The contribution a quote is cut from; its words are shown only while they are published.
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    address = models.URLField(_("address"), max_length=500, blank=True)
    method = models.CharField(_("method"), max_length=500, blank=True)
    language = models.CharField(max_length=2, default="en")
    frozen_at = models.DateTimeField()
    # From this day on it is shown as old.
    stale_on = models.DateField(_("old from"), null=True, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]


from .theme_models import NameProposal, ThemesDecision, ThemesReading, Vector  # noqa: E402, F401  (they name the nouns above)
