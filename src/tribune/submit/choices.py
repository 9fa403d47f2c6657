"""Words of the submit room that are stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SubmissionState(models.TextChoices):
    DRAFTING = "drafting", _("being drafted")
    SIGNING = "signing", _("with the cities for signature")
    SENT = "sent", _("handed over")


class Answer(models.TextChoices):
    ENDORSE = "endorse", _("endorses")
    RESERVATION = "reservation", _("endorses with a reservation")
    DECLINE = "decline", _("does not endorse")


class Visibility(models.TextChoices):
    PUBLIC = "public", _("public")
    ADDRESSEE = "addressee", _("to the addressee only")
    COUNTED = "counted", _("counted only")


class Deed(models.TextChoices):
    """What was done to a sentence."""

    ADDED = "added", _("written")
    PROPOSED = "proposed", _("proposed by rule")
    CHANGED = "changed", _("changed")
    MERGED = "merged", _("changed by two at once, both kept")
    TAKEN = "taken", _("taken")
    SAID_IN = "said_in", _("written in another language")
    MOVED = "moved", _("moved")
    SOURCES = "sources", _("other sources")
    REMOVED = "removed", _("removed")
    UNDONE = "undone", _("brought back")


class LetterKind(models.TextChoices):
    TEXT = "text", _("joint submission")
    SHEET = "sheet", _("language sheet")
    LETTER = "letter", _("letter")


class DraftState(models.TextChoices):
    """A sentence that a language model was asked for. What came is a sentence, and the asking is forgotten."""

    WAITING = "waiting", _("waiting")
    FAILED = "failed", _("failed")
