"""Who is there: people, cities and regions, organisations, and what ties them."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tribune.common.ids import new_id

from .choices import CityKind, IncomeGroup, MandateLevel, Region, Role, TokenKind


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, **fields: object) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_unusable_password()
        user.save()
        return user


class User(AbstractBaseUser):
    """A person who signs in with a code sent to an e-mail address."""

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    is_active = models.BooleanField(default=True)
    # Runs the server; sees configuration and people, not inner versions of cities.
    is_administrator = models.BooleanField(default=False)
    joined_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.email


class Named(models.Model):
    """A thing with a name in several languages."""

    name = models.CharField(_("name"), max_length=200)
    names = models.JSONField(_("names in other languages"), default=dict, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_in(get_language() or "en")

    def name_in(self, language: str) -> str:
        """Return the name in a language, or the main name where none is known."""
        return self.names.get(language.split("-")[0]) or self.name


class Organisation(Named):
    """A secretariat, network or host of a process."""

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    slug = models.SlugField(unique=True)
    is_hub = models.BooleanField(default=False)
    description = models.TextField(blank=True)
    contact = models.EmailField(blank=True)
    sample = models.BooleanField(default=False)


class City(Named):
    """A local or regional government."""

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=8, choices=CityKind.choices, default=CityKind.CITY)
    country = models.CharField(_("country"), max_length=100)
    region = models.CharField(_("region of the world"), max_length=20, choices=Region.choices)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    income_group = models.CharField(max_length=14, choices=IncomeGroup.choices, default=IncomeGroup.UNKNOWN)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    latitude = models.FloatField(null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)])
    longitude = models.FloatField(null=True, blank=True,
                                  validators=[MinValueValidator(-180), MaxValueValidator(180)])
    time_zone = models.CharField(max_length=60, default="UTC")
    # Where fresh sign-off codes go; set by an officer, never by the link that asks for one.
    signing_email = models.EmailField(_("address on file for signatures"), blank=True)
    sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("local or regional government")
        ordering = ["name"]


class Membership(models.Model):
    """What a person may do, in one organisation or in one city."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True,
                                     related_name="memberships")
    city = models.ForeignKey(City, on_delete=models.CASCADE, null=True, blank=True, related_name="memberships")
    role = models.CharField(max_length=14, choices=Role.choices, default=Role.MEMBER)
    # Inside a city: "water", "youth". A service sees its city's inner versions, it does not sign.
    service = models.CharField(_("service"), max_length=80, blank=True)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="organisation_or_city",
                                   condition=Q(organisation__isnull=True) ^ Q(city__isnull=True)),
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="role_once_in_organisation",
                                    condition=Q(city__isnull=True)),
            models.UniqueConstraint(fields=["user", "city", "role"], name="role_once_in_city",
                                    condition=Q(organisation__isnull=True)),
        ]


class Mandate(models.Model):
    """What stands behind a city's position in a process (GROUND.md, Voices).

    `process` and `position` are public ids of things downstream; this room does not know them.
    `wording` is the SHA-256 of what was mandated: other words later make it a mandate "for an earlier wording".
    """

    public_id = models.CharField(max_length=10, unique=True, default=new_id, editable=False)
    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="mandates")
    process = models.CharField(max_length=10)
    position = models.CharField(max_length=10)
    level = models.CharField(max_length=14, choices=MandateLevel.choices)
    body = models.CharField(_("body"), max_length=200, blank=True)
    given_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    document = models.FileField(upload_to="mandates/", blank=True)
    document_is_public = models.BooleanField(default=False)
    wording = models.CharField(max_length=64, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["city", "process", "position"], name="one_mandate_a_position")]


class Token(models.Model):
    """A secret given to somebody: stored as a hash only.

    `purpose` says what it opens ("city_invitation", "sign_off", "contribution"), `thing` the public id of
    what it is bound to.
    """

    kind = models.CharField(max_length=10, choices=TokenKind.choices)
    purpose = models.CharField(max_length=40)
    thing = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    details = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["purpose", "thing"])]


class Attempt(models.Model):
    """How often a door was knocked at, by opaque key and window; holds no address of anybody."""

    key = models.CharField(max_length=64)
    window = models.PositiveBigIntegerField()
    n = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="one_count_a_window")]
