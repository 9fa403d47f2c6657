"""What an officer types when signing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tribune.synthesise.choices import AskKind
from tribune.watch.models import Process

from .choices import FollowUpState, VerdictWord
from .rules import words_for
from .words import HISTORY_WORDS, OBJECTIVES, ORDER

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


class ContestForm(forms.Form):
    """What a contributor holds against a verdict; guests give their receipt with it."""

    receipt = forms.CharField(label=_("Your receipt"), max_length=120,
                              help_text=_("The code that you were shown when you contributed, with its hyphens."),
                              widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))
    text = forms.CharField(label=_("What is wrong with this verdict?"), max_length=2000,
                           widget=forms.Textarea(attrs={"rows": 6}),
                           help_text=_("Say which paragraph you mean and what it says. Only you and the officers read "
                                       "this; everybody sees that the verdict was contested, and the answer."))

    def __init__(self, *args: Any, needs_receipt: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_receipt:
            del self.fields["receipt"]


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("Your answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
                             help_text=_("It is public and stays. Write no names of people."))


class FollowUpForm(forms.Form):
    """What an officer decides about a promise that rules found."""

    state = forms.ChoiceField(label=_("Is this a promise to follow up?"), widget=forms.RadioSelect, choices=[
        (FollowUpState.CONFIRMED.value, _("Yes: follow it up")), (FollowUpState.DONE.value, _("It has been kept")),
        (FollowUpState.SET_ASIDE.value, _("No promise, or not ours to follow"))])
    due_on = forms.DateField(label=_("Due by"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
                             help_text=_("The last day that the words allow. It stands in the calendar."))
    who = forms.CharField(label=_("Who promised or was asked"), required=False, max_length=300)
    objective = forms.TypedChoiceField(label=_("Objective of the Global Digital Compact"), required=False,
                                       coerce=int, empty_value=None)
    note = forms.CharField(label=_("Note"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
                           help_text=_("It is public. Where does the promise stand, or what shows that it was kept?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["objective"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("none")), *((n, f"{n}. {said}") for n, said in OBJECTIVES.items())]


class MemoryForm(forms.Form):
    """What to look for among asks and agreed language. The address is the search: it can be kept and sent."""

    q = forms.CharField(label=_("A subject, words, or a sentence"), max_length=400, required=False, strip=True)
    process = forms.ChoiceField(label=_("Process"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("until"), required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["process"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", pgettext_lazy("choice of all processes", "all")),
                         *((process.slug, str(process)) for process in Process.objects.order_by("name"))]


class ChooseForm(forms.Form):
    """Which rows of a ledger to show; every field may stay empty."""

    city = forms.ChoiceField(label=_("Asked by"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    word = forms.ChoiceField(label=_("In the newest version"), required=False)
    history = forms.ChoiceField(label=_("Through the versions"), required=False)
    words = forms.CharField(label=_("With these words in the ask"), required=False, max_length=100)

    def __init__(self, *args: Any, cities: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        anything = [("", _("all"))]
        choices: dict[str, Iterable[tuple[Any, Any]]] = {
            "city": cities, "kind": AskKind.choices,
            "word": [*((word.value, word.label) for word in ORDER), ("waiting", pgettext_lazy("verdict", "waiting"))],
            "history": HISTORY_WORDS.items()}
        for name, known in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [*anything, *known]
