"""What a reader types who found a place that names local governments and is not counted."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReportForm(forms.Form):
    place = forms.CharField(label=_("Number of the paragraph"), max_length=60, help_text=_("As printed: 34 or 12(c)."))
    words = forms.CharField(label=_("The words, as they stand there"), max_length=200)
    note = forms.CharField(label=_("Why they mean local or regional governments"), max_length=500, required=False,
                           widget=forms.Textarea({"rows": 3}))
