"""Parts of the import workbench as tags: `{% load workbench %}`."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tribune.engine.text import local_number
from tribune.watch.models import Version
from tribune.watch.workbench import Bench, BenchRow, bench_address

register = template.Library()


@register.simple_tag
def bench_link(version: Version, language: str, key: str) -> str:
    """The address of the workbench with one paragraph chosen."""
    return bench_address(version, language, key)


@register.simple_tag
def bench_neighbour(bench: Bench, row: BenchRow) -> SafeString:
    """Where the officer stands after a paragraph has gone: the one before it, or the next."""
    place = next(at for at, one in enumerate(bench.rows) if one.key == row.key)
    near = bench.rows[place - 1] if place else bench.rows[1] if len(bench.rows) > 1 else row
    return format_html('<input type="hidden" name="neighbour" value="{}">', near.key)


@register.simple_tag
def bench_local(row: BenchRow) -> str:
    """A number as one types it: within its annex or article."""
    return local_number(row.path) if row.number else ""
