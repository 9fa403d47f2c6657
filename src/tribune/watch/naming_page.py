"""Cities in one text on paper and as a picture: the facts as words, set by `typeset/cities.typ`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _

from tribune.common.pictures import lay
from tribune.common.typeset import set_page

from .strips import bars, said
from .templatetags.watch import day

_ROOT = Path(__file__).resolve().parent / "typeset"
_WIDE = 1000.0
# What one page holds; the rest is counted in words, with the address that has all.
_MOST_HITS = 24


def no_such_place(where: str) -> str:
    """Return that a text has no such paragraph."""
    return _("There is no paragraph %(n)s in this text.") % {"n": where}


def drawn(facts: Mapping[str, Any], *, format: str) -> bytes:
    """Return the page as PDF, or its head as PNG (1200 by 630), in the present language."""
    version, rendition, naming = facts["version"], facts["rendition"], facts["naming"]
    hits = naming.hits["explicit"]
    slugs = [version.draft.process.slug, version.draft.slug, version.slug]
    data = {
        "language": (get_language() or "en").split("-")[0], "rtl": get_language_bidi(),
        "title": f"{version.draft}, {version}", "process": str(version.draft.process),
        "organisation": str(version.draft.process.organisation),
        "line": " · ".join(part for part in (version.symbol, day(version.dated_on)) if part),
        "n": f"{rendition.n_naming} / {rendition.n_paragraphs}", "naming": rendition.n_naming,
        "said": said(facts["found"]), "maybe": _maybe(rendition.n_maybe),
        "bars": [[laid.x, laid.width, laid.bar.state] for laid in lay(bars(facts["lines"], lambda path: ""), _WIDE)],
        "wide": _WIDE, "address": f"{settings.BASE_URL}{reverse('watch:cities', args=slugs)}",
        "before": _before(facts), "others": _others(facts),
        "verbs": [[words, n, ", ".join(verb for verb, _n in verbs if verb)] for words, n, verbs in facts["verbs"]],
        "hits": [[hit.called, hit.words, hit.verb] for hit in hits[:_MOST_HITS]],
        "rest": ngettext("%(n)d more place at the address below.", "%(n)d more places at the address below.",
                         len(hits) - _MOST_HITS) % {"n": len(hits) - _MOST_HITS} if len(hits) > _MOST_HITS else "",
        "words": {
            "heading": _("Cities in this text"), "where": _("Paragraph"), "named": _("Words"), "verb": _("Verb"),
            "verbs": _("In which verbs"), "times": _("Times"), "places": _("Where they are named"),
            "none": ngettext("We looked for %(n)d term. None occurs.", "We looked for %(n)d terms. None occurs.",
                             facts["n_terms"]) % {"n": facts["n_terms"]},
            "list": _("List of terms %(version)s. Found by rules; readers may report what was missed.")
            % {"version": facts["terms_version"]},
            "foot": _("Independent software; not an official service of the host.")}}
    return set_page(_ROOT, "cities.typ" if format == "pdf" else "card.typ", data, format=format)


def _maybe(n: int) -> str:
    return ngettext("%(n)d more may mean them.", "%(n)d more may mean them.", n) % {"n": n} if n else ""


def _before(facts: Mapping[str, Any]) -> str:
    before, text, alignment = facts["before"], facts["before_text"], facts["alignment"]
    if before is None:
        return ""
    return _("In “%(version)s”: %(n)d of %(total)d. Since then %(added)d added, %(weakened)d weakened, "
             "%(deleted)d deleted.") % {
        "version": before, "n": text.n_naming, "total": text.n_paragraphs,
        **{fate: alignment.mentions.get(fate, 0) for fate in ("added", "weakened", "deleted")}}


def _others(facts: Mapping[str, Any]) -> str:
    n = len(facts["others"])
    if not n:
        return ""
    return ngettext("Of %(n)d other text here %(silent)d names none.",
                    "Of %(n)d other texts here %(silent)d name none.", n) % {"n": n, "silent": facts["n_silent"]}
