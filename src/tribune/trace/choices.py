"""Words of the trace room that are stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VerdictWord(models.TextChoices):
    VERBATIM = "verbatim", _("verbatim")
    SUBSTANCE = "substance", _("in substance")
    PARTLY = "partly", _("partly")
    NONE = "none", _("none")
    KEPT = "kept", _("kept")
    REMOVED = "removed", _("removed")


class VerdictState(models.TextChoices):
    PROPOSED = "proposed", _("proposed, unsigned")
    CONFIRMED = "confirmed", _("confirmed")
    OVERRULED = "overruled", _("overruled")


class Contestant(models.TextChoices):
    """Who contests a verdict; people are shown by this, never by name."""

    CITY = "city", _("a city that asked")
    CONTRIBUTOR = "contributor", _("a contributor")
    GUEST = "guest", _("a contributor with a receipt")


class FollowUpState(models.TextChoices):
    PROPOSED = "proposed", _("proposed by rule")
    CONFIRMED = "confirmed", _("to follow up")
    DONE = "done", _("done")
    SET_ASIDE = "set_aside", _("no promise")
