"""What a form's templates need to know about a field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Textarea, TextInput
from django.utils.formats import number_format


def field(
    bound: BoundField, *, counter: int | None, reasons: Mapping[Any, str] | None, code: bool, tall: bool
) -> tuple[str, dict[str, Any]]:
    """Return the template for a bound field and what it shows."""
    widget = bound.field.widget
    ident = bound.id_for_label or bound.auto_id or bound.html_name
    errors = list(bound.errors)
    about = {
        "bound": bound,
        "id": ident,
        "errors": errors,
        "optional": not bound.field.required,
        "code": code,
        "tall": tall,
        "help": bound.help_text,
    }
    if isinstance(widget, (RadioSelect, CheckboxSelectMultiple)):
        given: Mapping[Any, str] = reasons or getattr(bound.field, "reasons", None) or {}
        said = {str(key): text for key, text in given.items()}
        about["id"] = bound.auto_id or bound.html_name
        about["choices"] = [
            {**choice.data, "id": choice.id_for_label, "reason": said.get(str(choice.data["value"]), "")}
            for choice in bound.subwidgets
        ]
        return "components/options.html", about

    limit = counter or (getattr(bound.field, "max_length", None) if isinstance(widget, Textarea) else None)
    # The browser's own limit cuts pasted text without a word; the server refuses with one and keeps it all.
    widget.attrs.pop("maxlength", None)
    attrs: dict[str, Any] = {}
    described = [
        name
        for name, there in ((f"{ident}_help", bound.help_text), (f"{ident}_error", errors), (f"{ident}_counter", limit))
        if there
    ]
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if isinstance(widget, (TextInput, Textarea)) and "dir" not in widget.attrs:
        attrs["dir"] = "auto"
    about["limit"] = limit
    about["limit_words"] = number_format(limit, use_l10n=True, force_grouping=True) if limit else ""
    about["control"] = bound.as_widget(attrs=attrs)
    about["box"] = isinstance(widget, CheckboxInput)
    return "components/field.html", about


def problems(forms: Iterable[BaseForm]) -> list[dict[str, str]]:
    """Return each error of bound forms with the address of its field on the page."""
    found = []
    for form in forms:
        if form is None or not getattr(form, "is_bound", False):
            continue
        found += [{"text": str(text), "href": "", "label": ""} for text in form.non_field_errors()]
        for bound in form:
            anchor = bound.id_for_label or f"{bound.auto_id}_0"
            found += [{"text": str(text), "href": f"#{anchor}", "label": str(bound.label)} for text in bound.errors]
    return found
