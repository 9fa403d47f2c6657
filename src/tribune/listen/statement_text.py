"""What a statement may be made of: one sentence of plain words, at most 200 characters as people count them."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from .refusals import Incomplete
from .rules import MOST_STATEMENT

__all__ = ["Unfit", "clean", "length", "tidy"]

# Overrides, embeddings and isolates make a line read otherwise than it is written (Unicode TR36, 2.9). The plain
# marks U+200E, U+200F and U+061C stay: Arabic sentences with numbers need them.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Seen by nobody, but they make two equal statements differ: control, soft hyphen, zero width, tags, byte order.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060-\u2064\ufeff\ufff9-\ufffb"
                     "\U000e0000-\U000e007f]")
_MARKUP = re.compile(r"</?[A-Za-z!?][^<>]*>|<(?:script|style|iframe|img|svg)\b|&#?\w{2,8};|\]\(\w+:", re.IGNORECASE)
_JOINERS = "\u200c\u200d"
# A letter bears a few marks in any script; a tower of them covers its neighbours.
_TOWER = 4
# What the database holds of one statement; a visible character may be several of these.
MOST_POINTS = 1000


class Unfit(Incomplete):
    """A text that is no statement; `code` says why: empty, turning, markup, long, marks, signs."""

    def __init__(self, code: str, words: str) -> None:
        self.code = code
        super().__init__("text", words)


def tidy(text: str) -> str:
    """Return a text in NFC with single spaces and without unseen characters.

    >>> tidy(" More\u200b  trees ")
    'More trees'
    """
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())


def clean(text: str) -> str:
    """Return a statement in NFC with single spaces and without unseen characters.

    Raises Unfit (an Incomplete), each with a line that says what to do: empty, too long, markup, direction
    overrides, towers of marks, or nothing but signs.
    """
    text = tidy(text)
    if not text:
        raise Unfit("empty", _("Write one sentence."))
    if _TURNING.search(text):
        raise Unfit("turning", _("It holds hidden characters that turn the direction of reading. "
                                "Type the sentence again instead of pasting it."))
    if _MARKUP.search(text):
        raise Unfit("markup", _("Write words only: tags such as <b> are not shown."))
    if over := max(length(text) - MOST_STATEMENT, 0):
        raise Unfit("long", _("Too long by %(n)d characters.") % {"n": over})
    if len(text) > MOST_POINTS or _tallest(text) > _TOWER:
        raise Unfit("marks", _("Some letters bear too many marks to be read. Write it plainly."))
    if not any(unicodedata.category(point)[0] == "L" for point in text):
        raise Unfit("signs", _("Write a sentence in words."))
    return text


def length(text: str) -> int:
    """Return how many characters a person counts: a letter with its marks, or one emoji, is one.

    Follows the extended grapheme clusters of Unicode TR29 for what people type: marks, joiners, variation
    selectors, skin tones, flags.

    >>> length("e\u0301te"), length("\U0001f469\u200d\U0001f680"), length("\U0001f1f0\U0001f1ea")
    (3, 1, 1)
    """
    n, joined, flags = 0, False, 0
    for point in unicodedata.normalize("NFC", text):
        code = ord(point)
        if unicodedata.category(point) in ("Mn", "Me", "Mc") or point in _JOINERS or 0x1F3FB <= code <= 0x1F3FF:
            joined = point == "\u200d"
            continue
        flags = flags + 1 if 0x1F1E6 <= code <= 0x1F1FF else 0
        if not joined and flags % 2 == (1 if flags else 0):
            n += 1
        joined = False
    return n


def _tallest(text: str) -> int:
    tallest = height = 0
    for point in text:
        height = height + 1 if unicodedata.category(point) in ("Mn", "Me") else 0
        tallest = max(tallest, height)
    return tallest
