"""What people type in this room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from tribune.people.models import City
from tribune.people.rules import Viewer
from tribune.watch.choices import TextLanguage
from tribune.watch.models import Process, Version
from tribune.watch.rules import deadline_moment

from .choices import Act, Strength, Who
from .formats import AMEND, COMMENT, FORMATS
from .models import Consultation
from .vote_forms import StatementForm

# Named in their own language, as whoever chooses would look for them.
LANGUAGES = [("", _("Let it be recognised")), *TextLanguage.choices, ("und", _("another language"))]

MYSELF = "self"

ACTS: dict[str, tuple[Any, Any]] = {
    Act.KEEP: (_("Keep"), _("It is good. Say why it must stay.")),
    Act.ADD: (_("Add"), _("Words are missing.")),
    Act.CHANGE: (_("Change"), _("Other words would be better.")),
    Act.DELETE: (_("Delete"), _("It should go.")),
    Act.COMMENT: (_("Comment"), _("Say something, change nothing.")),
}


class WriteForm(forms.Form):
    """One contribution on one paragraph."""

    act = forms.ChoiceField(label=_("What should happen to it?"), widget=forms.RadioSelect,
                            error_messages={"required": _("Choose what should happen to the paragraph.")})
    wording = forms.CharField(label=_("Your wording"), strip=True, error_messages={
        "required": _("Write the paragraph as it should read. If it should go, choose Delete.")},
                              widget=forms.Textarea(attrs={"rows": 6}),
                              help_text=_("For Add and Change: write the paragraph as it should read. "
                                          "The marks are drawn for you."))
    why = forms.CharField(label=_("Why, in your own words, any language"), required=False,
                          widget=forms.Textarea(attrs={"rows": 4}))
    language = forms.ChoiceField(label=_("Language of your words"), choices=LANGUAGES, required=False)
    strength = forms.ChoiceField(label=_("How important"), widget=forms.RadioSelect, choices=[
        (Strength.MUST, _("Must")), (Strength.SHOULD, _("Should"))],
        error_messages={"required": _("Choose how important it is.")})
    city = forms.ChoiceField(label=_("You write for"))

    def __init__(self, *args: Any, permits: frozenset[str], viewer: Viewer, cities: Iterable[City],
                 **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acts = [act for act in ACTS if (COMMENT if act == Act.COMMENT else AMEND) in permits]
        if not viewer.is_signed_in:
            acts = [act for act in acts if act == Act.COMMENT]
        self._set_choices("act", [(act, ACTS[act][0]) for act in acts])
        self.fields["act"].reasons = {act: ACTS[act][1] for act in acts}  # type: ignore[attr-defined]
        self.fields["strength"].reasons = {  # type: ignore[attr-defined]
            Strength.MUST: _("We cannot agree without it."), Strength.SHOULD: _("It would be better.")}
        self.places = {str(city.pk): city for city in cities}
        named = [(key, _with_service(city, viewer)) for key, city in self.places.items()]
        self._set_choices("city", [*named, (MYSELF, _("myself"))])
        if not self.places:
            del self.fields["city"]
        if acts == [Act.COMMENT]:
            for name in ("act", "wording", "strength"):
                del self.fields[name]
            self.fields["why"].label = _("Your comment, in any language")
            self.fields["why"].required = True
        elif self.is_bound:
            chosen = self.data.get("act")
            self.fields["wording"].required = chosen in (Act.ADD, Act.CHANGE)
            self.fields["strength"].required = chosen != Act.COMMENT

    @property
    def only_comments(self) -> bool:
        return "act" not in self.fields

    def given(self) -> dict[str, Any]:
        """Return what was typed, as `contribute` takes it."""
        typed = self.cleaned_data
        return {"act": typed.get("act", Act.COMMENT), "wording": typed.get("wording", ""), "why": typed["why"],
                "language": typed["language"], "strength": typed.get("strength", ""),
                "city": self.places.get(typed.get("city", MYSELF))}

    def _set_choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices



class OrganiserStatementForm(StatementForm):
    """The same, from the organiser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Add a statement")


class ReceiptForm(forms.Form):
    """A receipt, typed; it never stands in an address."""

    receipt = forms.CharField(label=_("Your receipt"), max_length=80, widget=forms.TextInput(attrs={
        "autocomplete": "off", "autocapitalize": "off", "spellcheck": "false", "dir": "ltr"}),
        help_text=_("As it was shown, with its hyphens."),
        error_messages={"required": _("Write your receipt.")})


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason, if you do not publish it"), required=False, max_length=1000,
                             widget=forms.Textarea(attrs={"rows": 2}),
                             help_text=_("The person who wrote it reads your reason."))


class ConsultationForm(forms.ModelForm):
    """What an officer fills in about a consultation."""

    class Meta:
        model = Consultation
        fields = ["name", "introduction", "languages", "controller", "legal_basis", "recipients", "retention_days",
                  "contact", "moderation_policy", "answer_days"]
        help_texts = {
            "name": _("The question you ask, as people will read it."),
            "introduction": _("Who asks, and what the answers are for."),
            "controller": _("Who is responsible for the data. It cannot open without this."),
            "legal_basis": _("For example: consent; a task in the public interest. It cannot open without this."),
            "recipients": _("It cannot open without this."),
            "contact": _("Where people ask about their data. It cannot open without this."),
            "moderation_policy": _("What is not published, in plain words."),
        }
        widgets = {"introduction": forms.Textarea(attrs={"rows": 4}),
                   "moderation_policy": forms.Textarea(attrs={"rows": 3})}

    languages = forms.MultipleChoiceField(
        label=_("Languages you read"), choices=TextLanguage.choices, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Shown to those who answer. None: any language."))
    audience = forms.ChoiceField(label=_("Who is asked"), choices=[("", _("as it was, or as the format says")),
                                                                   *Who.choices], required=False,
                                 help_text=_("Everybody who may read the text sees what was said."))
    closes_on = forms.DateField(label=_("Closes on"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    closes_time = forms.TimeField(label=_("at"), required=False, widget=forms.TimeInput(attrs={"type": "time"}),
                                  help_text=_("In the time zone of the host. Without a time: at the end of the day."))

    def closes_at(self, zone: str) -> datetime | None:
        """Return the closing moment that the day and time mean in the host's zone."""
        on = self.cleaned_data["closes_on"]
        return deadline_moment(on, self.cleaned_data["closes_time"], zone) if on else None

    def given(self, zone: str) -> dict[str, Any]:
        """Return what was typed, as the actions take it."""
        typed = {name: self.cleaned_data[name] for name in self.Meta.fields}
        if self.cleaned_data["audience"]:
            typed["audience"] = self.cleaned_data["audience"]
        return {**typed, "closes_at": self.closes_at(zone)}


class NewConsultationForm(ConsultationForm):
    """The same, with what cannot change later: the text and the format."""

    about = forms.ChoiceField(label=_("About which text"))
    format = forms.ChoiceField(label=_("What you ask for"), widget=forms.RadioSelect,
                               choices=[(key, ready.name) for key, ready in FORMATS.items()])

    field_order = ["about", "format", *ConsultationForm.Meta.fields]

    def __init__(self, *args: Any, versions: Iterable[Version], processes: Iterable[Process], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = {f"v{version.pk}": version for version in versions}
        self.processes = {f"p{process.pk}": process for process in processes}
        about = self.fields["about"]
        assert isinstance(about, forms.ChoiceField)
        about.choices = [
            *((key, f"{version.draft.process}: {version.draft}, {version}") for key, version in self.versions.items()),
            *((key, _("%(process)s: no text, statements only") % {"process": process})
              for key, process in self.processes.items())]
        self.fields["format"].reasons = {  # type: ignore[attr-defined]
            key: ready.reason for key, ready in FORMATS.items()}

    def text(self) -> tuple[Process, Version | None]:
        """Return the process and the version that was chosen."""
        about = self.cleaned_data["about"]
        version = self.versions.get(about)
        return (version.draft.process, version) if version else (self.processes[about], None)

    def slug(self) -> str:
        return slugify(self.cleaned_data["name"])[:46].strip("-") or "consultation"


def _with_service(city: City, viewer: Viewer) -> str:
    service = viewer.services.get(city.pk, "")
    return f"{city}, {service}" if service else str(city)
