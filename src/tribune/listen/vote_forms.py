"""What people type about statements, votes, themselves; what officers type about codes, targets, paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from tribune.people.choices import Region
from tribune.people.models import City
from tribune.watch.choices import TextLanguage

from .choices import Dimension, Gender, SizeClass, VotingMode
from .rules import MOST_CODES, MOST_WHY

_NOT_SAID = ("", _("I would rather not say"))


class StatementForm(forms.Form):
    """A statement of one's own; `statement_text.clean` says what it may hold, in the action."""

    text = forms.CharField(label=_("Say it in your own words"), max_length=20_000,
                           widget=forms.Textarea(attrs={"rows": 3}),
                           help_text=_("One sentence that others can agree or disagree with."),
                           error_messages={"required": _("Write one sentence.")})


class CodeForm(forms.Form):
    """A voting code, typed from paper."""

    code = forms.CharField(label=_("Your code"), max_length=80, widget=forms.TextInput(attrs={
        "autocomplete": "off", "autocapitalize": "off", "spellcheck": "false", "dir": "ltr"}),
        help_text=_("Small letters are enough; hyphens do not matter."),
        error_messages={"required": _("Type your code.")})


class AppealForm(forms.Form):
    """Why a refusal should be read again."""

    words = forms.CharField(label=_("Why it should be read again"), required=False, max_length=MOST_WHY,
                            widget=forms.Textarea(attrs={"rows": 3}))


class AboutForm(forms.Form):
    """What people may say of themselves: all of it optional."""

    city = forms.ChoiceField(label=_("Your city or region"), required=False,
                             help_text=_("Kept as part of the world, size and income group; the place itself is only "
                                         "counted."))
    region = forms.ChoiceField(label=_("If it is not in the list: part of the world"), required=False,
                               choices=[_NOT_SAID, *Region.choices])
    size = forms.ChoiceField(label=_("and its size"), required=False, choices=[_NOT_SAID, *SizeClass.choices])
    language = forms.ChoiceField(label=_("The language you speak at home"), required=False,
                                 choices=[_NOT_SAID, *TextLanguage.choices, ("und", _("another language"))])
    gender = forms.ChoiceField(label=_("How you describe yourself"), required=False, widget=forms.RadioSelect,
                               choices=[_NOT_SAID, *Gender.choices],
                               help_text=_("Only counted, in a table apart from votes."))

    def __init__(self, *args: Any, cities: Iterable[City], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {city.public_id: city for city in cities}
        field = self.fields["city"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [_NOT_SAID, *((key, str(city)) for key, city in self.places.items())]

    def told(self) -> dict[str, Any]:
        """Return what was told, as `tell_about` takes it."""
        return {**self.cleaned_data, "city": self.places.get(self.cleaned_data["city"])}


class ModeForm(forms.Form):
    """Who has a voice."""

    mode = forms.ChoiceField(label=_("Who has a voice"), widget=forms.RadioSelect, choices=[
        (VotingMode.OPEN, _("Everybody")), (VotingMode.INVITATION, _("Who has a code")),
        (VotingMode.MEMBERS, _("Members"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mode"].reasons = {  # type: ignore[attr-defined]
            VotingMode.OPEN: _("A voice is a session; one person may have several. Results say so."),
            VotingMode.INVITATION: _("One code, one voice. Codes are printed or mailed; nothing joins them to votes."),
            VotingMode.MEMBERS: _("One voice for each person of a member city or organisation.")}


class CodesForm(forms.Form):
    """A batch of codes: printed, or one to each address."""

    n = forms.IntegerField(label=_("How many codes to print"), required=False, min_value=1, max_value=MOST_CODES)
    addresses = forms.CharField(label=_("Or mail one to each of these addresses"), required=False,
                                widget=forms.Textarea(attrs={"rows": 4, "dir": "ltr"}),
                                help_text=_("One a line, or by commas. The list itself is not kept."))

    def clean_addresses(self) -> list[str]:
        found = [part.strip() for line in self.cleaned_data["addresses"].splitlines() for part in line.split(",")]
        found = list(dict.fromkeys(part for part in found if part))
        for address in found:
            try:
                validate_email(address)
            except ValidationError:
                raise ValidationError(_("%(address)s is no e-mail address."), params={"address": address}) from None
        return found

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not self.errors and bool(typed.get("n")) == bool(typed.get("addresses")):
            raise ValidationError(_("Say how many to print, or whom to mail them to."))
        return typed


class TargetForm(forms.Form):
    """How many voices are wanted from one part."""

    part = forms.ChoiceField(label=_("From"))
    n = forms.IntegerField(label=_("At least this many voices"), min_value=0, max_value=1_000_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["part"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (str(label), [(f"{dimension}:{key}", name) for key, name in choices])
            for dimension, label, choices in (
                (Dimension.REGION, Dimension.REGION.label, Region.choices),
                (Dimension.SIZE, Dimension.SIZE.label, SizeClass.choices),
                (Dimension.LANGUAGE, Dimension.LANGUAGE.label, TextLanguage.choices))]


class PaperBatchForm(forms.Form):
    """A batch of sheets of one workshop."""

    number = forms.IntegerField(label=_("Batch number"), min_value=1, max_value=100_000,
                                help_text=_("As written on the envelope."))
    note = forms.CharField(label=_("Where and when"), required=False, max_length=200)
    language = forms.ChoiceField(label=_("Language of the sheets"), choices=TextLanguage.choices)
    double_entry = forms.BooleanField(label=_("Each sheet is typed twice"), required=False,
                                      help_text=_("Where the two differ, you are shown how."))


class SheetForm(forms.Form):
    """One sheet: a letter for each statement in the order printed."""

    number = forms.IntegerField(label=_("Sheet number"), min_value=1, max_value=100_000)
    letters = forms.CharField(label=_("Answers"), max_length=2000, widget=forms.TextInput(attrs={
        "autocomplete": "off", "autocapitalize": "off", "spellcheck": "false", "dir": "ltr", "class": "mono"}),
        help_text=_("One letter for each statement, in order: a agree, d disagree, p pass, . left empty. "
                    "Enter sends the sheet."),
        error_messages={"required": _("Type one letter for each statement.")})
    region = forms.ChoiceField(label=_("Part of the world"), required=False, choices=[_NOT_SAID, *Region.choices])
    size = forms.ChoiceField(label=_("Size of the place"), required=False, choices=[_NOT_SAID, *SizeClass.choices])
