"""What an ask looks for, word by word, and which of its words decide."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tribune.engine.search import Words, analyse, guess_language

from ._body import Body
from ._diff import diff

# "Delete the words “as appropriate” in paragraph 4": what stands in quotation marks is meant.
_QUOTED = re.compile(r"[“„«「\"]\s*([^“”„«»「」\"]{2,400}?)\s*[”“»」\"]")

_ARTICLES = frozenset(["a", "an", "the", "le", "la", "les", "l", "un", "une", "el", "los", "las", "lo"])


@dataclass(frozen=True, slots=True)
class Asked:
    """Words to look for; `decisive` ones are asked for, the others only say where."""

    text: str
    language: str
    words: Words
    weights: tuple[float, ...]
    decisive: tuple[bool, ...]

    @property
    def has_context(self) -> bool:
        """Whether some words only say where."""
        return not all(self.decisive)

    @property
    def content(self) -> tuple[int, ...]:
        """Positions of decisive words that carry content; all decisive ones if none does."""
        found = tuple(i for i, d in enumerate(self.decisive) if d and self.words.weights[i] == 1.0)
        return found or tuple(i for i, d in enumerate(self.decisive) if d)

    @property
    def runs(self) -> tuple[tuple[int, ...], ...]:
        """Decisive words in runs of neighbours."""
        found: list[list[int]] = []
        for i, decides in enumerate(self.decisive):
            if not decides:
                continue
            if found and found[-1][-1] == i - 1:
                found[-1].append(i)
            else:
                found.append([i])
        return tuple(tuple(run) for run in found)

    @property
    def strict(self) -> tuple[int, ...]:
        """Decisive words that "verbatim" needs: no articles, no grammar at the edges of a run."""
        found: list[int] = []
        for run in self.runs:
            inner = list(run)
            while inner and self.words.weights[inner[0]] < 1.0:
                inner.pop(0)
            while inner and self.words.weights[inner[-1]] < 1.0:
                inner.pop()
            found += [i for i in inner if self.words.printed[i] not in _ARTICLES]
        return tuple(found) or tuple(i for i, d in enumerate(self.decisive) if d)


def asked_words(text: str, body: Body, *, against: str = "") -> Asked:
    """What `text` asks for; words that `against` (the other side of the change) shares only say where.

    When nothing or everything differs, every word decides.
    """
    language = guess_language(text, body.language)
    words = analyse(text, language)
    decisive = [True] * len(words)
    if against:
        _, decisive = diff(analyse(against, language).keys, words.keys)
    weights = body.weights(words, language)
    if all(decisive):
        scaled = weights
    else:
        # Context places a match, it must not outvote the words that are asked for.
        scaled = [w if d else 0.4 * w for w, d in zip(weights, decisive, strict=True)]
    return Asked(text, language, words, tuple(scaled), tuple(decisive))


def quoted(prose: str) -> str:
    """The words in quotation marks inside a sentence of prose, or "".

    >>> quoted("Please delete “as appropriate” in paragraph 4.")
    'as appropriate'
    """
    found = _QUOTED.search(prose)
    return found.group(1) if found else ""
