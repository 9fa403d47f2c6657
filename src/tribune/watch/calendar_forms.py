"""What readers choose in the calendar: a filter, a time zone, a digest."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tribune.common.zones import is_zone

from .choices import Participation, Rhythm, TextLanguage
from .models import Digest
from .queries import Filter
from .templatetags.watch import language_here, region_name, topic


class FilterForm(forms.Form):
    """Narrows the calendar; a value that is in no list narrows nothing."""

    topic = forms.ChoiceField(label=_("Topic"), required=False)
    region = forms.ChoiceField(label=_("Region of the host"), required=False)
    host = forms.ChoiceField(label=_("Host"), required=False)
    way = forms.ChoiceField(label=_("How cities take part"), required=False)
    language = forms.ChoiceField(label=_("Answers in"), required=False)

    def __init__(self, data: Any, *, choices: tuple[list[str], list[str], list[str]]) -> None:
        super().__init__(data)
        topics, regions, hosts = choices
        for name, found in (
                ("topic", sorted(((code, topic(code)) for code in topics), key=lambda pair: pair[1])),
                ("region", [(code, region_name(code)) for code in regions]),
                ("host", [(host, host) for host in hosts]), ("way", list(Participation.choices)),
                ("language", [(code, language_here(code)) for code in TextLanguage.values])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("all")), *found]

    def filter(self) -> Filter:
        """Return what is asked for, leaving out what is in no list."""
        self.is_valid()
        return Filter(**{name: self.cleaned_data.get(name, "") for name in self.fields})


class ZoneForm(forms.Form):
    time_zone = forms.CharField(
        label=_("Your time zone"), required=False, max_length=60,
        help_text=_("Region and city, as in America/Bogota. Left empty, you see each host’s clock only."),
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}))

    def clean_time_zone(self) -> str:
        zone = "_".join(str(self.cleaned_data["time_zone"]).split())
        if zone and not is_zone(zone):
            raise forms.ValidationError(
                _("%(zone)s is no time zone we know. Write region and city, as in America/Lima."),
                params={"zone": zone})
        return zone


class DigestForm(forms.Form):
    """How often a person hears by mail what changed."""

    rhythm = forms.ChoiceField(label=_("Mail about what changed"), choices=Rhythm.choices, initial=Rhythm.NEVER,
                               widget=forms.RadioSelect)
    followed_only = forms.BooleanField(label=_("Only about the processes that I follow"), required=False)

    @classmethod
    def of(cls, digest: Digest | None, data: Any = None) -> DigestForm:
        return cls(data, initial={"rhythm": digest.rhythm, "followed_only": digest.followed_only} if digest else None)
