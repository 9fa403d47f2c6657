"""Where an answer from outside belongs: by our own mark, by the number it names, by the words it quotes.

Pure. A place found by likeness alone is a proposal that a person looks at; below the threshold there is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from .twins import plain

# Of 100; a paragraph whose words changed more is told as unmatched. See `tests/listen/test_placing.py`.
_LIKE_ENOUGH = 88.0
_LABEL = re.compile(r"^\s*(?:\(?[0-9a-z]{1,5}[.)]\s*)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """One paragraph that can be spoken to."""

    uid: str
    path: str
    number: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A place, how it was found ("mark", "number", "words", "likeness"), and how sure (1 for the first three)."""

    place: Place
    how: str
    score: float


def place(said: str, quoted: str, places: Sequence[Place]) -> Placed | None:
    """Return where an answer belongs, or None.

    `said` is what a file named ("uid:…", "12(c)"), `quoted` the words it answers to. Words count more than a number:
    colleagues may answer in an older file.

    >>> here = [Place("u1", "1", "1", "1.", "Towns may act."), Place("u2", "2", "2", "2.", "Schools open.")]
    >>> place("2", "", here).place.uid, place("", "schools  open", here).how, place("9", "", here)
    ('u2', 'words', None)
    """
    if said.startswith("uid:"):
        marked = next((one for one in places if one.uid == said[4:]), None)
        if marked is not None and (not quoted or _alike(quoted, marked) >= _LIKE_ENOUGH):
            return Placed(marked, "mark", 1.0)
    if quoted.strip():
        wanted = {plain(quoted), plain(without_label(quoted))}
        exact = [one for one in places if plain(one.text) in wanted]
        if len(exact) == 1:
            return Placed(exact[0], "words", 1.0)
        best = process.extractOne(without_label(quoted), [one.text for one in places], scorer=fuzz.ratio,
                                  score_cutoff=_LIKE_ENOUGH)
        if best is not None:
            _text, score, at = best
            return Placed(places[at], "likeness", round(score / 100, 3))
        return None
    wanted_number = _number(said)
    found = [one for one in places if wanted_number and wanted_number in (_number(one.number), _number(one.path))]
    return Placed(found[0], "number", 1.0) if len({one.uid for one in found}) == 1 else None


def without_label(words: str, label: str = "") -> str:
    """Return words without the number at their beginning.

    >>> without_label("12. We resolve."), without_label("34 schools", "12.")
    ('We resolve.', '34 schools')
    """
    if label and words.lstrip().startswith(label):
        return words.lstrip()[len(label):].lstrip()
    return _LABEL.sub("", words, count=1) if _LABEL.match(words) and not label else words


def _alike(quoted: str, one: Place) -> float:
    return max(fuzz.ratio(without_label(quoted, one.label), one.text), fuzz.ratio(quoted, one.text))


def _number(words: str) -> str:
    return re.sub(r"[^0-9a-z]", "", words.casefold())
