"""Words of the watch room that are stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class StageKind(models.TextChoices):
    SUBMISSION = "submission", _("submission")
    ZERO_DRAFT = "zero_draft", _("zero draft")
    REVISION = "revision", _("revision")
    COMMITTEE = "committee", _("committee")
    ADOPTION = "adoption", _("adoption")
    FOLLOW_UP = "follow_up", _("follow-up")


class Participation(models.TextChoices):
    OWN_STATUS = "own_status", _("in their own name")
    DELEGATION = "delegation", _("through their State’s delegation")
    NETWORK = "network", _("through an accredited network")
    OPEN = "open", _("open to all")


class Precision(models.TextChoices):
    """How exactly a date is known: hosts often announce a month long before the day."""

    DAY = "day", _("day")
    MONTH = "month", _("month")


class DatedThing(models.TextChoices):
    """What a moved date, other than a deadline, belongs to."""

    OPENING = "opening", _("opening")
    MEETING = "meeting", _("meeting")
    STAGE = "stage", _("stage")


class Rhythm(models.TextChoices):
    NEVER = "never", _("never")
    DAILY = "daily", _("every day on which something changed")
    WEEKLY = "weekly", _("once a week")


class Distribution(models.TextChoices):
    PUBLIC = "public", _("public")
    MEMBERS = "members", _("members")
    NAMED = "named", _("named people")


class RenditionStatus(models.TextChoices):
    OFFICIAL = "official", _("official")
    UNOFFICIAL = "unofficial", _("unofficial translation")
    MACHINE = "machine", _("machine translation")


class VersionState(models.TextChoices):
    PREVIEW = "preview", _("preview")
    PUBLISHED = "published", _("published")


class TextLanguage(models.TextChoices):
    ARABIC = "ar", "العربية"
    ENGLISH = "en", "English"
    SPANISH = "es", "Español"
    FRENCH = "fr", "Français"
    RUSSIAN = "ru", "Русский"
    CHINESE = "zh", "中文"


class Purpose(models.TextChoices):
    """What a file was sent for."""

    VERSION = "version", _("a new version")
    LANGUAGE = "language", _("a further language")
    CORRECTED = "corrected", _("a corrected file")


class UploadState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    READING = "reading", _("being read")
    READ = "read", _("read")
    USED = "used", _("in use")
    REFUSED = "refused", _("not read")
    CANCELLED = "cancelled", _("cancelled")


class EditState(models.TextChoices):
    DONE = "done", _("done")
    UNDONE = "undone", _("undone")
    ABANDONED = "abandoned", _("abandoned")


class ParagraphKind(models.TextChoices):
    """What a paragraph is, as engine.types.PARAGRAPH_KINDS has it."""

    PREAMBLE = "preamble", pgettext_lazy("kind of paragraph", "preamble")
    OPERATIVE = "operative", pgettext_lazy("kind of paragraph", "numbered paragraph")
    SUB = "sub", pgettext_lazy("kind of paragraph", "point below a paragraph")
    HEADING = "heading", pgettext_lazy("kind of paragraph", "heading")
    ANNEX = "annex", pgettext_lazy("kind of paragraph", "opening of an annex")
    NOTE = "note", pgettext_lazy("kind of paragraph", "footnote")
    OTHER = "other", pgettext_lazy("kind of paragraph", "without a number")
