"""What officers type in this room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tribune.people.models import User

from .choices import Distribution, RenditionStatus, StageKind, TextLanguage
from .models import Version
from .rules import RESERVED
from .uploads import most_bytes

_SLUG_HELP = _("Lower-case letters, digits and hyphens; it cannot change later. Left empty, it is made from the name.")
# The browser offers these first; the server looks at the bytes, not at the name.
_ACCEPTED = ".pdf,.docx,.html,.htm,.xml,.akn,.md,.markdown,.txt"


# What each choice means, said in its row.
_ORIGINS = {
    RenditionStatus.OFFICIAL.value: _("Issued by the host in this language."),
    RenditionStatus.UNOFFICIAL.value: _("Translated by a person, and marked so wherever it is shown."),
    RenditionStatus.MACHINE.value: _("Nobody has checked it; marked so wherever it is shown."),
}
_READERS = {
    Distribution.PUBLIC.value: _("Everybody, and so are its mentions, comparisons, asks and feeds."),
    Distribution.MEMBERS.value: _("Whoever writes for a city, a region or an organisation here."),
    Distribution.NAMED.value: _("Only the people you name, and your organisation’s officers."),
}


def _explain(field: forms.Field, reasons: dict[str, Any]) -> None:
    field.reasons = reasons  # type: ignore[attr-defined]  # read by the tag that draws option rows


class _ShortNamed(forms.Form):
    """A form with a name and the short name that stands in addresses."""

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data.get("slug") or slugify(self.cleaned_data.get("name", ""))[:50])
        if not slug:
            raise forms.ValidationError(_("Write a short name in Latin letters; the title has none to take."))
        if slug in RESERVED:
            raise forms.ValidationError(
                _("“%(slug)s” stands for something else in addresses. Choose another one."),
                params={"slug": slug})
        return slug


class DraftForm(_ShortNamed):
    name = forms.CharField(label=_("Title"), max_length=200, help_text=_("Outcome document, for example."))
    slug = forms.SlugField(label=_("Short name for addresses"), required=False, max_length=50, help_text=_SLUG_HELP)


class _File(forms.Form):
    """An official file. It is read by the view, in a child process; its size is known before."""

    file = forms.FileField(label=_("Official file"), widget=forms.FileInput(attrs={"accept": _ACCEPTED}))
    language = forms.ChoiceField(label=_("Language of the text"), choices=TextLanguage.choices)
    status = forms.ChoiceField(label=_("This text is"), choices=RenditionStatus.choices,
                               initial=RenditionStatus.OFFICIAL, widget=forms.RadioSelect)

    def __init__(self, *args: Any, turned_away: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.turned_away = turned_away
        _explain(self.fields["status"], _ORIGINS)
        self.fields["language"].initial = (get_language() or "en").split("-")[0]
        megabytes = most_bytes() // 1_000_000
        self.fields["file"].help_text = _("PDF, DOCX, HTML, Akoma Ntoso, Markdown or text, at most %(n)d MB.") % {
            "n": megabytes}
        if turned_away:
            # The browser sent one; it was left outside, so "required" would be the wrong word.
            self.fields["file"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.turned_away:
            self.add_error("file", forms.ValidationError(
                _("This file has %(size).0f MB; at most %(most)d MB are read. Cut it or leave out pictures."),
                params={"size": self.turned_away / 1e6, "most": most_bytes() // 1_000_000}))
        return data


class ImportForm(_File, _ShortNamed):
    """The next version of a draft."""

    name = forms.CharField(label=_("What people call this version"), max_length=200,
                           help_text=_("Zero draft, first revision, as adopted."))
    slug = forms.SlugField(label=_("Short name for addresses"), required=False, max_length=50, help_text=_SLUG_HELP)
    dated_on = forms.DateField(label=_("Date of the text"), widget=forms.DateInput(attrs={"type": "date"}))
    stage = forms.ChoiceField(label=_("Stage"), choices=StageKind.choices)
    symbol = forms.CharField(label=_("Symbol"), required=False, max_length=60,
                             help_text=_("Left empty, it is taken from the file."))

    field_order = ["file", "language", "status", "name", "slug", "dated_on", "stage", "symbol"]


class CorrectedForm(_File):
    """A corrected file of the same text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["language"], self.fields["status"]


class RenameForm(_ShortNamed):
    """Another name for a version whose name somebody else took first."""

    name = forms.CharField(label=_("What people call this version"), max_length=200)
    slug = forms.SlugField(label=_("Short name for addresses"), required=False, max_length=50, help_text=_SLUG_HELP)


class LanguageForm(_File):
    """The same version in a further language."""


class PublishForm(forms.Form):
    """Who may read a version."""

    distribution = forms.ChoiceField(label=_("Who may read this text?"), choices=Distribution.choices,
                                     initial=Distribution.MEMBERS, widget=forms.RadioSelect)
    official_url = forms.URLField(label=_("Official public address"), required=False, assume_scheme="https",
                                  help_text=_("For a public text: where the host has published it."))
    public_because = forms.CharField(
        label=_("Why it may be public"), required=False, widget=forms.Textarea, max_length=1000,
        help_text=_("For a public text without an official address. Your words stay with the version."))
    readers = forms.CharField(label=_("Named people"), required=False, widget=forms.Textarea,
                              help_text=_("For named people: their e-mail addresses, one a line."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _explain(self.fields["distribution"], _READERS)

    @classmethod
    def of(cls, version: Version, data: Any = None) -> PublishForm:
        return cls(data, initial={"official_url": version.official_url})

    def clean_readers(self) -> list[User]:
        addresses = [line.strip().lower() for line in str(self.cleaned_data["readers"]).splitlines() if line.strip()]
        found = {user.email: user for user in User.objects.filter(email__in=addresses, is_active=True)}
        unknown = [address for address in addresses if address not in found]
        if unknown:
            raise forms.ValidationError(_("Nobody here has this address: %(addresses)s. Invite them first."),
                                        params={"addresses": ", ".join(unknown)})
        return [found[address] for address in addresses]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        distribution = data.get("distribution")
        if distribution == Distribution.PUBLIC and "official_url" not in self.errors and not (
                data.get("official_url") or (data.get("public_because") or "").strip()):
            self.add_error("official_url", _("Give the official public address, or write below why it may be public."))
        if distribution == Distribution.NAMED and "readers" not in self.errors and not data.get("readers"):
            self.add_error("readers", _("Name at least one person who may read this text."))
        return data


class ChooseForm(forms.Form):
    """Which two versions to compare."""

    old = forms.ChoiceField(label=_("Older version"))
    new = forms.ChoiceField(label=_("Newer version"))

    def __init__(self, *args: Any, versions: list[Version], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(version.slug, str(version)) for version in versions]
        for name in ("old", "new"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
