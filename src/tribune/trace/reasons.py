"""Reasons of the comparison in the reader's language: by code, with the words of the text that show it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What the engine's codes say (docs/engine/uptake.md); a test compares them with the engine's source.
SENTENCES: dict[str, Promise] = {
    "already_there": _("The older text had this already; this version did not put it there."),
    "bracketed": _("It stands in square brackets: not agreed."),
    "by_meaning": _("Found by meaning, not by wording."),
    "change_strengthened": _("More binding than the older text."),
    "change_weakened": _("Less binding than the older text."),
    "elsewhere": _("It stands in another paragraph than the one asked for."),
    "empty_text": _("The text has no paragraphs."),
    "gone": _("The words to keep no longer stand."),
    "hedged": _("It is qualified."),
    "kept_words": _("The words to keep stand."),
    "moved": _("The words are gone from this place, and stand in another."),
    "nearest": _("The nearest wording is shown; it does not count."),
    "no_common_language": _("The text and the ask have no language in common; nothing was compared."),
    "no_older_text": _("Judged without the older text: the words may never have stood here."),
    "no_such_target": _("The paragraph asked for is not in the text; the whole text was searched."),
    "no_words": _("The ask names no words that could be compared."),
    "not_found": _("Nothing like these words stands in the text."),
    "not_in_old": _("The words to strike did not stand in the older text."),
    "object_stands": _("What the words speak of still stands."),
    "other_language": _("The ask is in another language than the text; only meaning was compared."),
    "removed_since": _("The version judged before had it; this one has not."),
    "respelled": _("Some words are spelled otherwise."),
    "reversed": _("The passage says the opposite."),
    "same_substance": _("It says the same in other words."),
    "same_text": _("This version is the same text as the older one."),
    "some_words": _("A part of what was asked is there."),
    "stronger": _("Stronger than asked."),
    "struck_gone": _("The words to strike are gone."),
    "struck_in_part": _("Some of the words to strike are gone."),
    "struck_stands": _("The words to strike still stand."),
    "verbatim_words": _("The asked words stand there."),
    "weaker": _("Weaker than asked."),
}
# Codes whose message ends in words of the texts, after a colon or in quotation marks.
_SHOWN = re.compile(r"(?:: |“)([^”]+)”?$")
_WITH_WORDS = frozenset(("change_strengthened", "change_weakened", "hedged", "respelled", "reversed", "stronger",
                         "weaker"))


def told(reasons: Iterable[Mapping[str, str]]) -> list[tuple[str | Promise, str]]:
    """Return each reason as a sentence in the reader's language, and the words of the text that show it ("" for none).

    A code that this room does not know keeps the engine's English.

    >>> [(str(said), words) for said, words in told([{"code": "weaker", "message": "weaker than asked: shall → may"}])]
    [('Weaker than asked.', 'shall → may')]
    """
    found: list[tuple[str | Promise, str]] = []
    for reason in reasons:
        code, message = reason["code"], reason.get("message", "")
        shown = _SHOWN.search(message) if code in _WITH_WORDS else None
        found.append((SENTENCES.get(code, message), shown.group(1) if shown else ""))
    return found
