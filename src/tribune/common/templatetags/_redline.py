"""Marked words as HTML: what was added, what was struck, what names local governments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

Span = Sequence[Any]

KINDS = {"named": "", "match": "", "warn": ' class="warn"'}


def marked(text: str, spans: Iterable[Span], start: int = 0) -> SafeString:
    """Return `text` with each span wrapped in `<mark>`.

    `spans` are half-open (start, end) or (start, end, kind) in code points, kind "named", "match" or "warn";
    `start` is the offset of `text` in what the spans count in. Of two spans that overlap the first keeps its words.
    """
    out: list[str] = []
    at = 0
    for span in sorted(tuple(span) for span in spans):
        begin = max(int(span[0]) - start, at)
        end = min(int(span[1]) - start, len(text))
        if begin >= end:
            continue
        kind = str(span[2]) if len(span) > 2 else "named"
        out += (escape(text[at:begin]), f"<mark{KINDS.get(kind, '')}>", escape(text[begin:end]), "</mark>")
        at = end
    return mark_safe("".join([*out, escape(text[at:])]))


def redline(
    pieces: Iterable[Sequence[str]], mentions: Iterable[Span] = (), old_mentions: Iterable[Span] = ()
) -> SafeString:
    """Return a redline as `<del>`, `<ins>` and plain text, in reading order.

    `pieces` are ("=", text), ("-", text) or ("+", text). `mentions` count in the new text (what is kept and added),
    `old_mentions` in the old one (what is kept and deleted) and mark deleted words only.
    """
    new_spans, old_spans = list(mentions), list(old_mentions)
    out: list[str] = []
    new = old = 0
    for sign, text in pieces:
        if sign == "-":
            out.append(f'<del data-said="{escape(_("deleted:"))} ">{marked(text, old_spans, old)}</del>')
            old += len(text)
        elif sign == "+":
            out.append(f'<ins data-said="{escape(_("added:"))} ">{marked(text, new_spans, new)}</ins>')
            new += len(text)
        else:
            out.append(marked(text, new_spans, new))
            new += len(text)
            old += len(text)
    return mark_safe("".join(out))
