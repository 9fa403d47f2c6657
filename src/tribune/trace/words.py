"""Sentences of this room that depend on numbers or words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from tribune.engine.text import sentences
from tribune.listen.models import Contribution
from tribune.synthesise.queries import Behind

from .choices import VerdictWord
from .models import Verdict
from .queries import History, path_of
from .queries._history import APPEARED, DROPPED, NOWHERE, SURVIVES, WEAKENED
from .rules import IN_THE_TEXT

# The order of the key, best first.
ORDER = (VerdictWord.VERBATIM, VerdictWord.SUBSTANCE, VerdictWord.PARTLY, VerdictWord.KEPT, VerdictWord.NONE,
         VerdictWord.REMOVED)


def asked_by(behind: Behind) -> str:
    """Return who stands behind an ask: "9 cities, 2 regions", or how many people."""
    support = behind.for_it
    parts = []
    if support.cities:
        parts.append(ngettext("%d city", "%d cities", support.cities) % support.cities)
    if support.regions:
        parts.append(ngettext("%d region", "%d regions", support.regions) % support.regions)
    if not parts and support.people:
        parts.append(ngettext("%d person", "%d people", support.people) % support.people)
    return pgettext("between counts", ", ").join(parts) or _("nobody yet")


def counted(counts: Mapping[str, int], n_waiting: int = 0) -> str:
    """Return "1 verbatim, 3 in substance, 2 waiting": each word with its number, in the order of the key."""
    parts = [f"{counts[word]} {word.label}" for word in ORDER if counts.get(word)]
    if n_waiting:
        parts.append(_("%(n)d waiting for a signature") % {"n": n_waiting})
    return pgettext("between counts", ", ").join(parts)


def whose(contributions: Sequence[Contribution]) -> str:
    """Return what somebody gave to an ask, in plain words: "Your 2 sentences of 4 May", or the city's position."""
    if not contributions:
        return _("Your words")
    first = contributions[0]
    day = date_format(first.made_at, "DATE_FORMAT")
    if first.city_id is not None:
        return _("What %(city)s said on %(day)s") % {"city": first.city, "day": day}
    n = sum(len(sentences(one.why or one.wording, one.language[:2])) for one in contributions)
    return ngettext("Your sentence of %(day)s", "Your %(n)d sentences of %(day)s", n) % {"n": n, "day": day}


def said(verdict: Verdict, numbers: Mapping[tuple[int, str], str]) -> str:
    """Return a signed verdict as a sentence in the present language: what the text contains, never why.

    `numbers` is what `queries.numbers_of` knows. The caller has checked that the verdict may be seen.
    """
    path = path_of(verdict)
    number = numbers.get((verdict.version_id, path), path)
    word = verdict.signed
    if word not in IN_THE_TEXT:
        if word == VerdictWord.REMOVED:
            return _("It no longer appears in this version.")
        return _("It is in no paragraph of this version.")
    if verdict.ask.kind == "DELETE":
        if word == VerdictWord.VERBATIM:
            return _("The words you asked to strike no longer stand in this version.")
        return _("Some of the words you asked to strike no longer stand in this version.")
    if word == VerdictWord.KEPT:
        return _("It still stands, in paragraph %(number)s.") % {"number": number}
    found = {
        VerdictWord.VERBATIM: _("It appears verbatim in paragraph %(number)s."),
        VerdictWord.SUBSTANCE: _("It appears in substance in paragraph %(number)s."),
        VerdictWord.PARTLY: _("It appears in part in paragraph %(number)s."),
    }
    sentence = found[VerdictWord(word)] % {"number": number}
    if verdict.already_there:
        sentence += " " + _("It stood in the version before already.")
    return sentence


# The five objectives of the Global Digital Compact (A/RES/79/1, annex I), in short words of our own.
OBJECTIVES = {
    1: gettext_lazy("Close digital divides"),
    2: gettext_lazy("An economy that includes all"),
    3: gettext_lazy("A safe and open digital space"),
    4: gettext_lazy("Fair governance of data"),
    5: gettext_lazy("Governance of artificial intelligence"),
}

HISTORY_WORDS = {
    APPEARED: pgettext_lazy("history of an ask", "first appeared"),
    SURVIVES: pgettext_lazy("history of an ask", "survives"),
    WEAKENED: pgettext_lazy("history of an ask", "weakened"),
    DROPPED: pgettext_lazy("history of an ask", "dropped"),
    NOWHERE: pgettext_lazy("history of an ask", "nowhere yet"),
}


def told(history: History, kind: str) -> str:
    """Return the history of an ask of a kind in a few words: "stands in 3 versions, since the first revision"."""
    if kind == "DELETE":
        return _told_of_words_to_strike(history)
    if history.code == APPEARED:
        return _("first appeared in %(version)s") % {"version": history.since}
    if history.code == SURVIVES:
        return ngettext("stands in %(n)d version, since %(version)s", "stands in %(n)d versions, since %(version)s",
                        history.n_versions) % {"n": history.n_versions, "version": history.since}
    if history.code == WEAKENED:
        return _("weakened in %(version)s") % {"version": history.at}
    if history.code == DROPPED:
        return _("dropped in %(version)s") % {"version": history.at}
    return _("in no version yet") if history.code == NOWHERE else ""


def _told_of_words_to_strike(history: History) -> str:
    if history.code in (APPEARED, SURVIVES):
        return _("struck in %(version)s") % {"version": history.since}
    if history.code == WEAKENED:
        return _("struck in part in %(version)s") % {"version": history.at}
    if history.code == DROPPED:
        return _("back in %(version)s") % {"version": history.at}
    return _("stands in every version") if history.code == NOWHERE else ""
