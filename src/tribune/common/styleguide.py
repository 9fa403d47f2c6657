"""A living page of every part of the visual language."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext_lazy as _

from tribune.common.pictures import (
    THREADS,
    RulerCall,
    RulerDay,
    StripBar,
    Thread,
    strip,
    thread_icon,
    threads,
    timeline,
)

# Invented words, in a language of each direction.
SPECIMENS: dict[str, dict[str, Any]] = json.loads(
    Path(__file__).with_name("specimens.json").read_text(encoding="utf-8")
)
COLOURS = (
    "paper",
    "quiet",
    "ink",
    "ink2",
    "ink3",
    "edge",
    "line",
    "bar",
    "voice",
    "voice-wash",
    "ins",
    "ins-wash",
    "del",
    "del-wash",
    "warn",
    "warn-wash",
    "warn-edge",
)
VERDICTS = ("verbatim", "substance", "partly", "none", "kept", "removed", "waiting")
MENTIONS = ("added", "kept", "weakened", "deleted")

OLD_NAMED = {3: 3, 43: 41, 58: 59, 62: None}
NEW_NAMED = (3, 34, 41, 59, 88, 117)


class SpecimenForm(forms.Form):
    """A form with one field of each kind."""

    kind = forms.ChoiceField(
        label=_("What should happen to it?"),
        choices=[("keep", _("Keep")), ("add", _("Add")), ("change", _("Change")), ("delete", _("Delete"))],
        widget=forms.RadioSelect,
    )
    wording = forms.CharField(
        label=_("Your wording"),
        help_text=_("Write the paragraph as it should read. The marks below are drawn for you."),
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    paragraph = forms.IntegerField(label=_("Paragraph"))
    why = forms.CharField(label=_("Why"), help_text=_("In your own words, any language."), required=False)
    language = forms.ChoiceField(
        label=_("Answer me in"),
        choices=[("en", "English"), ("fr", "Français"), ("ar", "العربية"), ("ru", "Русский"), ("zh", "中文")],
    )
    file = forms.FileField(
        label=_("Official file"), help_text=_("PDF, DOCX, HTML, Markdown or text, at most 60 MB."), required=False
    )
    code = forms.CharField(label=_("Code"))
    member = forms.BooleanField(label=_("My city is a member"), required=False)

    reasons = {
        "keep": _("It is good. Say why it must stay."),
        "add": _("Words are missing."),
        "change": _("Other words would be better."),
        "delete": _("It should go."),
    }

    def clean_paragraph(self) -> int:
        """Refuse a number beyond the end of the text."""
        number: int = self.cleaned_data["paragraph"]
        if number > 131:
            raise forms.ValidationError(
                _("Paragraph %(n)s does not exist; the text ends at %(last)s."), params={"n": number, "last": 131}
            )
        return number


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component with real parameters; `?theme=dark` or `light` sets the theme."""
    rtl = get_language_bidi()
    words = SPECIMENS.get(get_language() or "en", SPECIMENS["en"])
    theme = request.GET.get("theme", "")
    form = SpecimenForm(
        {
            "kind": "change",
            "wording": words["wording"],
            "paragraph": "340",
            "why": words["why"],
            "language": "en",
            "code": "tavo-9614-rimel",
        }
    )
    context: dict[str, Any] = {
        "theme": theme if theme in ("dark", "light") else "",
        "themes": [
            (_("as the device says"), "?", not theme),
            (_("light"), "?theme=light", theme == "light"),
            (_("dark"), "?theme=dark", theme == "dark"),
        ],
        "words": words,
        "spans": _find(words["paragraph"], words["named"]),
        "redline_spans": _find("".join(text for sign, text in words["redline"] if sign != "-"), words["redline_named"]),
        "amber_spans": [(*span, "warn") for phrase in words["amber_phrases"] for span in _find(words["amber"], phrase)],
        "colours": COLOURS,
        "form": form,
        "page": Paginator(range(240), 20).page(5),
        "verdicts": VERDICTS,
        "mentions": MENTIONS,
        "icons": [(kind, thread_icon(kind)) for kind in THREADS],
        "foot_note": _("A verdict says what the text contains. It does not say why."),
        **_pictures(rtl, words),
    }
    return render(request, "styleguide.html", context)


def _find(text: str, phrase: str) -> list[tuple[int, int]]:
    start = text.index(phrase)
    return [(start, start + len(phrase))]


def _pictures(rtl: bool, words: dict[str, Any]) -> dict[str, Any]:
    first, second = _bars(129, tuple(OLD_NAMED), words), _bars(131, NEW_NAMED, words, hatched=(20, 97))
    grey = _bars(127, (), words)
    links = [
        Thread((str(old),), (str(new),) if new else (), "moved" if new else "dropped", voiced=True)
        for old, new in OLD_NAMED.items()
    ]
    links += [Thread((), (str(new),), "added", voiced=True) for new in (34, 88, 117)]
    links += [
        Thread(("12",), ("18",), "moved"),
        Thread(("80",), ("96", "97"), "split"),
        Thread(("112", "113"), ("101",), "merged"),
        Thread(("30",), ("30",), "edited"),
    ]
    label = words["sum"]
    return {
        "strip_draft": strip(second, height=58, label=label, rtl=rtl),
        "strip_list": strip(second, height=30, label=label, rtl=rtl),
        "strip_grey": strip(grey, height=30, label=words["zero"], rtl=rtl),
        "strip_old": strip(grey, height=14, label=words["zero"], rtl=rtl),
        "strip_history": strip(first, height=14, label=words["zero"], rtl=rtl),
        "threads": threads(first, second, links, rtl=rtl),
        "ruler": timeline(
            [
                RulerCall(2, 1, f"1: {words['calls'][0]}", "#call-1"),
                RulerCall(7, 2, f"2: {words['calls'][1]}", "#call-2", moved_from=4, moved_label=words["moved"]),
                RulerCall(10, 3, f"3: {words['calls'][2]}", "#call-3"),
                RulerCall(14, 4, f"4: {words['calls'][3]}", "#call-4"),
            ],
            [RulerDay(day) for day in words["days"]],
            rtl=rtl,
        ),
    }


def _bars(n: int, named: tuple[int, ...], words: dict[str, Any], hatched: tuple[int, ...] = (20,)) -> list[StripBar]:
    """Invented paragraphs whose lengths repeat a pattern."""
    ends = (9, 20, 33, 75, 108, n)
    names = words["sections"]
    return [
        StripBar(
            id=str(number),
            number=str(number),
            length=80 + (number * 7919) % 23 * 30,
            state="named" if number in named else "maybe" if number in hatched else "unlit",
            asked=number in (10, 34, 38, 41, 55, 62, 76, 97, 112, 120),
            href="#p34",
            section=names[next(at for at, end in enumerate(ends) if number <= end)],
        )
        for number in range(1, n + 1)
    ]
