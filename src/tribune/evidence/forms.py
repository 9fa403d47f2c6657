"""Forms of the evidence room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tribune.engine.reach import FIELDS

from .choices import ListKind
from .models import SchoolRule
from .words import FIELD


class ListForm(forms.Form):
    """A file of schools, nodes or prices, with where it comes from."""

    kind = forms.ChoiceField(label=_("What is in the file"), choices=ListKind.choices, initial=ListKind.SCHOOLS)
    file = forms.FileField(label=_("File"), help_text=_("CSV or GeoJSON for schools; CSV, GeoJSON or OFDS for nodes; "
                                                        "TOML for prices; CSV for indicators and their targets."))
    source = forms.CharField(label=_("Source"), max_length=300,
                             help_text=_("Who made this list, for example the ministry or your own office."))
    as_of = forms.DateField(label=_("As of"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        most = settings.FILE_LIMITS["megabytes"]
        if file.size > most * 1024 * 1024:
            raise forms.ValidationError(_("The file is larger than %(megabytes)d MB.") % {"megabytes": most})
        return file


class ColumnsForm(forms.Form):
    """Which heading of the file means what."""

    def __init__(self, *args: Any, headings: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in FIELDS:
            self.fields[field] = forms.ChoiceField(label=FIELD[field], required=False,
                                                   choices=[("", "—"), *((one, one) for one in headings)])


class RuleForm(forms.ModelForm):
    class Meta:
        model = SchoolRule
        fields = ("mbit", "mbit_per_pupil", "reason")


class BudgetForm(forms.Form):
    budget = forms.FloatField(label=_("Budget"), min_value=0, max_value=1e12, required=False)
    by = forms.ChoiceField(label=_("Spend it so that most of these are connected"), required=False, choices=[
        ("pupils", _("pupils")), ("girls", _("girls")), ("schools", _("schools"))])
