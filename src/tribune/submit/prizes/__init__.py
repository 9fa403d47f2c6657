"""Forms of prizes and calls for practices as data: one TOML a form, with limits in words and what must hold."""

from ._forms import Field, PrizeForm, Problem, form_named, forms, problems

__all__ = ["Field", "PrizeForm", "Problem", "form_named", "forms", "problems"]
