"""What was struck and what was put in, word by word, readable by a person."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Indel

from ._match import EXACT_PAIRS, Block, blocks
from ._words import is_word, letters, plain, words

Piece = tuple[str, str]

_SENTENCE_ENDS = frozenset(".;:!?。；：！？؛؟")
_COMMAS = frozenset(",،，、([（「\"'“‘«—–")
_CLOSERS = frozenset(")]）」")
# Where a list may be cut before its "and": only decides where an edit begins when both places are right.
_JOINTS = frozenset((
    "and", "or", "as", "et", "ou", "y", "e", "o", "u", "и", "или", "а", "و", "أو", "和", "及", "与", "或"))
# An island of at most this many words between two changes may be drowned in them.
_ISLAND_WORDS = 3


def redline(old: str, new: str) -> tuple[Piece, ...]:
    """Give the pieces ("=", "-" or "+", text) that turn the old text into the new one.

    Joining "=" and "-" gives `old` exactly, "=" and "+" gives `new` exactly; where something was replaced,
    "-" comes before "+". Changes are whole words, punctuation travels with the words that brought it, and
    single words that survive by chance between two changes are not shown as kept. Words that differ only
    in the kind of quote, dash or space are paired, and shown as replaced.

    Method: longest common subsequence of words (patience diff above 32 million word pairs), then a cleanup
    after N. Fraser's "semantic" and "lossless" cleanup (diff-match-patch, 2006), by words.

    >>> redline("Programmes shall include municipal authorities.",
    ...         "Programmes may include municipal authorities, as appropriate.")
    ... # doctest: +NORMALIZE_WHITESPACE
    (('=', 'Programmes '), ('-', 'shall '), ('+', 'may '), ('=', 'include municipal authorities'),
     ('+', ', as appropriate'), ('=', '.'))
    """
    if old == new:
        return (("=", old),) if old else ()
    if not old or not new:
        return (("-", old),) if old else (("+", new),)
    left, right = words(old), words(new)
    return redline_of_words(left, right, [plain(word) for word in left], [plain(word) for word in right])


def redline_of_words(left: Sequence[str], right: Sequence[str], keys_left: Sequence[str],
                     keys_right: Sequence[str]) -> tuple[Piece, ...]:
    """The same, for texts already cut into words, each with the key by which it is compared."""
    runs = blocks(keys_left, keys_right)
    runs = _drown_islands(runs, left, right)
    runs = _slide(runs, keys_left, keys_right, right, left)
    return _pieces(runs, left, right)


def score_of(left: Sequence[str], right: Sequence[str]) -> float:
    """Similarity of wording in 0..1: twice the words in common order over all words, marks counted too."""
    if len(left) * len(right) <= EXACT_PAIRS:
        return round(Indel.normalized_similarity(left, right), 4)
    shared = sum(length for _, _, length in blocks(left, right))
    return round(2 * shared / (len(left) + len(right)), 4)


def _drown_islands(runs: list[Block], left: Sequence[str], right: Sequence[str]) -> list[Block]:
    """Take out short equal runs between two changes that are both at least twice as long as the run."""
    end = (len(left), len(right), 0)
    kept: list[Block] = []
    waiting = runs[::-1]
    while waiting:
        run = waiting.pop()
        before = kept[-1] if kept else (0, 0, 0)
        after = waiting[-1] if waiting else end
        if _is_island(before, run, after, left, right):
            # The change before has grown, so the run before it may have become an island too.
            if kept:
                waiting.append(kept.pop())
            continue
        kept.append(run)
    return kept


def _is_island(before: Block, run: Block, after: Block, left: Sequence[str], right: Sequence[str]) -> bool:
    i, _, length = run
    tokens = left[i:i + length]
    n_words = sum(map(is_word, tokens))
    if n_words > _ISLAND_WORDS:
        return False
    change_before = _change(before, run, left, right)
    change_after = _change(run, after, left, right)
    if not change_before or not change_after:
        return False
    weight = letters(tokens)
    return n_words == 0 or weight <= 3 or 2 * weight <= min(change_before, change_after)


def _change(one: Block, two: Block, left: Sequence[str], right: Sequence[str]) -> int:
    """Letters of the longer side of the change between two runs; 0 when there is none."""
    return max(letters(left[one[0] + one[2]:two[0]]), letters(right[one[1] + one[2]:two[1]]))


def _slide(runs: list[Block], keys_left: Sequence[str], keys_right: Sequence[str],
           right: Sequence[str], left: Sequence[str]) -> list[Block]:
    """Move pure insertions and deletions to the place where a person would have made them."""
    moved = [list(run) for run in runs]
    for place in range(len(moved)):
        one = moved[place]
        two = moved[place + 1] if place + 1 < len(moved) else [len(keys_left), len(keys_right), 0]
        a1, b1 = one[0] + one[2], one[1] + one[2]
        if a1 == two[0] and b1 < two[1]:
            keys, tokens, start, stop = keys_right, right, b1, two[1]
        elif b1 == two[1] and a1 < two[0]:
            keys, tokens, start, stop = keys_left, left, a1, two[0]
        else:
            continue
        lowest = highest = 0
        # A run between two changes stays at least one word long; the first and the last may vanish.
        room_left = one[2] if place == 0 and one[0] == one[1] == 0 else one[2] - 1
        room_right = two[2] - 1 if two[2] else 0
        while -lowest < room_left and keys[start + lowest - 1] == keys[stop + lowest - 1]:
            lowest -= 1
        while highest < room_right and keys[start + highest] == keys[stop + highest]:
            highest += 1
        if lowest == highest:
            continue
        best = max(range(lowest, highest + 1), key=lambda shift: (
            _seam(tokens, start + shift) + _seam(tokens, stop + shift), -shift))
        one[2] += best
        if two[2]:
            two[0] += best
            two[1] += best
            two[2] -= best
    return [(i, j, length) for i, j, length in moved if length > 0]


def _seam(tokens: Sequence[str], at: int) -> int:
    """How good a place to cut this is: text edge, line, sentence, bracket or comma, conjunction, word."""
    if at == 0 or at == len(tokens):
        return 6
    before, after = tokens[at - 1], tokens[at].strip()
    if "\n" in before:
        return 5
    before = before.strip()
    if before in _SENTENCE_ENDS:
        return 4
    if after in _COMMAS or before in _CLOSERS:
        return 3
    if before in _COMMAS:
        return 2
    return 1 if after.lower() in _JOINTS else 0


def _pieces(runs: list[Block], left: Sequence[str], right: Sequence[str]) -> tuple[Piece, ...]:
    out: list[Piece] = []
    struck: list[str] = []
    put: list[str] = []

    def flush() -> None:
        for sign, part in (("-", struck), ("+", put)):
            if part:
                out.append((sign, "".join(part)))
                part.clear()

    equal: list[str] = []

    def flush_equal() -> None:
        if equal:
            out.append(("=", "".join(equal)))
            equal.clear()

    def change(old: Sequence[str], new: Sequence[str]) -> None:
        if old or new:
            flush_equal()
            struck.extend(old)
            put.extend(new)

    def same(text: str) -> None:
        flush()
        equal.append(text)

    i = j = 0
    for start, other, length in [*runs, (len(left), len(right), 0)]:
        change(left[i:start], right[j:other])
        i, j = start + length, other + length
        for one, two in zip(left[start:i], right[other:j], strict=True):
            if one == two:
                same(one)
                continue
            stem = one.rstrip()
            if stem and stem == two.rstrip():
                # Only the space after the word differs: it belongs to what follows.
                same(stem)
                one, two = one[len(stem):], two[len(stem):]
            change([one] if one else [], [two] if two else [])
    flush_equal()
    flush()
    return tuple(out)
