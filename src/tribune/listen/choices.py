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
