"""Words of the people room that are stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    MEMBER = "member", _("member")
    DELEGATE = "delegate", _("delegate")
    MODERATOR = "moderator", _("moderator")
    OFFICER = "officer", _("officer")
    MEDIATOR = "mediator", _("mediator")
    ADMINISTRATOR = "administrator", _("administrator")


class CityKind(models.TextChoices):
    CITY = "city", _("city")
    REGION = "region", _("region")


class Region(models.TextChoices):
    AFRICA = "africa", _("Africa")
    ASIA_PACIFIC = "asia_pacific", _("Asia-Pacific")
    EASTERN_EUROPE = "eastern_europe", _("Eastern Europe")
    LATIN_AMERICA = "latin_america", _("Latin America and the Caribbean")
    WESTERN_EUROPE = "western_europe", _("Western Europe and others")


class IncomeGroup(models.TextChoices):
    LOW = "low", _("low income")
    LOWER_MIDDLE = "lower_middle", _("lower middle income")
    UPPER_MIDDLE = "upper_middle", _("upper middle income")
    HIGH = "high", _("high income")
    UNKNOWN = "unknown", _("income not stated")


class MandateLevel(models.TextChoices):
    PERSONAL = "personal", _("personal")
    SERVICE = "service", _("service")
    MAYOR_SIGNED = "mayor_signed", _("mayor signed")
    COUNCIL_VOTE = "council_vote", _("council vote")


# Only these two count as "mandated" anywhere (GROUND.md, Voices).
MANDATED = (MandateLevel.MAYOR_SIGNED, MandateLevel.COUNCIL_VOTE)


class TokenKind(models.TextChoices):
    INVITATION = "invitation", _("invitation")
    CAPABILITY = "capability", _("capability")
    RECEIPT = "receipt", _("receipt")
