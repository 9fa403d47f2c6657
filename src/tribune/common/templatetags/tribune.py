"""The parts of a page as tags: `{% load tribune %}`. How to use each: docs/visual.md and /styleguide/."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tribune.common.pictures import mark as mark_shape
from tribune.common.pictures import thread_icon as thread_icon_shape
from tribune.common.templatetags import _forms, _redline

register = template.Library()


def _words(kind: str) -> str:
    """The word that stands beside a mark."""
    return {
        "verbatim": pgettext("verdict", "verbatim"),
        "substance": pgettext("verdict", "in substance"),
        "partly": pgettext("verdict", "partly"),
        "none": pgettext("verdict", "none"),
        "kept": pgettext("verdict", "kept"),
        "removed": pgettext("verdict", "removed"),
        "waiting": pgettext("verdict", "waiting"),
        "added": pgettext("mention", "mention added"),
        "weakened": pgettext("mention", "weakened"),
        "deleted": pgettext("mention", "mention deleted"),
    }[kind]


# ---- The frame of a page


@register.inclusion_tag("components/nav.html", takes_context=True)
def nav(context: template.Context) -> dict[str, Any]:
    """The main navigation from `settings.NAVIGATION`; names that do not resolve are left out."""
    match = getattr(context.get("request"), "resolver_match", None)
    here = getattr(match, "view_name", "")
    room = getattr(match, "namespace", "")
    wanted = context.get("nav_current") or ""
    items = []
    for label, name in getattr(settings, "NAVIGATION", ()):
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        current = ""
        if name == (wanted or here):
            current = "page" if name == here else "true"
        items.append({"label": label, "href": address, "current": current, "room": name.rpartition(":")[0]})
    if room and not any(item["current"] for item in items):
        for item in items:
            if item["room"] == room:
                item["current"] = "true"
                break
    return {"items": items}


@register.simple_tag
def breadcrumbs(*steps: Any) -> SafeString:
    """`{% breadcrumbs "Label" address "Label" address "Here" %}`: pairs; a last label alone is this page."""
    items = []
    for at in range(0, len(steps) - 1, 2):
        items.append(format_html('<li><a href="{}">{}</a></li>', steps[at + 1], steps[at]))
    if len(steps) % 2:
        items.append(format_html('<li aria-current="page">{}</li>', steps[-1]))
    return format_html(
        '<nav class="crumbs" aria-label="{}"><ol class="bare">{}</ol></nav>',
        _("You are here"),
        mark_safe("".join(items)),
    )


@register.simple_block_tag
def section(content: str, title: str, aside: str = "", id: str = "", href: str = "") -> SafeString:
    """A section under its ink rule: h2, an optional line beside it, `href` where the heading leads."""
    heading = format_html('<a href="{}">{}</a>', href, title) if href else title
    beside = format_html("<p>{}</p>", aside) if aside else ""
    return format_html(
        '<section class="section"{}><header><h2>{}</h2>{}</header>{}</section>',
        format_html(' id="{}"', id) if id else "",
        heading,
        beside,
        content,
    )


@register.simple_block_tag
def banner(content: str, kind: str = "info", title: str = "") -> SafeString:
    """A remark of the platform. `kind`: info, warn, error (Django's message levels are understood)."""
    look = {"warning": "warn", "warn": "warn", "error": "stop"}.get((kind or "").split(" ")[-1], "")
    return format_html(
        '<div class="banner {}">{}<p>{}</p></div>', look, format_html("<b>{}</b>", title) if title else "", content
    )


@register.simple_tag
def empty_state(text: str, label: str = "", href: str = "") -> SafeString:
    """What would be here, and the one act that starts it."""
    act = format_html('<a class="button" href="{}">{}</a>', href, label) if href else ""
    return format_html('<div class="empty"><p>{}</p>{}</div>', text, act)


# ---- Acts and forms


@register.simple_tag
def button(
    label: str,
    href: str = "",
    kind: str = "full",
    name: str = "",
    value: str = "",
    type: str = "submit",
    said: str = "",
    id: str = "",
) -> SafeString:
    """A button, or a link that looks like one when `href` is given.

    `kind`: full (one a form), outline, plain. `said` is the whole name for screen readers where `label` alone
    would repeat down the page ("Comment on 12").
    """
    look = "button" if kind == "full" else f"button {kind}"
    extra = format_html_join("", ' {}="{}"', [(key, val) for key, val in (("id", id), ("aria-label", said)) if val])
    if href:
        return format_html('<a class="{}" href="{}"{}>{}</a>', look, href, extra, label)
    if name:
        extra += format_html(' name="{}" value="{}"', name, value)
    if type == "submit":
        extra += format_html(' data-sending="{}"', _("Sending…"))
    return format_html('<button class="{}" type="{}"{}>{}</button>', look, type, extra, label)


@register.simple_tag
def field(
    bound: BoundField,
    counter: int | None = None,
    reasons: Mapping[Any, str] | None = None,
    code: bool = False,
    tall: bool = False,
) -> SafeString:
    """A form field: label, help, error, control, counter. Radios and lists of boxes become option rows."""
    return mark_safe(render_to_string(*_forms.field(bound, counter=counter, reasons=reasons, code=code, tall=tall)))


@register.inclusion_tag("components/problems.html")
def error_summary(*forms: BaseForm) -> dict[str, Any]:
    """What must change, on top of the page, each line a link to its field; nothing when all is well."""
    return {"problems": _forms.problems(forms)}


@register.simple_block_tag
def dialog(content: str, id: str, label: str, title: str = "", kind: str = "outline", open: bool = False) -> SafeString:
    """A button that opens `content`: a native dialog with script, a detail in place without."""
    return format_html(
        '<details class="dialog" id="{}" data-close="{}"{}><summary class="button {}">{}</summary>'
        '<div class="dialog-body">{}{}</div></details>',
        id,
        _("Close"),
        mark_safe(" open") if open else "",
        kind,
        label,
        format_html("<h2>{}</h2>", title) if title else "",
        content,
    )


# ---- Data


@register.simple_block_tag
def table(content: str, label: str, stacked: bool = False) -> SafeString:
    """Wraps `<thead>` and `<tbody>` into a table that scrolls by itself on a phone, or stacks its cells."""
    return format_html(
        '<div class="table{}" role="region" aria-label="{}" tabindex="0"><table>{}</table></div>',
        " stacked" if stacked else "",
        label,
        content,
    )


@register.simple_tag
def tabs(items: Iterable[Sequence[Any]], label: str = "") -> SafeString:
    """Links that filter what follows: items (label, address, is current[, count])."""
    links = [
        format_html(
            '<li><a href="{}"{}>{}{}</a></li>',
            item[1],
            mark_safe(' aria-current="true"') if item[2] else "",
            item[0],
            format_html(" {}", item[3]) if len(item) > 3 and item[3] is not None else "",
        )
        for item in items
    ]
    return format_html(
        '<nav class="tabs" aria-label="{0}"><b aria-hidden="true">{0}</b><ul class="bare">{1}</ul></nav>',
        label or _("Show"),
        mark_safe("".join(links)),
    )


@register.inclusion_tag("components/pages.html", takes_context=True)
def pages(context: template.Context, page: Page, name: str = "page") -> dict[str, Any]:
    """Pagination that keeps the rest of the query."""
    query = context["request"].GET.copy() if "request" in context else None
    kept = ""
    if query is not None:
        query.pop(name, None)
        kept = query.urlencode()
    numbers = list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
    return {"page": page, "numbers": numbers, "prefix": f"?{kept + '&' if kept else ''}{name}="}


@register.simple_tag
def progress(value: float, total: float, label: str) -> SafeString:
    """How far along something is, in words and as a bar: `label` is the whole sentence."""
    return format_html(
        '<div class="progress"><span aria-hidden="true">{0}</span>'
        '<progress value="{1}" max="{2}" aria-label="{0}"></progress></div>',
        label,
        value,
        total,
    )


@register.simple_tag
def facts(items: Iterable[Sequence[Any]]) -> SafeString:
    """A definition list: items (term, description)."""
    return format_html(
        '<dl class="facts">{}</dl>',
        format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", [tuple(item) for item in items]),
    )


@register.simple_tag
def count(value: Any, label: str, href: str = "", kind: str = "") -> SafeString:
    """A large number with its words, a link to what it counts. `kind`: empty, voice (a city's gain), del."""
    if isinstance(value, int):
        value = number_format(value, use_l10n=True, force_grouping=True)
    if href:
        return format_html('<a class="count {}" href="{}"><b>{}</b> {}</a>', kind, href, value, label)
    return format_html('<span class="count {}"><b>{}</b> {}</span>', kind, value, label)


@register.simple_tag
def chip(text: str, kind: str = "", href: str = "") -> SafeString:
    """A short label in a rounded line. `kind`: empty, voice, solid, warn, del."""
    if href:
        return format_html('<a class="chip {}" href="{}">{}</a>', kind, href, text)
    return format_html('<span class="chip {}">{}</span>', kind, text)


@register.simple_tag
def machine_helped(code: str) -> SafeString:
    """A link beside what a machine proposed, to how it does that and who decides (the register of `common.machine`)."""
    return format_html('<a class="machine" href="{}#{}">{}</a>', reverse("ai_register"), code,
                       _("How a machine helped here"))


@register.simple_tag
def support(cities: int = 0, regions: int = 0, mandated: int = 0, href: str = "", opened: bool = False) -> SafeString:
    """Who stands behind a sentence: "5 cities, 3 regions, 2 mandated"; a link to the voices themselves."""
    parts = []
    if cities:
        parts.append(ngettext("%d city", "%d cities", cities) % cities)
    if regions:
        parts.append(ngettext("%d region", "%d regions", regions) % regions)
    if mandated:
        parts.append(ngettext("%d mandated", "%d mandated", mandated) % mandated)
    text = pgettext("between counts", ", ").join(parts) or _("nobody yet")
    return chip(text, kind="" if not parts else "solid" if opened else "voice", href=href)


@register.simple_tag
def quotation(
    text: str, lang: str = "", by: str = "", note: str = "", href: str = "", link: str = "", spans: Iterable[Any] = ()
) -> SafeString:
    """What somebody wrote, in its own language and direction; below it who, when, and a link.

    `spans` marks the words that carry a sentence, as `marked` does.
    """
    line = format_html_join(
        "", "{}", [(part,) for part in (by, pgettext("between counts", ", ") if by and note else "", note) if part]
    )
    if href:
        line += format_html(' <a href="{}">{}</a>', href, link or _("Whole text"))
    return format_html(
        '<figure class="quotation"><blockquote dir="auto"{}>{}</blockquote>{}</figure>',
        format_html(' lang="{}"', lang) if lang else "",
        _redline.marked(text, spans),
        format_html("<figcaption>{}</figcaption>", line) if line else "",
    )


@register.simple_tag
def steps(items: Iterable[Sequence[Any]], title: str = "") -> SafeString:
    """What happens next: items (when, what)."""
    rows = format_html_join(
        "", '<li><span class="when">{}</span><span class="what">{}</span></li>', [tuple(item) for item in items]
    )
    return format_html(
        '<section class="steps"><h2>{}</h2><ol class="bare">{}</ol></section>', title or _("What happens next"), rows
    )


# ---- Words and marks


@register.simple_tag
def marked(text: str, spans: Iterable[Any] = ()) -> SafeString:
    """`text` with its spans marked: (start, end) or (start, end, "named" | "match" | "warn"), in code points."""
    return _redline.marked(text, spans)


@register.simple_tag
def redline(
    pieces: Iterable[Sequence[str]], mentions: Iterable[Any] = (), old_mentions: Iterable[Any] = ()
) -> SafeString:
    """A redline from [["=", text], ["-", text], ["+", text]]; spans of mentions in the new and in the old text."""
    return _redline.redline(pieces, mentions, old_mentions)


@register.simple_tag
def verdict(
    kind: str,
    proposed: bool = False,
    size: int = 16,
    href: str = "",
    word: str = "",
    bare: bool = False,
    heavy: bool = False,
    said: str = "",
) -> SafeString:
    """The mark of a verdict or of a changed mention, and its word.

    `kind`: verbatim, substance, partly, none, kept, removed, waiting; added, weakened, deleted. `proposed` draws the
    dotted line of a verdict that nobody has signed. `word` replaces the word, `bare` hides it from sight (only in
    rows that spell the verdicts out next to it), `said` is its name there.
    """
    text = word or _words(kind)
    unsigned = format_html('<span class="hidden"> ({})</span>', _("proposed, not signed")) if proposed else ""
    label = (
        format_html('<span class="hidden">{}</span>', said or text)
        if bare
        else format_html('<span class="word">{}</span>', text)
    )
    look = f"verdict {kind}{' proposed' if proposed else ''}{' heavy' if heavy else ''}"
    inside = format_html("{}<span>{}{}</span>", mark_shape(kind, size), label, unsigned)
    if href:
        return format_html('<a class="{}" href="{}">{}</a>', look, href, inside)
    return format_html('<span class="{}">{}</span>', look, inside)


@register.simple_tag
def verdict_key() -> SafeString:
    """The key above a ledger."""
    kinds = ("verbatim", "substance", "partly", "kept", "none", "removed", "waiting")
    return format_html(
        '<ul class="legend ruled">{}</ul>', format_html_join("", "<li>{}</li>", [(verdict(kind),) for kind in kinds])
    )


@register.inclusion_tag("components/redline_key.html")
def redline_key() -> dict[str, Any]:
    """The key above a redline; words instead of colour."""
    return {}


@register.inclusion_tag("components/strip_key.html")
def strip_key(asked: bool = True) -> dict[str, Any]:
    """The key below a mention strip."""
    return {"asked": asked}


@register.simple_tag
def thread_icon(kind: str) -> SafeString:
    """How a paragraph came to the other text: kept, edited, moved, split, merged, dropped, added."""
    return thread_icon_shape(kind)
