"""Words of the synthesise room that are stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AskKind(models.TextChoices):
    KEEP = "KEEP", _("keep")
    ADD = "ADD", _("add")
    CHANGE = "CHANGE", _("change")
    DELETE = "DELETE", _("delete")


class Stance(models.TextChoices):
    FOR = "for", _("says so")
    AGAINST = "against", _("says otherwise")


class EvidenceKind(models.TextChoices):
    QUOTE = "quote", _("quote")
    DOCUMENT = "document", _("document")
    FIGURE = "figure", _("own figure")


class ReadingState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    READY = "ready", _("ready")
    FAILED = "failed", _("failed")


class ThemeAct(models.TextChoices):
    NAME = "name", _("named")
    MERGE = "merge", _("put together")
    SPLIT = "split", _("made a theme of its own")
    MOVE = "move", _("moved")
    OUT = "out", _("taken out")
    BACK = "back", _("left to the machine again")
