"""The tables of the fabric: events, mail, the timetable, and chains of commitments."""

from django.db import models


class Event(models.Model):
    """Something happened. Holds ids only."""

    name = models.CharField(max_length=60)
    at = models.DateTimeField()
    ids = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["name", "at"])]


class Delivery(models.Model):
    """One event on its way to one reaction."""

    WAITING, DONE, DEAD = "waiting", "done", "dead"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    reaction = models.CharField(max_length=200)
    state = models.CharField(max_length=8, default=WAITING)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    n_failures = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "reaction"], name="once_per_reaction")]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(state="waiting"), name="delivery_due")]


class Mail(models.Model):
    """One message to one recipient, with a Message-ID that stays the same when it is sent again."""

    WAITING, SENT, DEAD = "waiting", "sent", "dead"

    message_id = models.CharField(max_length=120, unique=True)
    recipient = models.EmailField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    headers = models.JSONField(default=dict)
    # What this mail is about, so that the same news never goes twice to the same person.
    reason = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, default="en")
    state = models.CharField(max_length=8, default=WAITING)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    n_failures = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient", "reason"], name="same_news_once",
                                               condition=~models.Q(reason=""))]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(state="waiting"), name="mail_due")]


class Periodic(models.Model):
    """When a job of the timetable ran last."""

    name = models.CharField(max_length=200, unique=True)
    ran_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)


class Link(models.Model):
    """One link of an append-only chain; commits to its content without holding it (GROUND.md)."""

    chain = models.CharField(max_length=40)
    sequence = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    day = models.DateField()
    subject = models.CharField(max_length=40)
    commitment = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="one_link_a_place")]
        indexes = [models.Index(fields=["chain", "subject"])]


class LinkContent(models.Model):
    """What a link commits to, and the key of its commitment. Erasure deletes this row; the chain still holds."""

    link = models.OneToOneField(Link, on_delete=models.CASCADE, related_name="content")
    key = models.CharField(max_length=64)
    content = models.JSONField()


class SearchGroup(models.Model):
    """Texts of one kind that are found together or not at all: the paragraphs of one rendition, one process.

    They have the numbers `first` to `first + size - 1`. A group that changes gets new numbers.
    """

    kind = models.CharField(max_length=20)
    ref = models.BigIntegerField()
    language = models.CharField(max_length=2, blank=True)
    first = models.BigIntegerField(unique=True)
    size = models.PositiveIntegerField()
    n_words = models.PositiveIntegerField()
    # What its words were read from; another stamp means: read again.
    stamp = models.CharField(max_length=80)
    # One byte a text: bits that its kind gives a meaning.
    flags = models.BinaryField()
    # Signs of the vectors of meaning, 64 bytes a text; None until all are encoded.
    signs = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "ref"], name="one_group_a_thing")]


class SearchEntry(models.Model):
    """One text that can be found."""

    number = models.BigIntegerField(primary_key=True)
    group = models.ForeignKey(SearchGroup, on_delete=models.CASCADE, related_name="entries")
    thing = models.CharField(max_length=40)
    # 512 bytes (engine.search.packed); None until encoded.
    vector = models.BinaryField(null=True)


class SearchSegment(models.Model):
    """Lists of occurrences that were written together; small ones are joined into larger ones."""

    level = models.PositiveSmallIntegerField(default=0)
    first = models.BigIntegerField()
    # One beyond the highest number that was ever in it.
    end = models.BigIntegerField(db_index=True)


class SearchTerm(models.Model):
    """Where one term stands in the texts of one segment (engine.search.postings)."""

    segment = models.ForeignKey(SearchSegment, on_delete=models.CASCADE, related_name="terms")
    term = models.CharField(max_length=100)
    occurrences = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "segment"], name="one_list_a_segment")]


class SearchDue(models.Model):
    """A group that must be read again."""

    kind = models.CharField(max_length=20)
    ref = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "ref"], name="due_once")]


class ModelUse(models.Model):
    """One question to the language model: for what, by whom, about which thing; digests and lengths, never words."""

    ANSWERED, NONE, UNUSED = "answered", "none", "unused"

    purpose = models.CharField(max_length=40)
    model = models.CharField(max_length=120)
    host = models.CharField(max_length=200)
    by = models.CharField(max_length=10, blank=True)
    thing = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField()
    n_asked = models.PositiveIntegerField(default=0)
    n_answered = models.PositiveIntegerField(default=0)
    asked_sha256 = models.CharField(max_length=64)
    answered_sha256 = models.CharField(max_length=64, blank=True)
    milliseconds = models.PositiveIntegerField(default=0)
    # Answered, without an answer, or answered and not used because it failed our check; `why` says which.
    outcome = models.CharField(max_length=8)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["purpose", "asked_at"])]
