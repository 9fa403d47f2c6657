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
