"""What an officer types when signing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .choices import VerdictWord
from .rules import words_for

MEANINGS = {
    "KEEP": {
        VerdictWord.KEPT: _("The words or their substance stand, not weaker."),
        VerdictWord.PARTLY: _("They stand, but weaker."),
        VerdictWord.REMOVED: _("They are gone."),
    },
    "DELETE": {
        VerdictWord.VERBATIM: _("The struck words are gone."),
        VerdictWord.PARTLY: _("Some are gone, or they moved."),
        VerdictWord.NONE: _("They stand."),
        VerdictWord.REMOVED: _("They were gone in the version before, and are back."),
    },
    "ADD": {
        VerdictWord.VERBATIM: _("The asked words stand in one paragraph, in order."),
        VerdictWord.SUBSTANCE: _("Same actor, action and object in other words, not weaker."),
        VerdictWord.PARTLY: _("One element is there; another is missing or weaker."),
        VerdictWord.NONE: _("In no paragraph."),
        VerdictWord.REMOVED: _("The version before had it; this one has not."),
    },
}


class SignForm(forms.Form):
    """One word, the paragraph it rests on, and a reason where the word is not the proposed one."""

    signed = forms.ChoiceField(label=_("What does the text contain?"), widget=forms.RadioSelect)
    paragraph = forms.CharField(label=_("Paragraph"), required=False, max_length=60,
                                help_text=_("As it stands in the address of the paragraph: 12.c. Empty for none and "
                                            "removed."))
    reason = forms.CharField(label=_("Reason"), required=False, max_length=1000,
                             widget=forms.Textarea(attrs={"rows": 3}),
                             help_text=_("Needed when you sign another word than the one proposed, or sign again. It "
                                         "is public once the ledger is open; write no names of people."))

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["signed"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(word.value, word.label) for word in words_for(kind)]
        field.reasons = MEANINGS.get(kind, MEANINGS["ADD"])  # type: ignore[attr-defined]
