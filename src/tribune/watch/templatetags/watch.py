"""Days and clocks as each language writes them: `{% load watch %}`."""

from __future__ import annotations

from datetime import date, time

from django import template
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language_info, pgettext

from tribune.watch.choices import TextLanguage

register = template.Library()


@register.filter
def day(value: date) -> str:
    """14 May 2027"""
    return date_format(value, pgettext("date format", "j F Y"))


@register.filter
def day_month(value: date) -> str:
    """14 May"""
    return date_format(value, pgettext("date format", "j F"))


@register.filter
def weekday(value: date) -> str:
    """Monday 17 May 2027"""
    return date_format(value, pgettext("date format", "l j F Y"))


@register.filter
def clock(value: time) -> str:
    """18:00, everywhere: no language of ours needs another clock."""
    return time_format(value, "H:i")


@register.filter
def language_name(code: str) -> str:
    """The name of a text's language, in that language."""
    return TextLanguage(code).label if code in TextLanguage.values else code


@register.filter
def language_here(code: str) -> str:
    """The name of a text's language in the language of the page; loads no letters of other scripts."""
    try:
        return str(get_language_info("zh-hans" if code == "zh" else code)["name_translated"])
    except KeyError:
        return code


@register.filter
def text_direction(code: str) -> str:
    return "rtl" if code == "ar" else "ltr"
