"""Processes, calls, and texts: Draft → Version → Rendition → Paragraph; a Passage is one place in one version."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tribune.common.ids import new_id
from tribune.people.choices import Region
from tribune.people.models import City, Named, Organisation, User

from .choices import (
    DatedThing,
    Distribution,
    Participation,
    Precision,
    RenditionStatus,
    Rhythm,
    StageKind,
    TextLanguage,
    VersionState,
)


class Process(Named):
    """A negotiation or review that ends in a text. `name` is its title."""

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    slug = models.SlugField(unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="processes")
    summary = models.TextField(_("summary"), blank=True)
    summaries = models.JSONField(default=dict, blank=True)
    host = models.CharField(_("host"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    time_zone = models.CharField(_("time zone of the host"), max_length=60, default="UTC")
    topics = models.JSONField(default=list, blank=True)
    sdg_targets = models.JSONField(default=list, blank=True)
    official_url = models.URLField(blank=True)
    sample = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    # Codes of watch.vocabulary.
    wsis_lines = models.JSONField(default=list, blank=True)
    gdc_objectives = models.JSONField(default=list, blank=True)
    host_region = models.CharField(max_length=20, choices=Region.choices, blank=True)
    cycle = models.CharField(_("how often"), max_length=120, blank=True)
    # How a local or regional government may take part: values of Participation, and in words.
    ways_in = models.JSONField(default=list, blank=True)
    entry_point = models.TextField(_("how cities take part"), blank=True)
    outputs = models.CharField(_("what it ends in"), max_length=300, blank=True)
    # Where these facts were read, and what was not checked.
    source_url = models.URLField(blank=True, max_length=400)
    knowledge = models.CharField(_("state of knowledge"), max_length=200, blank=True)
    # The id of the known process it was copied from (watch.seed).
    known_id = models.CharField(max_length=40, blank=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "known_id"], name="one_copy_of_a_known_process",
                                               condition=~models.Q(known_id=""))]


class Stage(models.Model):
    """One step of a process's life; `name` says it in the host's own words, where it has any."""

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="stages")
    kind = models.CharField(max_length=12, choices=StageKind.choices)
    name = models.CharField(max_length=200, blank=True)
    names = models.JSONField(default=dict, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    official_url = models.URLField(blank=True, max_length=400)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    made_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["starts_on", "id"]


class Meeting(Named):
    """A day, or days, on which people meet about a process. `name` is its title.

    Stored as the host wrote it, like a deadline: local day, local time or none, IANA zone; `starts_at` is derived.
    """

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="meetings")
    starts_on = models.DateField()
    starts_time = models.TimeField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    ends_time = models.TimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=60)
    starts_at = models.DateTimeField(editable=False, db_index=True)
    # A day without a time ends a minute before midnight there.
    ends_at = models.DateTimeField(editable=False, db_index=True)
    place = models.CharField(max_length=200, blank=True)
    join_url = models.URLField(blank=True)
    official_url = models.URLField(blank=True, max_length=400)
    participation = models.CharField(max_length=12, choices=Participation.choices, default=Participation.OPEN)
    languages = models.JSONField(default=list, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["starts_at", "id"]


class Call(Named):
    """A call for input with a deadline. `name` is its title.

    The deadline is stored as people wrote it (local day, local time or none, IANA zone); `deadline_at` is
    derived, and a day without a time ends at 23:59 there (GROUND.md, Time).
    """

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="calls")
    opens_on = models.DateField(null=True, blank=True)
    deadline_on = models.DateField(_("deadline"))
    deadline_time = models.TimeField(_("time"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60)
    deadline_at = models.DateTimeField(editable=False, db_index=True)
    # SEQUENCE of RFC 5545: raised when the deadline moves.
    sequence = models.PositiveIntegerField(default=0, editable=False)
    participation = models.CharField(max_length=12, choices=Participation.choices, default=Participation.OPEN)
    languages = models.JSONField(default=list, blank=True)
    word_limit = models.PositiveIntegerField(null=True, blank=True)
    # [{"text": …, "words": most words of an answer or null}]; a plain string where there is no limit.
    questions = models.JSONField(_("guiding questions"), default=list, blank=True)
    official_url = models.URLField(blank=True)
    made_at = models.DateTimeField()
    # Of words or opening; what became of the deadline stands in its changes.
    changed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)


class DeadlineChange(models.Model):
    """A deadline that moved keeps its history: from, to, when, by which role."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="changes")
    was_on = models.DateField()
    was_time = models.TimeField(null=True)
    was_at = models.DateTimeField()
    # Empty in rows older than these columns: there the next row, or the call, says where it moved.
    to_on = models.DateField(null=True)
    to_time = models.TimeField(null=True)
    by_role = models.CharField(max_length=14, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "-id"]


class DateChange(models.Model):
    """Any other date that moved: the opening of a call, a meeting, a stage. Exactly one of the three is set."""

    what = models.CharField(max_length=8, choices=DatedThing.choices)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, null=True, related_name="opening_changes")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, null=True, related_name="changes")
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, null=True, related_name="changes")
    was_on = models.DateField(null=True)
    was_time = models.TimeField(null=True)
    was_until = models.DateField(null=True)
    to_on = models.DateField(null=True)
    to_time = models.TimeField(null=True)
    to_until = models.DateField(null=True)
    by_role = models.CharField(max_length=14, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "-id"]
        constraints = [models.CheckConstraint(name="one_thing_moved", condition=(
            models.Q(call__isnull=False, meeting__isnull=True, stage__isnull=True)
            | models.Q(call__isnull=True, meeting__isnull=False, stage__isnull=True)
            | models.Q(call__isnull=True, meeting__isnull=True, stage__isnull=False)))]


class Follow(models.Model):
    """A process that a person follows, or that a city has on its public calendar."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="follows")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    city = models.ForeignKey(City, on_delete=models.CASCADE, null=True, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="person_or_city_follows",
                                   condition=models.Q(user__isnull=True) ^ models.Q(city__isnull=True)),
            models.UniqueConstraint(fields=["process", "user"], name="a_person_follows_once",
                                    condition=models.Q(user__isnull=False)),
            models.UniqueConstraint(fields=["process", "city"], name="a_city_follows_once",
                                    condition=models.Q(city__isnull=False)),
        ]


class Digest(models.Model):
    """How often a person hears by mail what changed, and until when they have heard it."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    rhythm = models.CharField(max_length=6, choices=Rhythm.choices, default=Rhythm.NEVER)
    followed_only = models.BooleanField(default=False)
    told_until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["rhythm", "told_until"])]


class Draft(Named):
    """A text under negotiation, through all its versions. `name` is its title."""

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="drafts")
    slug = models.SlugField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "slug"], name="one_draft_a_slug")]


class Version(Named):
    """One reading of a draft. `name` is what people call it: "zero draft", "first revision", "as adopted"."""

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="versions")
    slug = models.SlugField()
    order = models.PositiveIntegerField()
    symbol = models.CharField(_("symbol"), max_length=60, blank=True)
    dated_on = models.DateField(_("date of the text"))
    stage = models.CharField(max_length=12, choices=StageKind.choices)
    state = models.CharField(max_length=10, choices=VersionState.choices, default=VersionState.PREVIEW)
    distribution = models.CharField(max_length=8, choices=Distribution.choices, default=Distribution.MEMBERS)
    readers = models.ManyToManyField(User, blank=True, related_name="+")
    # Public needs an official public address, or an officer's written word that it is public.
    official_url = models.URLField(blank=True)
    public_because = models.TextField(blank=True)
    imported_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    imported_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "slug"], name="one_version_a_slug"),
            models.UniqueConstraint(fields=["draft", "order"], name="one_version_a_place"),
        ]


class Rendition(models.Model):
    """A version in one language, read from one file."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="renditions")
    language = models.CharField(max_length=2, choices=TextLanguage.choices)
    status = models.CharField(max_length=10, choices=RenditionStatus.choices, default=RenditionStatus.OFFICIAL)
    file = models.FileField(upload_to="texts/")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    n_pages = models.PositiveIntegerField(null=True)
    warnings = models.JSONField(default=list)
    # Which list of terms found the mentions (GROUND.md, Texts).
    terms_version = models.CharField(max_length=20)
    n_paragraphs = models.PositiveIntegerField(default=0)
    n_naming = models.PositiveIntegerField(default=0)
    n_maybe = models.PositiveIntegerField(default=0)
    by_ocr = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "language"], name="one_rendition_a_language")]


class Passage(models.Model):
    """One place in one version; its paragraphs in all languages share this uid, for ever."""

    uid = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="passages")
    # The paragraph id of CONTRACTS.md: "12.c.ii", "pre.3".
    path = models.CharField(max_length=60)
    order = models.PositiveIntegerField()
    # A corrected file no longer has this place: its uid and its words stay, and it says what it became.
    retired_at = models.DateTimeField(null=True, editable=False)
    became = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, editable=False, related_name="once")

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["version", "path"], name="one_passage_a_path")]


class Paragraph(models.Model):
    """The words of a passage in one rendition."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="paragraphs")
    rendition = models.ForeignKey(Rendition, on_delete=models.CASCADE, related_name="paragraphs")
    order = models.PositiveIntegerField()
    # Its row in the reading (engine.text.Row.key), "" where nobody has put the reading right: then it is the path.
    key = models.CharField(max_length=200, blank=True, editable=False)
    number = models.CharField(max_length=40, blank=True)
    label = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=10)
    headings = models.JSONField(default=list)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    page = models.PositiveIntegerField(null=True)
    # [{term, kind, tier, start, end, reason}]
    mentions = models.JSONField(default=list)
    n_explicit = models.PositiveIntegerField(default=0)
    n_level = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["passage", "rendition"], name="one_paragraph_a_rendition")]
        indexes = [models.Index(fields=["rendition", "order"])]


class Alignment(models.Model):
    """Two versions of a draft, paired; proposed by comparison until somebody checked it."""

    old = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="alignments_from")
    new = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="alignments_to")
    language = models.CharField(max_length=2)
    summary = models.JSONField(default=dict)
    mentions = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    # A comparison that a reader asked for is kept, but is no news for other rooms until versions follow each other.
    announced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="one_alignment_a_pair")]


class AlignedPair(models.Model):
    """One row of an alignment: engine.types.Pair, stored."""

    alignment = models.ForeignKey(Alignment, on_delete=models.CASCADE, related_name="pairs")
    order = models.PositiveIntegerField()
    verdict = models.CharField(max_length=8)
    score = models.FloatField()
    old_paths = models.JSONField(default=list)
    new_paths = models.JSONField(default=list)
    redline = models.JSONField(default=list)
    mentions = models.JSONField(default=list)
    reasons = models.JSONField(default=list)

    class Meta:
        ordering = ["order"]


class Succession(models.Model):
    """A passage and the one it became in another version; permalinks follow these edges."""

    pair = models.ForeignKey(AlignedPair, on_delete=models.CASCADE, related_name="successions")
    old = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="successors")
    new = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="predecessors")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pair", "old", "new"], name="one_edge_a_pair")]


# Django finds tables here; those of the import workbench have a file of their own.
from .importing import EarlierParagraph, EarlierReading, Edit, Reading, Upload  # noqa: E402, F401
from .reported import MentionReport  # noqa: E402, F401
