"""What people fill in when answers arrive from outside."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tribune.people.models import City

from .actions import ItemGiven
from .choices import Act, Strength
from .models import IntakeItem

ANYBODY = "anybody"
_MOST = 25_000_000


class BringForm(forms.Form):
    """A file with answers, and for whom it is brought."""

    file = forms.FileField(label=_("File"), help_text=_(
        "A mail (.eml), a Word file with tracked changes or a letter (.docx), the table of a form (.csv), or "
        "annotations (.jsonld). At most 25 MB. It is read apart from everything else, and kept."),
        error_messages={"required": _("Choose a file.")})
    of = forms.ChoiceField(label=_("Whose answers"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, cities: list[City], officer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(city.pk): city for city in cities}
        field = self.fields["of"]
        assert isinstance(field, forms.ChoiceField)
        choices: list[tuple[str, Any]] = []
        if officer:
            choices.append((ANYBODY, _("answers that were sent to your organisation")))
        choices += [(key, _("what colleagues in %(city)s wrote") % {"city": city})
                    for key, city in self.places.items()]
        field.choices = choices
        field.initial = choices[0][0] if choices else None

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > _MOST:
            raise forms.ValidationError(_("This file has %(n)d MB; 25 MB are allowed.") % {"n": file.size // 1_000_000})
        return file

    def city(self) -> City | None:
        """Return the city whose colleagues wrote it, or None."""
        return self.places.get(self.cleaned_data["of"])


class ItemForm(forms.Form):
    """One answer as it was found, to be taken or left, and put in its place."""

    take = forms.BooleanField(label=_("Take it"), required=False)
    where = forms.ChoiceField(label=_("Answers to"), required=False)
    city = forms.ChoiceField(label=_("In the name of"), required=False)
    act = forms.ChoiceField(label=_("What it asks"), choices=Act.choices)
    strength = forms.ChoiceField(label=_("How important"), choices=Strength.choices, required=False)
    wording = forms.CharField(label=_("Wording"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    why = forms.CharField(label=_("Reason or comment"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, data: Any = None, *, item: IntakeItem, places: list[tuple[str, Any]],
                 cities: list[tuple[str, Any]]) -> None:
        super().__init__(data, prefix=f"i{item.pk}")
        self.item = item
        placed = f"p:{item.passage.path}" if item.passage else f"q:{item.question.public_id}" if item.question else ""
        twin = item.twin_id is not None or item.twin_item_id is not None
        self.initial = {"take": bool(placed) and not twin, "where": placed, "act": item.act, "why": item.why,
                        "strength": item.strength or Strength.SHOULD, "wording": item.wording,
                        "city": str(item.city_id or "")}
        for name, choices in (("where", places), ("city", cities)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        if not cities:
            del self.fields["city"]

    def given(self, cities: dict[str, City]) -> ItemGiven:
        """Return what was decided, as `take_in` takes it."""
        typed = self.cleaned_data
        kind, _colon, key = typed["where"].partition(":")
        return ItemGiven(take=typed["take"], paragraph=key if kind == "p" else "", question=key if kind == "q" else "",
                         city=cities.get(typed.get("city", "")), act=typed["act"], strength=typed["strength"],
                         wording=typed["wording"], why=typed["why"])
