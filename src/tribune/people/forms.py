"""What people type in this room."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from .choices import IncomeGroup, Region, Role
from .models import City, User

# Texts and cities name a language without its script: zh, not zh-hans.
_LANGUAGES = [(code.split("-")[0], name) for code, name in settings.LANGUAGES]


def known_zone(written: str) -> str:
    """Return the name of a time zone without spaces around it, or refuse one that does not exist."""
    zone = written.strip()
    if zone and zone not in zoneinfo.available_timezones():
        raise forms.ValidationError(
            _("%(zone)s is no time zone we know. Write region and city, as in America/Lima.") % {"zone": zone})
    return zone


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "language", "time_zone"]
        labels = {"name": _("What we call you"), "language": _("Language of mails to you"),
                  "time_zone": _("Your time zone")}
        help_texts = {"name": _("Seen by the people you work with; public pages show your role only."),
                      "time_zone": _("For example Africa/Dakar. Deadlines are shown in it.")}
        widgets = {"language": forms.Select(choices=settings.LANGUAGES)}

    def clean_time_zone(self) -> str:
        return known_zone(self.cleaned_data["time_zone"])


class CityForm(forms.ModelForm):
    class Meta:
        model = City
        fields = ["name", "kind", "country", "region", "population", "income_group", "languages", "latitude",
                  "longitude", "time_zone", "signing_email"]
        labels = {"latitude": _("Latitude"), "longitude": _("Longitude"), "time_zone": _("Time zone")}
        help_texts = {"signing_email": _("Fresh codes for signatures are sent here."),
                      "latitude": _("In degrees, south is negative: -33.45"),
                      "longitude": _("In degrees, west is negative: -70.67"),
                      "time_zone": _("Region and city, as in America/Bogota.")}

    region = forms.ChoiceField(label=_("Region of the world"), choices=Region.choices)
    income_group = forms.ChoiceField(label=_("Income group"), choices=IncomeGroup.choices,
                                     initial=IncomeGroup.UNKNOWN, required=False)

    languages = forms.MultipleChoiceField(label=_("Languages it works in"), required=False,
                                          choices=_LANGUAGES, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, keeps_address: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not keeps_address:
            del self.fields["signing_email"]

    def clean_time_zone(self) -> str:
        return known_zone(self.cleaned_data["time_zone"])

    def slug(self) -> str:
        return slugify(self.cleaned_data["name"])[:50] or "city"


class InvitationForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("What this person may do"))
    service = forms.CharField(label=_("Service"), required=False, max_length=80,
                              help_text=_("For a service of the city: water, digital, youth."))

    def __init__(self, *args: object, for_city: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        roles = ((Role.DELEGATE, Role.MEMBER) if for_city
                 else (Role.OFFICER, Role.MODERATOR, Role.MEDIATOR, Role.MEMBER))
        meanings = {
            Role.DELEGATE: _("Delegate: sets the city’s position and signs"),
            Role.MEMBER: _("Member: reads and proposes"),
            Role.OFFICER: _("Officer: runs processes, consultations and submissions"),
            Role.MODERATOR: _("Moderator: reads contributions before they are published"),
            Role.MEDIATOR: _("Mediator: answers citizens"),
        }
        role_field = self.fields["role"]
        assert isinstance(role_field, forms.ChoiceField)
        role_field.choices = [(role.value, meanings[role]) for role in roles]
        if not for_city:
            del self.fields["service"]


class JoinForm(forms.Form):
    name = forms.CharField(label=_("What we call you"), max_length=120,
                           help_text=_("Seen by the people you work with; public pages show your role only."))
