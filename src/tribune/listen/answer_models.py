"""What belongs to answers: questions of a call, earlier wordings, what a city settled, points, answers from outside."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tribune.common.ids import new_id
from tribune.people.models import City, User
from tribune.watch.models import Passage

from .choices import Act, IntakeKind, IntakeState, ItemState, Settled, Strength


class Question(models.Model):
    """One guiding question of a call, or what a review asks about the summary of what was said."""

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    consultation = models.ForeignKey("listen.Consultation", on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField()
    text = models.TextField(_("question"))
    texts = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=10, default="en")
    help = models.TextField(_("what helps to answer it"), blank=True)
    # As the host of the call counts: words, or characters where a script has no spaces (`word_limits.n_words`).
    most_words = models.PositiveIntegerField(_("at most, in words"), default=300, validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["order", "pk"]


class EarlierWording(models.Model):
    """What a contribution said before it was changed; for the people of its city alone."""

    contribution = models.ForeignKey("listen.Contribution", on_delete=models.CASCADE, related_name="earlier")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=7, choices=Act.choices)
    strength = models.CharField(max_length=6, choices=Strength.choices, blank=True)
    language = models.CharField(max_length=10)
    wording = models.TextField(blank=True)
    why = models.TextField(blank=True)
    # Who wrote these words, and until when they stood.
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["contribution", "number"], name="one_earlier_wording_a_number")]


class Settlement(models.Model):
    """How a city settled proposals that met on one paragraph: one chosen, joined into one, or both kept."""

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="settlements")
    consultation = models.ForeignKey("listen.Consultation", on_delete=models.CASCADE, related_name="settlements")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="+")
    how = models.CharField(max_length=6, choices=Settled.choices)
    # Public ids of the proposals that met, in the order they were made, and which of them were set aside.
    met = models.JSONField(default=list)
    put_aside = models.JSONField(default=list)
    kept = models.ForeignKey("listen.Contribution", on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["city", "consultation"])]


class Points(models.Model):
    """What one city, or one person without a city, gives to one contribution of ten points in all."""

    consultation = models.ForeignKey("listen.Consultation", on_delete=models.CASCADE, related_name="points")
    contribution = models.ForeignKey("listen.Contribution", on_delete=models.CASCADE, related_name="points")
    city = models.ForeignKey(City, on_delete=models.CASCADE, null=True, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    n = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contribution", "city"], condition=Q(user__isnull=True),
                                    name="points_once_a_city"),
            models.UniqueConstraint(fields=["contribution", "user"], condition=Q(city__isnull=True),
                                    name="points_once_a_person"),
            models.CheckConstraint(name="points_of_city_or_person",
                                   condition=Q(city__isnull=True) ^ Q(user__isnull=True)),
        ]
        indexes = [models.Index(fields=["consultation"])]


class Intake(models.Model):
    """A file with answers from outside: a mail, a Word file, a form's table, annotations. The original is kept.

    With `city` it was brought by that city's own people, and nobody else sees it.
    """

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    consultation = models.ForeignKey("listen.Consultation", on_delete=models.CASCADE, related_name="intakes")
    city = models.ForeignKey(City, on_delete=models.CASCADE, null=True, related_name="intakes")
    kind = models.CharField(max_length=8, choices=IntakeKind.choices)
    state = models.CharField(max_length=7, choices=IntakeState.choices, default=IntakeState.PREVIEW)
    file = models.FileField(upload_to="answers/")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    sender = models.EmailField(_("address of the sender"), blank=True)
    sender_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    # [{code, message}]
    warnings = models.JSONField(default=list)
    brought_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["consultation", "sha256"])]


class IntakeItem(models.Model):
    """One answer in such a file, as it was found, and where a person put it."""

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveIntegerField()
    state = models.CharField(max_length=7, choices=ItemState.choices, default=ItemState.FOUND)
    # Where it stood: "line 3", "letter.docx, paragraph 12"; and what the file said about paragraph and city.
    place = models.CharField(max_length=200, blank=True)
    said_paragraph = models.CharField(max_length=200, blank=True)
    said_city = models.CharField(max_length=200, blank=True)
    said_by = models.CharField(max_length=200, blank=True)
    sender = models.EmailField(blank=True)
    act = models.CharField(max_length=7, choices=Act.choices, default=Act.COMMENT)
    strength = models.CharField(max_length=6, choices=Strength.choices, blank=True)
    language = models.CharField(max_length=10, blank=True)
    read_text = models.TextField(blank=True)
    wording = models.TextField(blank=True)
    why = models.TextField(blank=True)
    passage = models.ForeignKey(Passage, on_delete=models.SET_NULL, null=True, related_name="+")
    question = models.ForeignKey(Question, on_delete=models.SET_NULL, null=True, related_name="+")
    city = models.ForeignKey(City, on_delete=models.SET_NULL, null=True, related_name="+")
    # What says the same already, in this consultation or earlier in this file.
    twin = models.ForeignKey("listen.Contribution", on_delete=models.SET_NULL, null=True, related_name="+")
    twin_item = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    contribution = models.OneToOneField("listen.Contribution", on_delete=models.SET_NULL, null=True,
                                        related_name="came_by")

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["intake", "order"], name="one_item_a_place")]
