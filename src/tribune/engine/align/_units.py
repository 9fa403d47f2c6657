"""Paragraphs made ready for comparing: plain wording, words as codes, and how rare each word is."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tribune.engine.types import Paragraph

from ._words import plain, words

_BRACKETED = re.compile(r"\W*[\[(【［].*[\])】］]\W*", re.DOTALL)
# Surrogates are no characters, so codes jump over them.
_FIRST_CODE, _SURROGATES, _AFTER = 0x100, 0xD800 - 0x100, 0x800


@dataclass(frozen=True, slots=True)
class Unit:
    """One paragraph of one side.

    `wording` is what must be equal for "kept"; it has no spaces, for files break words at will ("Deve lopment").
    `tokens` are the words as they stand and `keys` as the redline compares them; `codes` has one character for
    each word, the same on both sides for the same word in whatever case; `features` counts words (for Han:
    pairs of characters); `says_little` marks "[Agreed]" and its like, which name nothing that could be found
    again elsewhere.
    """

    at: int
    paragraph: Paragraph
    wording: str
    heading: bool
    tokens: tuple[str, ...]
    keys: list[str]
    codes: str
    features: Counter[str]
    weight: float
    says_little: bool

    @property
    def size(self) -> int:
        """Number of words; in Chinese, of characters."""
        return len(self.codes)


class Texts:
    """Both sides as units, and the weight of each word: the rarer within one side, the heavier."""

    def __init__(self, old: Sequence[Paragraph], new: Sequence[Paragraph]) -> None:
        plain_of: dict[str, str] = {}
        drafts = [[_Draft(paragraph.text, plain_of) for paragraph in side] for side in (old, new)]
        spread = [Counter(feature for draft in side for feature in draft.features) for side in drafts]
        most = max(len(old), len(new), 1)
        # The larger of the two counts, or else a word that was put in would weigh more than one that stayed.
        self.rarity = {feature: math.log(1 + most / max(spread[0][feature], spread[1][feature]))
                       for side in spread for feature in side}
        code: dict[str, str] = {}
        self.weight_of_code: dict[str, float] = {}
        self.old, self.new = (
            [self._unit(at, paragraph, draft, code)
             for at, (paragraph, draft) in enumerate(zip(side, half, strict=True))]
            for side, half in zip((old, new), drafts, strict=True))

    def _unit(self, at: int, paragraph: Paragraph, draft: _Draft, code: dict[str, str]) -> Unit:
        for token in draft.folded:
            if token not in code:
                number = len(code)
                letter = chr(_FIRST_CODE + number + (_AFTER if number >= _SURROGATES else 0))
                code[token] = letter
                self.weight_of_code[letter] = self.rarity.get(token, 1.0)
        rarity = self.rarity
        return Unit(
            at=at, paragraph=paragraph,
            wording="".join(plain(paragraph.text).split()),
            heading=paragraph.kind in ("heading", "annex"),
            tokens=draft.tokens, keys=draft.keys,
            codes="".join([code[token] for token in draft.folded]), features=draft.features,
            weight=sum([rarity[feature] * n for feature, n in draft.features.items()]),
            says_little=len(draft.folded) < (4 if _BRACKETED.fullmatch(paragraph.text) else 3),
        )


class _Draft:
    """The words of a text: as they stand, as the redline compares them, as pairing does, and counted."""

    def __init__(self, text: str, plain_of: dict[str, str]) -> None:
        self.tokens = words(text)
        for token in self.tokens:
            if token not in plain_of:
                plain_of[token] = plain(token)
        self.keys = [plain_of[token] for token in self.tokens]
        self.folded = [key.casefold() for key in self.keys if key[:1].isalnum()]
        if not self.folded:
            self.folded = [key for key in self.keys if key]
        self.features: Counter[str] = Counter(_features(self.folded))


def _features(tokens: list[str]) -> list[str]:
    """What pairing counts: words, but Han characters by pairs, for a single one says little."""
    if not any("\u3040" <= token <= "\u9fff" for token in tokens):
        return tokens
    features: list[str] = []
    for token, follower in zip(tokens, [*tokens[1:], ""], strict=True):
        both = "\u3040" <= token <= "\u9fff" and "\u3040" <= follower <= "\u9fff"
        features.append(token + follower if both else token)
    return features
