"""What officers and cities type in this room."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tribune.people.choices import MandateLevel
from tribune.people.models import City
from tribune.watch.choices import TextLanguage
from tribune.watch.models import Call, Process

from .choices import Answer, LetterKind, Visibility
from .models import Sentence
from .rules import MOST_LETTERS


class SubmissionForm(forms.Form):
    name = forms.CharField(label=_("Title"), max_length=200)
    call = forms.ModelChoiceField(label=_("For the call"), queryset=Call.objects.none(), required=False,
                                  empty_label=pgettext_lazy("no call", "none"),
                                  help_text=_("Its guiding questions become the sections."))
    entitled = forms.CharField(label=_("Who is entitled to submit it"), max_length=200, required=False,
                               help_text=_("A State, a member, an accredited organisation, or “open call”."))
    language = forms.ChoiceField(label=_("Language of the text"), choices=TextLanguage.choices, initial="en")

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["call"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = process.calls.order_by("deadline_at")


class SentenceForm(forms.Form):
    text = forms.CharField(label=_("The sentence"), max_length=MOST_LETTERS, widget=forms.Textarea(attrs={"rows": 4}))
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SigningForm(forms.Form):
    cities = forms.ModelMultipleChoiceField(label=_("Which cities are asked"), queryset=City.objects.none(),
                                            widget=forms.CheckboxSelectMultiple)
    sign_until = forms.DateTimeField(
        label=_("Until"), help_text=_("Day and time, UTC."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))

    def __init__(self, *args: Any, cities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cities"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = cities

    def clean_sign_until(self) -> datetime:
        until: datetime = self.cleaned_data["sign_until"]
        if until <= timezone.now():
            raise forms.ValidationError(_("This moment is over. Choose a later one."))
        return until


class SignForm(forms.Form):
    answer = forms.ChoiceField(label=_("Your city’s answer"), choices=Answer.choices, widget=forms.RadioSelect)
    reservation = forms.CharField(label=_("Reservation, if there is one"), required=False, max_length=1000,
                                  widget=forms.Textarea(attrs={"rows": 3}))
    stays_out_of = forms.MultipleChoiceField(label=_("Sentences your city stays out of"), required=False,
                                             widget=forms.CheckboxSelectMultiple)
    level = forms.ChoiceField(label=_("What stands behind it"), choices=MandateLevel.choices, widget=forms.RadioSelect)
    body = forms.CharField(label=_("Body that decided"), required=False, max_length=200,
                           help_text=_("For example: city council, mayor’s office."))
    given_on = forms.DateField(label=_("Decided on"), required=False,
                               widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    valid_until = forms.DateField(label=_("Valid until"), required=False,
                                  widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                                  help_text=_("Leave it empty if the decision has no end. It must hold on the day on "
                                              "which the text is handed over."))
    signer_role = forms.CharField(label=_("Role of the person who signs"), max_length=120,
                                  help_text=_("Public pages show roles, never names."))
    visibility = forms.ChoiceField(label=_("Who may see that your city signed"), choices=Visibility.choices,
                                   widget=forms.RadioSelect, initial=Visibility.PUBLIC)

    def __init__(self, *args: Any, sentences: list[Sentence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["stays_out_of"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(sentence.public_id, sentence.text) for sentence in sentences]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("answer") == Answer.RESERVATION and not (data.get("reservation") or data.get("stays_out_of")):
            self.add_error("reservation", _("Write the reservation, or name the sentences your city stays out of."))
        if data.get("level") in (MandateLevel.MAYOR_SIGNED, MandateLevel.COUNCIL_VOTE) and not data.get("given_on"):
            self.add_error("given_on", _("A mandate needs its date."))
        if data.get("given_on") and data["given_on"] > timezone.localdate():
            self.add_error("given_on", _("This day has not come yet. Write the day on which it was decided."))
        if data.get("valid_until") and data["valid_until"] < timezone.localdate():
            self.add_error("valid_until", _("This mandate is over. Leave the field empty, or write a later day."))
        return data

    def answer_as_kept(self) -> dict[str, Any]:
        """The answer as it is kept until the code confirms it."""
        kept = dict(self.cleaned_data)
        for name in ("given_on", "valid_until"):
            kept[name] = kept[name].isoformat() if kept.get(name) else ""
        return kept


class CodeForm(forms.Form):
    code = forms.CharField(label=_("Code from the mail to your address on file"), max_length=12)


class HandOverForm(forms.Form):
    recipient = forms.CharField(label=_("Handed to"), max_length=200)
    what = forms.ChoiceField(label=_("What was handed over"), choices=LetterKind.choices, initial=LetterKind.TEXT)
    country = forms.CharField(label=_("State"), max_length=100, required=False,
                              help_text=_("For a letter or a language sheet: to which State."))
    handed_on = forms.DateField(label=_("On"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    receipt = forms.CharField(label=_("Receipt"), max_length=200, required=False,
                              help_text=_("The number or words by which the addressee confirmed that it arrived."))
    note = forms.CharField(label=_("Note for your organisation"), required=False,
                           widget=forms.Textarea(attrs={"rows": 2}))


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("What they answered"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
                             max_length=4000)
    answered_on = forms.DateField(label=_("Answered on"), required=False,
                                  widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    receipt = forms.CharField(label=_("Receipt"), max_length=200, required=False,
                              help_text=_("The number or words by which the addressee confirmed that it arrived."))


class LetterForm(forms.Form):
    body = forms.CharField(label=_("Words of the letter"), max_length=8000, widget=forms.Textarea(attrs={"rows": 18}))
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)
