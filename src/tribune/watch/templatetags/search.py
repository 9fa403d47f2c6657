"""Words that were looked for, marked in what was found: `{% load search %}`."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from tribune.common.templatetags import _redline
from tribune.engine.search import Query, matches

register = template.Library()

# About five lines on a wide page; the words found stand in the first third.
_LONG, _BEFORE = 420, 110


@register.simple_tag
def excerpt(text: str, query: Query, language: str = "") -> SafeString:
    """The part of a text around the first place that was looked for, with all places marked."""
    spans = matches(query, text, language)
    start, end = 0, len(text)
    if end > _LONG:
        first = spans[0][0] if spans else 0
        if first > _LONG - _BEFORE:
            start = _word_edge(text, first - _BEFORE)
        end = _word_edge(text, start + _LONG) if start + _LONG < end else end
    kept = [(max(a - start, 0), min(b, end) - start, "match") for a, b in spans if b > start and a < end]
    before, after = "… " if start else "", " …" if end < len(text) else ""
    shown = [(a + len(before), b + len(before), kind) for a, b, kind in kept]
    return _redline.marked(f"{before}{text[start:end]}{after}", shown)


def _word_edge(text: str, near: int) -> int:
    """The next place between words; Chinese has none, and is cut where it is."""
    at = text.find(" ", near, near + 30)
    return at + 1 if at >= 0 else near
