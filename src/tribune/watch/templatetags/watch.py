"""Days, clocks and lists as each language writes them: `{% load watch %}`. The forms are common.formats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from django import template
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language_info, pgettext

from tribune.people.choices import Region
from tribune.watch import vocabulary
from tribune.watch.choices import Participation, Precision, TextLanguage
from tribune.watch.models import Stage

register = template.Library()


@register.filter
def day(value: date) -> str:
    """14 May 2027"""
    return date_format(value, "DATE_FORMAT")


@register.filter
def day_month(value: date) -> str:
    """14 May"""
    return date_format(value, "MONTH_DAY_FORMAT")


@register.filter
def month(value: date) -> str:
    """May 2027"""
    return date_format(value, "YEAR_MONTH_FORMAT")


@register.filter
def weekday(value: date) -> str:
    """Monday 17 May 2027"""
    return date_format(value, pgettext("date format", "l j F Y"))


@register.filter
def clock(value: time) -> str:
    """18:00, everywhere: no language of ours needs another clock."""
    return time_format(value, "H:i")


@register.filter
def listed(items: Iterable[object]) -> str:
    """Several things in a row, with the comma of the page's language."""
    return pgettext("between counts", ", ").join(str(item) for item in items)


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
def languages_here(codes: Iterable[str]) -> str:
    """Several languages, named in the language of the page."""
    return listed(language_here(code) for code in codes)


@register.filter
def text_direction(code: str) -> str:
    return "rtl" if code == "ar" else "ltr"


@register.filter
def topic(code: str) -> str:
    return vocabulary.label_of(vocabulary.TOPICS, code)


@register.filter
def wsis_line(code: str) -> str:
    return vocabulary.label_of(vocabulary.WSIS_LINES, code)


@register.filter
def gdc_objective(code: str) -> str:
    return vocabulary.label_of(vocabulary.GDC_OBJECTIVES, code)


@register.filter
def sdg_target(code: str) -> str:
    return vocabulary.target_label(code)


@register.filter
def way_in(code: str) -> str:
    """How local governments may take part."""
    return str(Participation(code).label) if code in Participation.values else code


@register.filter
def region_name(code: str) -> str:
    return str(Region(code).label) if code in Region.values else code


@register.filter
def of(table: Mapping[str, Any] | None, key: str) -> Any:
    """What a table holds under a key: `moves|of:call.public_id`."""
    return (table or {}).get(key, ())


@register.filter
def said(value: Any) -> str:
    """A value of a table as people read it: a day, a time, several things, a dash for nothing."""
    if isinstance(value, date):
        return day(value)
    if isinstance(value, time):
        return clock(value)
    if isinstance(value, list):
        return listed(item["text"] if isinstance(item, dict) else item for item in value) or "–"
    return "–" if value in ("", None) else str(value)


@register.filter
def stage_days(stage: Stage) -> str:
    """When a stage is: "December 2025", "14 May 2027", "14 May 2027 – 16 May 2027"."""
    return span(stage.starts_on, stage.ends_on, month_only=stage.precision == Precision.MONTH)


def span(first: date, last: date | None, *, month_only: bool = False) -> str:
    """Return a day or a stretch of days, or of months, in words."""
    said = month if month_only else day
    begins, ends = said(first), said(last) if last else ""
    return f"{begins} – {ends}" if ends and ends != begins else begins
