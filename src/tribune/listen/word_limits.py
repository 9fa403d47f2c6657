"""How long an answer is, in words, in languages that put spaces between them and in those that do not."""

from __future__ import annotations

import re

# Scripts written without spaces: each letter counts as one. Korean puts spaces; Japanese and Chinese do not.
# The page's counter (static/listen/words.js) follows the same rule.
_NO_SPACES = ("\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e46\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007"
              "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff")
_ALONE = re.compile(f"[{_NO_SPACES}]")
_LETTER = re.compile(r"[^\W_]")


def n_words(text: str) -> int:
    """Return how many words a text has: parts between spaces that hold a letter or digit.

    Where a script has no spaces, each of its characters counts as one word, so that a limit means about the same.

    >>> n_words("We need a counter, in every town.")
    7
    >>> n_words("每个城市都应有一个服务点。")
    12
    >>> n_words("L’accès – pour tous")
    3
    """
    alone = len(_ALONE.findall(text))
    return alone + sum(1 for part in _ALONE.sub(" ", text).split() if _LETTER.search(part))
