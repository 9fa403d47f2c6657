"""Words of the listen room that are stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConsultationState(models.TextChoices):
    PREPARED = "prepared", _("being prepared")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class PhaseKind(models.TextChoices):
    COLLECT = "collect", _("collect")
    COMMENT = "comment", _("comment")
    AMEND = "amend", _("propose wording")
    VOTE = "vote", _("vote")
    PRIORITISE = "prioritise", _("prioritise")
    REVIEW = "review", _("review")


class VotingMode(models.TextChoices):
    OPEN = "open", _("open: a voice is a session")
    INVITATION = "invitation", _("by invitation code")
    MEMBERS = "members", _("members")


class Act(models.TextChoices):
    COMMENT = "COMMENT", _("comment")
    KEEP = "KEEP", _("keep")
    ADD = "ADD", _("add")
    CHANGE = "CHANGE", _("change")
    DELETE = "DELETE", _("delete")


class Strength(models.TextChoices):
    MUST = "must", _("must")
    SHOULD = "should", _("should")


class ContributionState(models.TextChoices):
    INNER = "inner", _("inside the city")
    WAITING = "waiting", _("waiting for a person")
    PUBLISHED = "published", _("published")
    REFUSED = "refused", _("not published")
    WITHDRAWN = "withdrawn", _("withdrawn")
    # A city settled on other words; they stay inside it.
    ASIDE = "aside", _("set aside by the city")


class StatementState(models.TextChoices):
    WAITING = "waiting", _("waiting for a person")
    PUBLISHED = "published", _("published")
    REFUSED = "refused", _("not published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Origin(models.TextChoices):
    ORGANISER = "organiser", _("from the organiser")
    PARTICIPANT = "participant", _("from a participant")


class VoteValue(models.IntegerChoices):
    AGREE = 1, _("agree")
    PASS = 0, _("pass")
    DISAGREE = -1, _("disagree")


class VoiceOrigin(models.TextChoices):
    WEB = "web", _("web")
    PAPER = "paper", _("paper")
    IMPORT = "import", _("imported")


class SizeClass(models.TextChoices):
    SMALL = "small", _("under 50,000 people")
    MEDIUM = "medium", _("50,000 to 250,000 people")
    LARGE = "large", _("250,000 to a million people")
    HUGE = "huge", _("over a million people")


class Gender(models.TextChoices):
    WOMAN = "woman", _("woman")
    MAN = "man", _("man")
    OTHER = "other", _("in another way")


class Counted(models.TextChoices):
    GENDER = "gender", _("gender")
    CITY = "city", _("city")


class Dimension(models.TextChoices):
    REGION = "region", _("region of the world")
    SIZE = "size", _("size of the place")
    INCOME = "income_group", _("income group")
    LANGUAGE = "language", _("language")


class SheetState(models.TextChoices):
    ONCE = "once", _("typed once, to be typed again")
    DIFFERS = "differs", _("the two typings differ")
    COUNTED = "counted", _("counted")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Decision(models.TextChoices):
    PUBLISHED = "published", _("published")
    REFUSED = "refused", _("not published")
    UPHELD = "upheld", _("not published after a second reading")


class Who(models.TextChoices):
    """To whom a phase or a whole consultation is open."""

    ANYONE = "anyone", _("anyone")
    SIGNED_IN = "signed_in", _("people who have signed in")
    MEMBERS = "members", _("people of a city or organisation")
    CITIES = "cities", _("cities and their services")


class Settled(models.TextChoices):
    CHOSEN = "chosen", _("one was chosen")
    MERGED = "merged", _("joined into one")
    BOTH = "both", _("both are kept")


class IntakeKind(models.TextChoices):
    MAIL = "mail", _("e-mail")
    WORD = "word", _("Word file")
    TABLE = "table", _("table of a form")
    NOTES = "notes", _("annotations")


class IntakeState(models.TextChoices):
    PREVIEW = "preview", _("to be looked through")
    TAKEN = "taken", _("taken in")
    LEFT = "left", _("left out")


class ItemState(models.TextChoices):
    FOUND = "found", _("to be looked through")
    TAKEN = "taken", _("taken in")
    LEFT = "left", _("left out")


class DataKind(models.TextChoices):
    POLIS = "polis", _("a Polis conversation")
    SENSEMAKER = "sensemaker", _("statements in the form of Sensemaker")
    T3C = "t3c", _("statements in the form of Talk to the City")
    LIST = "list", _("a list of statements")


class DataState(models.TextChoices):
    WAITING = "waiting", _("waits for its turn")
    READING = "reading", _("being read")
    DONE = "done", _("taken in")
    REFUSED = "refused", _("could not be read")
    CANCELLED = "cancelled", _("stopped")
