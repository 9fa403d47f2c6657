"""What an officer fills in to bring data of another platform."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .actions import MOST_DATA_MEGABYTES


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    widget = _Files

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(_FilesField, self).clean(file, initial) for file in files]


class BringDataForm(forms.Form):
    """Files of one conversation or one list, where they come from, and under which licence."""

    file = _FilesField(label=_("Files"), help_text=_(
        "A Polis export (its CSV files together, or as one ZIP), statements of Sensemaker or Talk to the City, or any "
        "list of statements as CSV or XLSX."), error_messages={"required": _("Choose a file.")})
    source = forms.CharField(label=_("Where it comes from"), max_length=200, help_text=_(
        "People read it beside the statements: a name, and an address if there is one."))
    licence = forms.CharField(label=_("Licence, and who is to be named"), max_length=300, required=False)

    def clean_file(self) -> list[Any]:
        """Refuse what is too large before it is read."""
        files: list[Any] = self.cleaned_data["file"]
        if sum(file.size for file in files) > MOST_DATA_MEGABYTES * 1_000_000:
            raise forms.ValidationError(_("Together these files have more than %(n)d MB.")
                                        % {"n": MOST_DATA_MEGABYTES})
        return files
