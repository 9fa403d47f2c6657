"""Words of the evidence room that are stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ListKind(models.TextChoices):
    SCHOOLS = "schools", _("schools")
    NODES = "nodes", _("fibre nodes")
    PRICES = "prices", _("prices")
    INDICATORS = "kpis", _("indicators")
    TARGETS = "targets", _("targets of indicators")


class ListState(models.TextChoices):
    PREVIEW = "preview", _("looked at, not used yet")
    USED = "used", _("in use")
    REPLACED = "replaced", _("replaced by a later one")
