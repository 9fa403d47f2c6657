"""Paragraphs made ready for comparing: plain wording, words as codes, and how rare each word is."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tribune.engine.types import Paragraph

from ._words import is_word, plain, words

_WHOLLY_BRACKETED = re.compile(r"\W*[\[(【［].{0,40}[\])】］]\W*", re.DOTALL)
# Surrogates are no characters, so codes jump over them.
_FIRST_CODE, _SURROGATES, _AFTER = 0x100, 0xD800 - 0x100, 0x800


@dataclass(frozen=True, slots=True)
class Unit:
    """One paragraph of one side.

    `wording` is what must be equal for "kept"; it has no spaces, for files break words at will ("Deve lopment").
    `codes` has one character for each word, the same on both
    sides for the same word in whatever case; `features` counts words (for Han: pairs of characters);
    `says_little` marks "[Agreed]" and its like, which name nothing that could be found again elsewhere.
    """

    at: int
    paragraph: Paragraph
    wording: str
    heading: bool
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
        drafts = [[_features(paragraph.text) for paragraph in side] for side in (old, new)]
        spread = [Counter(feature for _, features in side for feature in features) for side in drafts]
        most = max(len(old), len(new), 1)
        # The larger of the two counts, or else a word that was put in would weigh more than one that stayed.
        self.rarity = {feature: math.log(1 + most / max(spread[0][feature], spread[1][feature]))
                       for side in spread for feature in side}
        code: dict[str, str] = {}
        self.weight_of_code: dict[str, float] = {}
        self.old, self.new = (
            [self._unit(at, paragraph, *draft, code)
             for at, (paragraph, draft) in enumerate(zip(side, half, strict=True))]
            for side, half in zip((old, new), drafts, strict=True))

    def _unit(self, at: int, paragraph: Paragraph, tokens: list[str], features: Counter[str],
              code: dict[str, str]) -> Unit:
        for token in tokens:
            if token not in code:
                number = len(code)
                letter = chr(_FIRST_CODE + number + (_AFTER if number >= _SURROGATES else 0))
                code[token] = letter
                self.weight_of_code[letter] = self.rarity.get(token, 1.0)
        rarity = self.rarity
        return Unit(
            at=at, paragraph=paragraph,
            wording=plain(paragraph.text).replace(" ", ""),
            heading=paragraph.kind in ("heading", "annex"),
            codes="".join([code[token] for token in tokens]), features=features,
            weight=sum([rarity[feature] * n for feature, n in features.items()]),
            says_little=len(tokens) < 3 or bool(_WHOLLY_BRACKETED.fullmatch(paragraph.text)),
        )


def _features(text: str) -> tuple[list[str], Counter[str]]:
    """The words of a text in order, and counted; Han characters are counted by pairs."""
    tokens = [plain(token).casefold() for token in words(text)]
    tokens = [token for token in tokens if is_word(token)] or [token for token in tokens if token]
    features: list[str] = []
    for k, token in enumerate(tokens):
        if "\u3040" <= token <= "\u9fff":
            follower = tokens[k + 1] if k + 1 < len(tokens) else ""
            features.append(token + follower if "\u3040" <= follower <= "\u9fff" else token)
        else:
            features.append(token)
    return tokens, Counter(features)
