"""What an officer types when gathering."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tribune.listen.models import Contribution

from .choices import AskKind, EvidenceKind

REASONS = {
    AskKind.KEEP: _("The words stand; they must stay."),
    AskKind.ADD: _("Words are missing."),
    AskKind.CHANGE: _("Other words would be better."),
    AskKind.DELETE: _("The words should go."),
}


class AskForm(forms.Form):
    name = forms.CharField(label=_("Short title"), max_length=200,
                           help_text=_("A few words people can say: “A telephone line for each service”."))
    kind = forms.ChoiceField(label=_("What should happen to the text"), choices=AskKind.choices,
                             widget=forms.RadioSelect)
    old = forms.CharField(label=_("Words to strike or keep"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
                          help_text=_("Exactly as they stand in the text; a few words are enough."))
    new = forms.CharField(label=_("Words to insert"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    text = forms.CharField(label=_("The ask in plain words"), required=False,
                           widget=forms.Textarea(attrs={"rows": 3}),
                           help_text=_("Used to find the same meaning in other words."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].reasons = REASONS  # type: ignore[attr-defined]


class SourcesForm(forms.Form):
    """Which contributions carry an ask, and which say otherwise."""

    contributions = forms.ModelMultipleChoiceField(queryset=Contribution.objects.none(), required=False)
    contrary = forms.ModelMultipleChoiceField(queryset=Contribution.objects.none(), required=False)

    def __init__(self, *args: Any, process_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on_process = Contribution.objects.filter(consultation__process_id=process_id).select_related("passage")
        for name in ("contributions", "contrary"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelMultipleChoiceField)
            field.queryset = on_process
            field.to_field_name = "public_id"


class EvidenceForm(forms.Form):
    kind = forms.ChoiceField(label=_("What it is"), choices=EvidenceKind.choices, initial=EvidenceKind.DOCUMENT)
    text = forms.CharField(label=_("What it says"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
                           help_text=_("A quote stands word for word in the contribution that you name."))
    contribution = forms.ChoiceField(label=_("Contribution of the quote"), required=False)
    source = forms.CharField(label=_("Source"), max_length=300, required=False)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1900, max_value=2100)
    method = forms.CharField(label=_("How it was counted"), max_length=500, required=False)
    address = forms.URLField(label=_("Address"), max_length=500, required=False, assume_scheme="https")
    stale_on = forms.DateField(label=_("Old from"), required=False,
                               widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                               help_text=_("From this day on it is shown as old."))

    def __init__(self, *args: Any, contributions: list[Contribution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["contribution"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *((row.public_id, f"{row.city or '·'}: {(row.why or row.wording)[:60]}")
                                      for row in contributions)]
