"""What officers give to bring a table in, or to switch a known process on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tribune.people.models import Organisation

from . import seed
from .models import Process
from .tables import text_of

# A table of 5,000 lines is smaller.
MOST_BYTES = 1_000_000


class TableForm(forms.Form):
    """A CSV file; the steps of one process need to be told whose they are."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"), empty_label=None)
    file = forms.FileField(label=_("Table"), widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt"}),
                           help_text=_("CSV with the columns of our own export, or a list of processes, or the steps "
                                       "of one process; at most 1 MB and 5,000 lines."))
    process = forms.ModelChoiceField(Process.objects.none(), label=_("Process of the steps"), required=False,
                                     empty_label=_("the table says it"),
                                     help_text=_("For a table of steps: stage, date, what happened, address."))

    def __init__(self, *args: Any, organisations: Any, processes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (("organisation", organisations), ("process", processes)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = found

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(_("This table is larger than 1 MB. Cut it into several."))
        return upload

    def text(self) -> str:
        """Return what stands in the file, whatever its encoding."""
        return text_of(self.cleaned_data["file"].read())

    def slug(self) -> str:
        process = self.cleaned_data["process"]
        return process.slug if process else ""


class SaveForm(forms.Form):
    """The table of a preview on its way back, with the mark of what was shown."""

    text = forms.CharField(widget=forms.HiddenInput, max_length=2 * MOST_BYTES, strip=False)
    mark = forms.CharField(widget=forms.HiddenInput, max_length=16)
    organisation = forms.IntegerField(widget=forms.HiddenInput)
    process = forms.SlugField(widget=forms.HiddenInput, required=False)


class KnownForm(forms.Form):
    """One known process, on or off, for one organisation of the officer."""

    known = forms.ChoiceField(choices=lambda: [(key, key) for key in seed.known()])
    organisation = forms.ModelChoiceField(Organisation.objects.none())
    switch = forms.ChoiceField(choices=[("on", "on"), ("off", "off")])

    def __init__(self, data: Any, *, organisations: Any) -> None:
        super().__init__(data)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisations
