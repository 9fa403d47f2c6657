"""What a reader types into the search page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tribune.common.search import Filters

from .choices import TextLanguage
from .models import Process
from .searching import EXPLICIT, LEVEL

_MENTIONS = (("", _("any paragraph")), ("explicit", _("names local or regional governments")),
             ("level", _("may mean them")))
_FLAGS = {"explicit": EXPLICIT, "level": LEVEL}


class SearchForm(forms.Form):
    """Words, and what narrows them down. The address is the search: it can be kept and sent."""

    q = forms.CharField(label=_("Words to look for"), max_length=400, required=False, strip=True)
    process = forms.ChoiceField(label=_("Process"), required=False)
    text = forms.ChoiceField(label=_("Language of the text"), required=False,
                             choices=(("", pgettext_lazy("choice of all languages", "all")), *TextLanguage.choices))
    mention = forms.ChoiceField(label=_("Local governments"), required=False, choices=_MENTIONS)
    since = forms.DateField(label=_("Text dated from"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("until"), required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["process"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", pgettext_lazy("choice of all processes", "all")),
                         *((process.slug, str(process)) for process in Process.objects.order_by("name"))]

    @property
    def narrowing(self) -> list[forms.BoundField]:
        """The fields below the words."""
        return [self[name] for name in ("process", "text", "mention", "since", "until")]

    def filters(self) -> Filters:
        """Return what was chosen; call it after `is_valid`."""
        chosen = self.cleaned_data
        return Filters(process=chosen.get("process", ""), language=chosen.get("text", ""), since=chosen.get("since"),
                       until=chosen.get("until"), flags=_FLAGS.get(chosen.get("mention", ""), 0))
