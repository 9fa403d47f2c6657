"""Pages to print, set by typst: the words go in as data, never as source."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from textwrap import shorten
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from tribune.common.typeset import set_page

from ..queries import Record
from ..rules import IN_THE_TEXT
from ..words import counted

_HERE = Path(__file__).resolve().parent
# What one page holds; the rest is counted in words, with the address that has all.
_LINES = 34
# Characters of a title that stand on one line, and that are shown at most.
_WIDTH, _TITLE = 42, 120


def qr_of(address: str) -> str:
    """Return an address as an SVG picture in black and white."""
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", scale=6, border=2, svgclass=None, lineclass=None,
                                        title=address, xmldecl=False)
    return drawn.getvalue().decode()


def permalink(name: str, *args: str) -> str:
    """Return a full address without a language, so that each reader's own is taken."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(settings.BASE_URL + reverse(name, args=args).removeprefix(f"/{settings.LANGUAGE_CODE}"))


def city_page(record: Record, *, on: date) -> bytes:
    """Return one A4 page as PDF in the present language: counts, and each ask with its verdict and paragraph.

    Raises common.typeset.NotSet when the typesetter fails.
    """
    return set_page(_HERE, "city.typ", _city(record, on=on))


def _city(record: Record, *, on: date) -> dict[str, Any]:
    total, address = record.total, permalink("people:city", record.city.slug)
    left, lines = _LINES, []
    for line in record.lines:
        if left < 2:
            break
        shown, left = _fitting(line.asks, left - 1)
        words: dict[str, int] = {}
        for _ask, verdict, _number in line.asks:
            if verdict is not None:
                words[verdict.signed] = words.get(verdict.signed, 0) + 1
        lines.append({"title": f"{_isolated(line.process)}, {line.year}", "said": counted(words, line.counts.waiting),
                      "asks": [_line(*one) for one in shown]})
    n_more = total.made - sum(len(line["asks"]) for line in lines)
    return {
        "title": ngettext("%(within)d of %(n)d ask of %(city)s appears in the text",
                          "%(within)d of %(n)d asks of %(city)s appear in the text", total.made) % {
                              "within": total.within, "n": total.made, "city": record.city},
        "lede": _("What %(city)s asked of international texts, and what these contained afterwards.") % {
            "city": record.city},
        "counts": [
            {"n": total.made, "label": _("asked"), "voice": False},
            {"n": total.handed, "label": _("handed over"), "voice": False},
            {"n": total.within, "label": _("in the text, wholly or in part"), "voice": total.within > 0},
            {"n": total.out, "label": _("not in the text"), "voice": False},
            {"n": total.waiting, "label": _("waiting"), "voice": False}],
        "lines": lines,
        "more": ngettext("%(n)d more ask stands at the address below.", "%(n)d more asks stand at the address below.",
                         n_more) % {"n": n_more} if n_more else "",
        "note": _("Appearance is not proof of influence. A verdict says what a text contains; it does not say why. "
                  "Each was signed by an officer of the organisation that keeps the ledger."),
        "foot": f"{_isolated(address)}  ·  {date_format(on, 'DATE_FORMAT')}", "qr": qr_of(address), "address": address,
        "language": (translation.get_language() or "en").split("-")[0], "rtl": get_language_bidi(),
        "size": 9.5 if left > 8 else 8.5}


def _fitting(asks: Sequence[Any], left: int) -> tuple[list[Any], int]:
    """Return the first asks that fit into so many lines of print, and how many lines are left."""
    shown: list[Any] = []
    for one in asks:
        height = 1 + len(shorten(str(one[0]), _TITLE, placeholder="…")) // _WIDTH
        if height > left:
            return shown, 0
        left -= height
        shown.append(one)
    return shown, left


def _isolated(words: object) -> str:
    """Return words in their own direction, whatever runs around them (UAX 9, first strong isolate)."""
    return f"\u2068{words}\u2069"


def _line(ask: Any, verdict: Any, number: str) -> dict[str, Any]:
    within = verdict is not None and verdict.signed in IN_THE_TEXT
    place = (_("paragraph %(number)s, %(version)s") % {
        "number": _isolated(number), "version": _isolated(verdict.version)} if number
             else str(verdict.version) if verdict is not None else "")
    word = verdict.get_signed_display() if verdict is not None else _("waiting")
    return {"number": str(ask.number), "title": _isolated(shorten(str(ask), _TITLE, placeholder="…")),
            "voice": within, "place": place, "word": word}
