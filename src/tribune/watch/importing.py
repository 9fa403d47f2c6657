"""Tables of the import workbench: files that arrive, readings put right by hand, readings that were replaced."""

from django.db import models

from tribune.common.ids import new_id

from .choices import EditState, Purpose, TextLanguage, UploadState


class Upload(models.Model):
    """A file on its way into a text: kept from the moment it arrives, so that nothing sent is lost."""

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    draft = models.ForeignKey("watch.Draft", on_delete=models.CASCADE, related_name="uploads")
    # The version it adds a language to or reads anew; afterwards the one it made.
    version = models.ForeignKey("watch.Version", on_delete=models.SET_NULL, null=True, related_name="uploads")
    purpose = models.CharField(max_length=9, choices=Purpose.choices)
    # What was typed beside the file: name, slug, dated_on, stage, symbol, status.
    fields = models.JSONField(default=dict)
    language = models.CharField(max_length=2, choices=TextLanguage.choices)
    file = models.FileField(upload_to="uploads/")
    file_name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    by_ocr = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=UploadState.choices, default=UploadState.WAITING)
    # Why it could not be read or used; words come with the page.
    code = models.CharField(max_length=30, blank=True)
    n_pages = models.PositiveIntegerField(null=True)
    n_pages_read = models.PositiveIntegerField(default=0)
    document = models.JSONField(null=True)
    sent_by = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "sent_at"])]


class Reading(models.Model):
    """What the file of a rendition said, before anybody put it right."""

    rendition = models.OneToOneField("watch.Rendition", on_delete=models.CASCADE, related_name="reading")
    paragraphs = models.JSONField()
    # Raised by every act, undone or not: who saw an older one is told before changing anything.
    revision = models.PositiveIntegerField(default=0)


class Edit(models.Model):
    """One act of an officer on a reading; undone and abandoned ones stay in the log."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="edits")
    serial = models.PositiveIntegerField()
    act = models.CharField(max_length=8)
    key = models.CharField(max_length=200)
    data = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=EditState.choices, default=EditState.DONE)
    by = models.ForeignKey("people.User", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["serial"]
        constraints = [models.UniqueConstraint(fields=["reading", "serial"], name="one_edit_a_serial")]


class EarlierReading(models.Model):
    """A file that a corrected one replaced: kept with its words, since people have pointed at them."""

    rendition = models.ForeignKey("watch.Rendition", on_delete=models.CASCADE, related_name="earlier")
    file = models.FileField(upload_to="texts/")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    n_pages = models.PositiveIntegerField(null=True)
    n_moved = models.PositiveIntegerField(default=0)
    n_retired = models.PositiveIntegerField(default=0)
    n_new = models.PositiveIntegerField(default=0)
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey("people.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-replaced_at", "-id"]


class EarlierParagraph(models.Model):
    """The words of a passage as an earlier file had them."""

    reading = models.ForeignKey(EarlierReading, on_delete=models.CASCADE, related_name="paragraphs")
    passage = models.ForeignKey("watch.Passage", on_delete=models.CASCADE, related_name="earlier")
    path = models.CharField(max_length=60)
    number = models.CharField(max_length=40, blank=True)
    label = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=10)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    page = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["reading", "passage"], name="one_earlier_a_passage")]
        indexes = [models.Index(fields=["passage", "sha256"])]
